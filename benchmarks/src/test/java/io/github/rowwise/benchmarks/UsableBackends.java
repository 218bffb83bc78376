package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.util.List;

/** Backends that are available on this machine. */
final class UsableBackends {

    private UsableBackends() {}

    static List<String> names() {
        return Backends.report().stream()
                .filter(BackendReport::usable)
                .map(BackendReport::name)
                .toList();
    }
}
