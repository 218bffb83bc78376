package io.github.rowwise.linalg;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds, checks and selects linear-algebra backends.
 *
 * <p>The first of these that is given decides:
 *
 * <ol>
 *   <li>the name passed to {@link #named};
 *   <li>the system property {@value #PROPERTY};
 *   <li>the environment variable {@value #VARIABLE};
 *   <li>the priority: the usable backend with the highest one is selected.
 * </ol>
 *
 * <p>An explicit choice never falls back to another backend. Every backend is checked before it is used: a backend that
 * returns wrong results on this processor is unusable, and the residual is the reason.
 *
 * <p>Providers are found through the context class loader of the calling thread and through the class loader of this
 * class. A provider that both see counts once. A provider is probed at most once per JVM; methods that need one backend
 * do not probe the others.
 *
 * <p>Each selection is logged to the {@link System.Logger} {@value #LOGGER} at level {@code DEBUG}, with the backend's
 * name and version and how it was selected. The level is {@code DEBUG} because the default configuration of the JDK
 * prints {@code INFO} messages to the standard error stream, which belongs to the application.
 *
 * <p>This class is thread-safe.
 *
 * <pre class="example">{@code
 * LinearAlgebra best = Backends.select();
 * LinearAlgebra chosen = Backends.named("ojalgo");
 * }</pre>
 */
public final class Backends {

    /** System property with the name of the backend to use. */
    public static final String PROPERTY = "rowwise.backend";

    /** Environment variable with the name of the backend to use. */
    public static final String VARIABLE = "ROWWISE_BACKEND";

    /** Name of the logger that receives one message per selection. */
    public static final String LOGGER = "io.github.rowwise.linalg";

    private static final String ARTIFACTS = "io.github.rowwise:rowwise-backend-ejml, "
            + "io.github.rowwise:rowwise-backend-ojalgo or io.github.rowwise:rowwise-backend-nd4j";

    private Backends() {}

    /**
     * Returns the backend named by the property or the variable, or else the usable one with the highest priority.
     *
     * @return a checked backend
     * @throws BackendUnavailableException if the named backend is unusable, if no backend is usable, or if two usable
     *     backends share the highest priority
     */
    public static LinearAlgebra select() {
        return select(Candidate.visible(), System::getProperty, System::getenv);
    }

    /**
     * Returns the backend with the given name, whatever its priority. No other backend is probed.
     *
     * @param name such as {@code ejml}, {@code ojalgo} or {@code nd4j}
     * @return a checked backend
     * @throws BackendUnavailableException if no backend or more than one has this name, or if it is unusable
     */
    public static LinearAlgebra named(String name) {
        return named(name, "", Candidate.visible());
    }

    /**
     * Returns the names of all visible backends, usable or not. No backend is probed.
     *
     * @return the names by descending priority, then alphabetically
     */
    public static List<String> names() {
        return Candidate.visible().stream()
                .filter(Candidate::isCreated)
                .sorted(Comparator.comparing(Candidate::priority).reversed().thenComparing(Candidate::name))
                .map(Candidate::name)
                .distinct()
                .toList();
    }

    /**
     * Probes every visible backend. This loads native libraries and may take seconds.
     *
     * @return one report per provider, by descending priority, then by name
     */
    public static List<BackendReport> report() {
        return report(Candidate.visible());
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
        // By descending priority, so that a backend with slow natives is probed only if those before it are unusable.
        List<Integer> priorities = candidates.stream()
                .filter(Candidate::isCreated)
                .map(Candidate::priority)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int priority : priorities) {
            List<Candidate> usable = candidates.stream()
                    .filter(candidate -> candidate.isCreated() && candidate.priority() == priority)
                    .filter(candidate -> candidate.probe().algebra().isPresent())
                    .toList();
            if (usable.size() > 1) {
                throw new BackendUnavailableException("several backends share the highest priority " + priority + ": "
                        + usable.stream().map(Candidate::name).collect(Collectors.joining(", "))
                        + "; name one with the system property " + PROPERTY + " or the environment variable "
                        + VARIABLE + list(candidates, Backends::withReason));
            }
            if (usable.size() == 1) {
                return selected(usable.get(0).probe().algebra().orElseThrow(), "highest priority (" + priority + ")");
            }
        }
        throw new BackendUnavailableException((candidates.isEmpty()
                        ? "no linear-algebra backend is on the class path or module path"
                        : "no linear-algebra backend on the class path or module path is usable")
                + "; add one of the artifacts " + ARTIFACTS + list(candidates, Backends::withReason));
    }

    static LinearAlgebra named(String name, String origin, List<Candidate> candidates) {
        List<Candidate> matching = candidates.stream()
                .filter(candidate -> candidate.name().equals(name))
                .toList();
        if (matching.isEmpty()) {
            throw new BackendUnavailableException("no backend named '" + name + "'" + origin
                    + " is on the class path or module path; add its artifact" + " (" + ARTIFACTS
                    + ") or choose another backend" + list(candidates, Backends::withReason));
        }
        if (matching.size() > 1) {
            throw new BackendUnavailableException("two backends are named '" + name + "'" + origin
                    + "; remove one of them from the class path" + list(matching, Backends::withOrigin));
        }
        Candidate.Probe probe = matching.get(0).probe();
        LinearAlgebra algebra = probe.algebra()
                .orElseThrow(() -> new BackendUnavailableException("backend '" + name + "'" + origin + " is unusable: "
                        + probe.detail() + "; correct this or choose another backend"
                        + list(candidates, Backends::withPriority)));
        return selected(algebra, "name" + origin);
    }

    private static LinearAlgebra selected(LinearAlgebra algebra, String how) {
        System.getLogger(LOGGER)
                .log(
                        Level.DEBUG,
                        () -> "linear-algebra backend " + algebra.name() + " " + algebra.version() + ", selected by "
                                + how);
        return algebra;
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

    private static String list(List<Candidate> candidates, Function<Candidate, String> describe) {
        return candidates.isEmpty()
                ? ""
                : candidates.stream().map(describe).collect(Collectors.joining("; ", ". Found: ", ""));
    }

    private static String withPriority(Candidate candidate) {
        return String.format(Locale.ROOT, "%s (priority %d)", candidate.name(), candidate.priority());
    }

    private static String withOrigin(Candidate candidate) {
        return withPriority(candidate) + ": " + candidate.origin();
    }

    private static String withReason(Candidate candidate) {
        return withPriority(candidate) + ": " + candidate.probe().detail();
    }
}
