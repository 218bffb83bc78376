package io.github.rowwise.bindings;

import io.github.rowwise.Centring;
import io.github.rowwise.Noise;
import io.github.rowwise.cli.estimation.EstimatorRun;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.EstimatorChoice;
import io.github.rowwise.tables.Labels;
import io.github.rowwise.tables.Method;
import io.github.rowwise.tables.OptionNaming;
import io.github.rowwise.tables.RankText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The method and its options, as words. They have the meaning, the values and the defaults of the program's options. Immutable,
 * and safe for use by several threads.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>{@code method}</td><td>{@code factor-model} (default) or {@code spectral}</td></tr>
 * <tr><td>{@code rank}, {@code centring}, {@code noise}, {@code effects}</td><td>as the program's</td></tr>
 * <tr><td>{@code level}</td><td>the confidence level, above 0 and below 1; 0.95 by default</td></tr>
 * <tr><td>{@code seed}</td><td>a whole number, 1 by default</td></tr>
 * <tr><td>{@code threads}</td><td>a whole number of 1 or more; one per core by default</td></tr>
 * <tr><td>{@code backend}</td><td>the name of a backend; the best one by default</td></tr>
 * <tr><td>{@code group_base}</td><td>the group that others are compared with; all others together by default</td></tr>
 * <tr><td>{@code cell_errors}</td><td>{@code true} for standard errors of single cells, which take memory</td></tr>
 * <tr><td>{@code calibrate}</td><td>{@code true} to widen all intervals as pretended treatments call for</td></tr>
 * </table>
 *
 * <pre class="example">{@code
 * Settings settings = Settings.defaults().with("noise", "iid").with("seed", "7");
 * }</pre>
 */
public final class Settings {

    private static final double LEVEL = 0.95;

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns the defaults.
     *
     * @return settings without any option
     */
    public static Settings defaults() {
        return new Settings(Map.of());
    }

    /**
     * Sets an option.
     *
     * @param name the name
     * @param value the value in words
     * @return a changed copy
     * @throws IllegalArgumentException if there is no such option or value; the message lists what there is
     */
    public Settings with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        Settings settings = new Settings(changed);
        settings.check(name, value);
        return settings;
    }

    private void check(String name, String value) {
        try {
            switch (name) {
                case "method" -> Method.of(value);
                case "rank" -> RankText.parse(value);
                case "centring" -> centring(value);
                case "noise" -> noise(value);
                case "effects" -> effects(value);
                case "level" -> confidenceLevel();
                case "seed" -> seed();
                case "threads" -> threads();
                case "backend" -> EstimatorChoice.backend(OptionNaming.ARGUMENT, value);
                case "cell_errors", "calibrate" -> Labels.of(value, List.of("true", "false"), word -> word);
                case "group_base" -> {}
                default -> throw new IllegalArgumentException("no such option");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + ": not a whole number", e);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(message.startsWith(name) ? message : name + ": " + message, e);
        }
    }

    private static Centring centring(String value) {
        return Labels.of(value, List.of(Centring.TWO_WAY, Centring.UNIT, Centring.NONE), Centring::label);
    }

    private static Noise noise(String value) {
        return Labels.of(value, List.of(Noise.values()), Noise::label);
    }

    private static EffectsForm effects(String value) {
        return Labels.of(value, List.of(EffectsForm.values()), EffectsForm::label);
    }

    /** Returns the estimator with these options. */
    EstimatorRun run(List<UnitColumn> attributes) {
        return run(choice(method()), attributes);
    }

    /** Returns the spectral method of an inspection, which has no use for options of the factor model. */
    EstimatorRun inspection() {
        return run(choice(Method.SPECTRAL), List.of());
    }

    private EstimatorRun run(EstimatorChoice choice, List<UnitColumn> attributes) {
        if (!attributes.isEmpty()) {
            choice.method().requireFactorModel(OptionNaming.ARGUMENT, "attributes");
        }
        return new EstimatorRun(
                choice,
                EstimatorChoice.backend(OptionNaming.ARGUMENT, values.get("backend")),
                threads(),
                seed(),
                confidenceLevel(),
                attributes);
    }

    private EstimatorChoice choice(Method method) {
        String noise = values.get("noise");
        String effects = values.get("effects");
        return new EstimatorChoice(
                OptionNaming.ARGUMENT,
                method,
                RankText.parse(values.getOrDefault("rank", RankText.AUTO)),
                centring(values.getOrDefault("centring", Centring.TWO_WAY.label())),
                noise == null ? null : noise(noise),
                effects == null ? null : effects(effects));
    }

    /** Rejects a rank that the panel cannot have. */
    void check(Panel panel) {
        choice(method()).check(panel.units(), panel.periods(), panel.armNames());
    }

    private Method method() {
        return Method.of(values.getOrDefault("method", Method.FACTOR_MODEL.label()));
    }

    /** Returns the confidence level. */
    double confidenceLevel() {
        return EstimatorChoice.confidenceLevel(Double.parseDouble(values.getOrDefault("level", String.valueOf(LEVEL))));
    }

    /** Returns the seed. */
    long seed() {
        return Long.parseLong(values.getOrDefault("seed", "1"));
    }

    /** Returns the number of threads, 0 for one per core. */
    int threads() {
        String threads = values.get("threads");
        if (threads == null) {
            return 0;
        }
        int number = Integer.parseInt(threads);
        if (number < 1) {
            throw new IllegalArgumentException("threads=" + number + ": a whole number of 1 or more");
        }
        return number;
    }

    /** Returns the value of an option, or an empty text. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Returns whether an option is on. */
    boolean isOn(String name) {
        return value(name).equals("true");
    }

    /**
     * Lists the options that were set.
     *
     * @return such as {@code noise=iid, seed=7}
     */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        values.forEach((name, value) -> all.add(name + "=" + value));
        return String.join(", ", all);
    }
}
