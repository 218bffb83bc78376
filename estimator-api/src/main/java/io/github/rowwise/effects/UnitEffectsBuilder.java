package io.github.rowwise.effects;

import io.github.rowwise.internal.io.Version;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.stats.ConfidenceLevel;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a result from a panel and estimates that come from elsewhere: another method, which can then take part in a {@link
 * io.github.rowwise.evaluation.PanelEvaluation}, or the test of a service that reads results. Created by {@link
 * UnitEffects#builder}.
 *
 * <p>Cells, grades and reasons come from the panel's {@link PanelDiagnostics}. An estimable unit without an estimate gets a
 * reason; a unit that lacks the arm or control must not have one. Not safe for use by several threads.
 *
 * <pre class="example">{@code
 * UnitEffects byHand = UnitEffects.builder(panel)
 *         .method("difference of means")
 *         .effect("store 7", "1", Estimate.of(2.5, 0.4, 30))
 *         .build();
 * System.out.println(byHand.effect("store 7", "1").qValue());
 * }</pre>
 */
public final class UnitEffectsBuilder {

    private static final int ESTIMANDS = 3;
    private static final String NOT_GIVEN = "the method gave no estimate";

    private final Panel panel;
    private final int treatments;
    private final @Nullable Estimate[] @Nullable [] estimates;
    private final @Nullable LowRankMatrix[] outcomes;
    private final @Nullable AverageEffects[] averages;
    private final List<Warning> warnings = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private String method = "made by hand";
    private double confidenceLevel = 0.95;
    private long seed;
    private boolean hasPosterior;

    UnitEffectsBuilder(Panel panel) {
        InternalPanels.requireWhole(panel, "a result made by hand");
        this.panel = panel;
        this.treatments = panel.arms() - 1;
        this.estimates = new Estimate[Math.multiplyExact(panel.units(), treatments)][];
        this.outcomes = new LowRankMatrix[panel.arms()];
        this.averages = new AverageEffects[treatments];
    }

    /**
     * Sets the effect of one unit and arm averaged over all periods; ATT and ATU have none.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @param ate ATE_i
     * @return this
     * @throws IndexOutOfBoundsException if there is no such unit or arm
     * @throws IllegalArgumentException if the unit and arm have an effect already
     */
    public UnitEffectsBuilder effect(int unit, int arm, Estimate ate) {
        return effect(unit, arm, ate, Estimate.unavailable(NOT_GIVEN), Estimate.unavailable(NOT_GIVEN));
    }

    /**
     * Sets the effect of one unit and arm, found by name, averaged over all periods; ATT and ATU have none.
     *
     * @param unit name of the unit
     * @param arm name of the arm, not that of control
     * @param ate ATE_i
     * @return this
     * @throws IllegalArgumentException if there is no such unit or arm, or they have an effect already
     */
    public UnitEffectsBuilder effect(String unit, String arm, Estimate ate) {
        return effect(panel.unitIndex(unit), panel.armIndex(arm), ate);
    }

    /**
     * Sets the effects of one unit and arm.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @param ate ATE_i: the effect averaged over all periods
     * @param att ATT_i: the effect averaged over the observed periods in the arm
     * @param atu ATU_i: the effect averaged over the observed control periods
     * @return this
     * @throws IndexOutOfBoundsException if there is no such unit or arm
     * @throws IllegalArgumentException if the unit and arm have effects already
     */
    public UnitEffectsBuilder effect(int unit, int arm, Estimate ate, Estimate att, Estimate atu) {
        Objects.checkIndex(unit, panel.units());
        Objects.checkIndex(arm - 1, treatments);
        int entry = unit * treatments + arm - 1;
        if (estimates[entry] != null) {
            throw new IllegalArgumentException(entry(unit, arm) + ": has effects already: give them once");
        }
        estimates[entry] =
                new Estimate[] {Objects.requireNonNull(ate), Objects.requireNonNull(att), Objects.requireNonNull(atu)};
        return this;
    }

    /**
     * Sets the completed outcomes of one arm, which effects by period and by event time, pre-trends and effects of cells are
     * computed from. Without those of all arms the result has none of these.
     *
     * @param arm the arm, 0 for control
     * @param matrix units by periods; a row is available where the unit was estimated in the arm
     * @return this
     * @throws IndexOutOfBoundsException if there is no such arm
     * @throws IllegalArgumentException if the matrix has another size than the panel
     */
    public UnitEffectsBuilder outcomes(int arm, LowRankMatrix matrix) {
        Objects.checkIndex(arm, panel.arms());
        if (matrix.units() != panel.units() || matrix.periods() != panel.periods()) {
            throw new IllegalArgumentException("completed outcomes of " + matrix.units() + " units and "
                    + matrix.periods() + " periods for a panel of " + panel.units() + " units and " + panel.periods()
                    + " periods: give one row per unit and one column per period");
        }
        outcomes[arm] = matrix;
        return this;
    }

    /**
     * Sets an arm's averages. Without them they are computed from the units' effects as independent estimates.
     *
     * @param effects of {@link AverageEffects#arm()}
     * @return this
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public UnitEffectsBuilder averages(AverageEffects effects) {
        averages[Objects.checkIndex(effects.arm() - 1, treatments)] = effects;
        return this;
    }

    /**
     * Declares that estimates and standard errors describe posterior distributions, so that the result has {@link
     * UnitEffect#probabilityPositive()} and {@link UnitEffect#probabilityTopDecile()}.
     *
     * @return this
     */
    public UnitEffectsBuilder posterior() {
        hasPosterior = true;
        return this;
    }

    /**
     * Sets the method that the provenance names.
     *
     * @param name the method in words; {@code made by hand} by default
     * @return this
     */
    public UnitEffectsBuilder method(String name) {
        method = Objects.requireNonNull(name);
        return this;
    }

    /**
     * Adds an option that the provenance names.
     *
     * @param name the option
     * @param value its value
     * @return this
     */
    public UnitEffectsBuilder option(String name, String value) {
        options.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
        return this;
    }

    /**
     * Sets the seed that the provenance names.
     *
     * @param number any number; 0 by default
     * @return this
     */
    public UnitEffectsBuilder seed(long number) {
        seed = number;
        return this;
    }

    /**
     * Sets the confidence level of the intervals that the result reports by itself.
     *
     * @param level between 0 and 1; 0.95 by default
     * @return this
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public UnitEffectsBuilder confidenceLevel(double level) {
        confidenceLevel = ConfidenceLevel.require(level);
        return this;
    }

    /**
     * Adds a warning, before those of the assignment.
     *
     * @param warning what a reader must know
     * @return this
     */
    public UnitEffectsBuilder warning(Warning warning) {
        warnings.add(Objects.requireNonNull(warning));
        return this;
    }

    /**
     * Returns the result. Reads the panel once.
     *
     * @return the result, with a provenance of backend {@code none}
     * @throws IllegalArgumentException if a unit that lacks an arm or control has an estimate, or some arms have completed
     *     outcomes and others have not
     */
    public UnitEffects build() {
        CompletedOutcomes completed = completed();
        int processors = Runtime.getRuntime().availableProcessors();
        try (PassRunner runner =
                InternalPanels.runner(panel, processors, null, new FitProgressTracker(progress -> {}))) {
            PanelDiagnostics diagnostics = InternalPanels.diagnostics(panel, runner);
            Estimate[][] all = checked(diagnostics);
            Estimate[] ates = new Estimate[all.length];
            for (int k = 0; k < ates.length; k++) {
                ates[k] = all[k][0];
            }
            EffectProbabilities probabilities =
                    EffectProbabilities.of(ates, treatments, hasPosterior, true, runner.workers());
            List<UnitEffect> effects = new ArrayList<>(all.length);
            for (int k = 0; k < all.length; k++) {
                effects.add(effect(diagnostics, probabilities, k / treatments, 1 + k % treatments, all[k]));
            }
            List<AverageEffects> byArm = new ArrayList<>(WeightedAverage.byArm(effects, panel.arms(), runner));
            for (int k = 0; k < treatments; k++) {
                AverageEffects given = averages[k];
                if (given != null) {
                    byArm.set(k, given);
                }
            }
            List<Warning> allWarnings = new ArrayList<>(warnings);
            allWarnings.addAll(diagnostics.warnings());
            return new UnitEffects(new EffectsContent(
                    panel,
                    diagnostics,
                    confidenceLevel,
                    new Provenance(
                            Version.current(),
                            method,
                            Collections.unmodifiableMap(new LinkedHashMap<>(options)),
                            seed,
                            "none",
                            "",
                            panel),
                    List.of(),
                    List.copyOf(allWarnings),
                    List.copyOf(effects),
                    List.of(),
                    List.of(),
                    List.copyOf(byArm),
                    Map.of(),
                    RowAdjustment.NONE,
                    List.of(),
                    null,
                    completed));
        }
    }

    private static UnitEffect effect(
            PanelDiagnostics diagnostics, EffectProbabilities probabilities, int unit, int arm, Estimate[] estimates) {
        boolean isEstimable = diagnostics.isEstimable(unit, arm);
        for (Estimate estimate : estimates) {
            if (estimate.isAvailable()) {
                return probabilities.unitEffect(
                        diagnostics, unit, arm, estimates, diagnostics.grade(unit, arm), diagnostics.reason(unit, arm));
            }
        }
        String reason = isEstimable ? estimates[0].reason() : diagnostics.reason(unit, arm);
        return probabilities.unitEffect(diagnostics, unit, arm, estimates, Grade.NOT_ESTIMABLE, reason);
    }

    /** The estimates of every unit and arm, with a reason for those that were not given. */
    private Estimate[][] checked(PanelDiagnostics diagnostics) {
        Estimate[][] all = new Estimate[estimates.length][];
        for (int k = 0; k < all.length; k++) {
            int unit = k / treatments;
            int arm = 1 + k % treatments;
            boolean isEstimable = diagnostics.isEstimable(unit, arm);
            @Nullable Estimate[] given = estimates[k];
            Estimate none = Estimate.unavailable(isEstimable ? NOT_GIVEN : diagnostics.reason(unit, arm));
            all[k] = new Estimate[ESTIMANDS];
            for (int estimand = 0; estimand < ESTIMANDS; estimand++) {
                Estimate one = given == null ? null : given[estimand];
                if (one != null && one.isAvailable() && !isEstimable) {
                    throw new IllegalArgumentException(entry(unit, arm) + ": has the estimate " + one
                            + ", but there is nothing to compare, because the unit was "
                            + diagnostics.reason(unit, arm) + ": leave it out");
                }
                all[k][estimand] = one == null || !isEstimable ? none : one;
            }
        }
        return all;
    }

    private @Nullable CompletedOutcomes completed() {
        List<CompletedOutcomes.Arm> arms = new ArrayList<>();
        List<BitSet> available = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            LowRankMatrix matrix = outcomes[arm];
            if (matrix == null) {
                missing.add(panel.armNames().get(arm));
            } else {
                DenseMatrix loadings = matrix.loadings();
                arms.add(new CompletedOutcomes.Arm(
                        new double[panel.units()], new double[panel.periods()], loadings, matrix.factors()));
                available.add(matrix.available());
            }
        }
        if (!missing.isEmpty() && !arms.isEmpty()) {
            throw new IllegalArgumentException("no completed outcomes of the arms " + Quoted.list(missing)
                    + ", but of others: give those of all arms, control included, or none");
        }
        return arms.isEmpty() ? null : new CompletedOutcomes(List.copyOf(arms), List.copyOf(available), 1);
    }

    private String entry(int unit, int arm) {
        return "unit " + Quoted.value(panel.unitNames().get(unit)) + ", arm "
                + Quoted.value(panel.armNames().get(arm));
    }
}
