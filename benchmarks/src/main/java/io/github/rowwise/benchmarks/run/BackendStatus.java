package io.github.rowwise.benchmarks.run;

import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.util.List;
import java.util.Optional;

/**
 * Whether a backend takes part in a run.
 *
 * @param name such as {@code ejml}
 * @param usable whether it takes part
 * @param version version of its library, empty where unknown
 * @param detail what it is, or why it does not take part
 */
record BackendStatus(String name, boolean usable, String version, String detail) {

    /** The project's backends, in the order of the pages' columns. */
    static final List<String> NAMES = List.of("ejml", "ojalgo", "nd4j");

    /** Probes the project's backends in this JVM. */
    static List<BackendStatus> probe() {
        return of(Backends.report());
    }

    static List<BackendStatus> of(List<BackendReport> reports) {
        return NAMES.stream()
                .map(name -> {
                    Optional<BackendReport> report =
                            reports.stream().filter(r -> r.name().equals(name)).findFirst();
                    return report.map(r -> new BackendStatus(
                                    name, r.usable(), r.version(), Environment.withoutPaths(r.detail())))
                            .orElseGet(() -> new BackendStatus(
                                    name, false, "", "no provider of that name is on the class path"));
                })
                .toList();
    }
}
