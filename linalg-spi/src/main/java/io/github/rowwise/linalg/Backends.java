package io.github.rowwise.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds, tests and chooses the linear-algebra backends on the class path.
 *
 * <p>Who wins, the first that is given: the name passed to {@link #named}; the system property
 * {@value #PROPERTY}; the environment variable {@value #VARIABLE}; the usable backend of the highest priority. An
 * explicit choice never falls back to another backend. Every backend is self-tested before it is used: one whose
 * numbers are wrong on this processor is unusable, with the residual as the reason.
 *
 * <p>Safe for use by several threads. A provider is probed once in the life of the JVM.
 *
 * <pre class="example">{@code
 * LinearAlgebra best = Backends.select();
 * LinearAlgebra chosen = Backends.named("ojalgo");
 * }</pre>
 */
public final class Backends {

    /** System property that names the backend to use. */
    public static final String PROPERTY = "rowwise.backend";

    /** Environment variable that names the backend to use. */
    public static final String VARIABLE = "ROWWISE_BACKEND";

    private Backends() {}

    /**
     * Returns the backend that the property or the variable names, else the usable one of the highest priority.
     *
     * @return a tested backend
     * @throws BackendUnavailableException if the named one cannot be used, none can, or two tie for the first place
     */
    public static LinearAlgebra select() {
        return select(Candidate.onClassPath(), System::getProperty, System::getenv);
    }

    /**
     * Returns the backend of that name, whatever its priority.
     *
     * @param name such as {@code ejml}, {@code ojalgo} or {@code nd4j}
     * @return a tested backend
     * @throws BackendUnavailableException if there is none or two of that name, or it cannot be used
     */
    public static LinearAlgebra named(String name) {
        return named(name, "", Candidate.onClassPath());
    }

    /**
     * Probes every backend on the class path.
     *
     * @return one line a provider, by falling priority and then by name; loads natives, so may take seconds
     */
    public static List<BackendReport> report() {
        return report(Candidate.onClassPath());
    }

    static LinearAlgebra select(
            List<Candidate> candidates,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment) {
        String property = properties.apply(PROPERTY);
        if (property != null && !property.isBlank()) {
            return named(property.strip(), " (system property " + PROPERTY + ")", candidates);
        }
        String variable = environment.apply(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return named(variable.strip(), " (environment variable " + VARIABLE + ")", candidates);
        }
        // By falling priority, so that a backend with slow natives is probed only when those before it fail.
        List<Integer> priorities = candidates.stream()
                .filter(Candidate::isMade)
                .map(Candidate::priority)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int priority : priorities) {
            List<Candidate> usable = candidates.stream()
                    .filter(candidate -> candidate.isMade() && candidate.priority() == priority)
                    .filter(candidate -> candidate.probe().algebra().isPresent())
                    .toList();
            if (usable.size() > 1) {
                throw new BackendUnavailableException("several backends share the highest priority " + priority + ": "
                        + usable.stream().map(Candidate::name).collect(Collectors.joining(", "))
                        + "; name one with the system property " + PROPERTY + " or the environment variable "
                        + VARIABLE + list(candidates));
            }
            if (usable.size() == 1) {
                return usable.get(0).probe().algebra().orElseThrow();
            }
        }
        throw new BackendUnavailableException((candidates.isEmpty()
                        ? "no linear-algebra backend is on the class path"
                        : "no linear-algebra backend on the class path can be used")
                + "; add one of the artifacts io.github.rowwise:rowwise-backend-ejml, "
                + "io.github.rowwise:rowwise-backend-ojalgo or io.github.rowwise:rowwise-backend-nd4j"
                + list(candidates));
    }

    static LinearAlgebra named(String name, String origin, List<Candidate> candidates) {
        List<Candidate> matching = candidates.stream()
                .filter(candidate -> candidate.name().equals(name))
                .toList();
        if (matching.isEmpty()) {
            throw new BackendUnavailableException("no backend named '" + name + "'" + origin
                    + " is on the class path; add its artifact (for one of ours: io.github.rowwise:rowwise-backend-"
                    + "ejml, -ojalgo or -nd4j) or choose another" + list(candidates));
        }
        if (matching.size() > 1) {
            throw new BackendUnavailableException("two backends are named '" + name + "'" + origin
                    + "; leave one of them off the class path" + list(candidates));
        }
        Candidate.Probe probe = matching.get(0).probe();
        return probe.algebra()
                .orElseThrow(() -> new BackendUnavailableException("backend '" + name + "'" + origin
                        + " cannot be used: " + probe.detail() + "; choose another or mend it" + list(candidates)));
    }

    static List<BackendReport> report(List<Candidate> candidates) {
        List<BackendReport> reports = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Candidate.Probe probe = candidate.probe();
            Optional<LinearAlgebra> algebra = probe.algebra();
            reports.add(new BackendReport(
                    candidate.name(),
                    candidate.priority(),
                    algebra.isPresent(),
                    algebra.map(LinearAlgebra::version).orElse(""),
                    probe.detail(),
                    candidate.origin(),
                    probe.cause()));
        }
        reports.sort(Comparator.comparing(BackendReport::priority)
                .reversed()
                .thenComparing(BackendReport::name)
                .thenComparing(BackendReport::origin));
        return List.copyOf(reports);
    }

    private static String list(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return "";
        }
        return candidates.stream()
                .map(candidate -> String.format(
                        Locale.ROOT,
                        "%s (priority %d): %s",
                        candidate.name(),
                        candidate.priority(),
                        candidate.probe().detail()))
                .collect(Collectors.joining("; ", ". Found: ", ""));
    }
}
