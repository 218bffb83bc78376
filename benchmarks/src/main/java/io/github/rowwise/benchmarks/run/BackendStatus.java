package io.github.rowwise.benchmarks.run;

import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.util.List;
import java.util.Optional;

/**
 * Availability of a backend in a run.
 *
 * @param name name of the backend, for example {@code ejml}
 * @param usable whether it is measured
 * @param version version of its library, empty if unknown
 * @param detail description, or the reason why it is not available
 */
record BackendStatus(String name, boolean usable, String version, String detail) {

    /** Backends of the project, in the order of the columns of the page. */
    static final List<String> NAMES = List.of("ejml", "ojalgo", "nd4j");

    /** Probes the backends of the project in this JVM. */
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
