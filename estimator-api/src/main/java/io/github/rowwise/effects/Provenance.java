package io.github.rowwise.effects;

import io.github.rowwise.panel.Panel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a result came about: enough to get the same doubles again. Immutable.
 *
 * <pre class="example">{@code
 * Provenance from = effects.provenance();
 * System.out.println(from.method() + " " + from.options() + " seed " + from.seed() + " data " + from.dataHash());
 * }</pre>
 */
public final class Provenance {

    private static final String WIDENING = "widening";

    private final String version;
    private final String method;
    private final Map<String, String> options;
    private final long seed;
    private final String backend;
    private final String backendVersion;
    private final Panel panel;

    Provenance(
            String version,
            String method,
            Map<String, String> options,
            long seed,
            String backend,
            String backendVersion,
            Panel panel) {
        this.version = version;
        this.method = method;
        this.options = options;
        this.seed = seed;
        this.backend = backend;
        this.backendVersion = backendVersion;
        this.panel = panel;
    }

    /** The same about a panel with the same hash. */
    Provenance withPanel(Panel other) {
        return new Provenance(version, method, options, seed, backend, backendVersion, other);
    }

    /** The same with standard errors multiplied by a factor. */
    Provenance widened(double factor) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(WIDENING, Double.toString(factor * widening()));
        return new Provenance(version, method, Collections.unmodifiableMap(more), seed, backend, backendVersion, panel);
    }

    /**
     * Returns the factor by which standard errors were multiplied after the fit, see {@link UnitEffects#widened}.
     *
     * @return 1 if they were not; it is also the option {@code widening}
     */
    public double widening() {
        return Double.parseDouble(options.getOrDefault(WIDENING, "1"));
    }

    /**
     * Returns the version of Rowwise.
     *
     * @return such as {@code 0.1.0}
     */
    public String version() {
        return version;
    }

    /**
     * Returns the estimator.
     *
     * @return its name and source in words
     */
    public String method() {
        return method;
    }

    /**
     * Returns the estimator's options that change the result.
     *
     * @return immutable, by name, in a fixed order
     */
    public Map<String, String> options() {
        return options;
    }

    /**
     * Returns the seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns the linear-algebra backend.
     *
     * @return such as {@code ejml}
     */
    public String backend() {
        return backend;
    }

    /**
     * Returns the version of the library behind the backend.
     *
     * @return such as {@code 0.46.1}
     */
    public String backendVersion() {
        return backendVersion;
    }

    /**
     * Returns the hash of the data, {@link Panel#fingerprint()}; computed when first asked for.
     *
     * @return 64 hexadecimal digits
     */
    public String dataHash() {
        return panel.fingerprint();
    }

    /**
     * Describes how the result came about.
     *
     * @return version, method, options, seed and backend, without the hash of the data
     */
    @Override
    public String toString() {
        return "Rowwise " + version + ", " + method + ", options " + options + ", seed " + seed + ", backend " + backend
                + " " + backendVersion;
    }
}
