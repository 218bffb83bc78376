package io.github.rowwise.evaluation;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.stats.ConfidenceLevel;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Checks whether the effects of a method can be believed on a panel. Each check is out of sample: the fit never sees the outcomes that
 * it is judged on.
 *
 * <table>
 * <caption>The checks</caption>
 * <tr><th>check</th><th>hidden from a fit, then predicted</th><th>passes if</th></tr>
 * <tr><td>placebo</td><td>the control cells of the last periods before each start of treatment</td><td>the average gap between
 *     outcome and prediction is within the bound and does not differ from zero</td></tr>
 * <tr><td>anticipation</td><td>the same, period by period, the nearest first</td><td>as above for the nearest; else the
 *     periods that differ are to be left out</td></tr>
 * <tr><td>carry-over</td><td>the control cells of the first periods after each end of treatment</td><td>as above</td></tr>
 * <tr><td>pretended adoption</td><td>outcomes without treatment, where the unit's control cells take the treatment path of
 *     another unit and an effect is planted</td><td>the units' intervals hold the planted effects as often as they promise</td></tr>
 * <tr><td>agreement</td><td></td><td>methods that assume other things find the same effects within their errors, in each
 *     unit and on average</td></tr>
 * </table>
 *
 * <p>A gap does not matter if it is below the bound, 0.36 standard deviations of what unit and period effects leave of control
 * outcomes (Hartman and Hidalgo 2018, doi:10.1111/ajps.12387; Liu, Wang and Xu 2024, doi:10.1111/ajps.12723). Whether it is ruled out is tested by
 * two one-sided tests at level 0.05, and whether there is one by a test at level 0.05.
 *
 * <p>The checks fit the method once for the gaps, once per draw for pretended adoption, and once for each other method. Cells are
 * hidden by a view; one pretended panel is held at a time. Passing does not prove the assumptions: a change at the same time
 * as treatment, which treatment did not cause, cannot be seen.
 *
 * <p>Immutable, and safe for use by several threads where the methods are. The same panel, methods and seed give the same result.
 *
 * <pre class="example">{@code
 * PanelChecks checks = PanelCheck.withDefaults().run(panel);
 * int lead = checks.anticipation().periods();
 * int washout = checks.carryOver().periods();
 * UnitEffects again = FactorModelEstimator.withDefaults().fit(panel.withoutTransitions(lead, washout));
 * }</pre>
 */
public final class PanelCheck {

    private final Estimator estimator;
    private final Map<String, Estimator> others;
    private final int horizons;
    private final double bound;
    private final int draws;
    private final double level;
    private final long seed;

    private PanelCheck(
            Estimator estimator,
            Map<String, Estimator> others,
            int horizons,
            double bound,
            int draws,
            double level,
            long seed) {
        this.estimator = estimator;
        this.others = others;
        this.horizons = horizons;
        this.bound = bound;
        this.draws = draws;
        this.level = level;
        this.seed = seed;
    }

    /**
     * Returns a check of the default {@link FactorModelEstimator} against the default {@link SpectralEstimator} and two-way fixed
     * effects, with 3 periods around treatments, a bound of 0.36 standard deviations, 10 draws, level 0.95 and seed 1.
     *
     * @return the defaults
     */
    public static PanelCheck withDefaults() {
        return new PanelCheck(
                FactorModelEstimator.withDefaults(),
                Map.of("spectral method", SpectralEstimator.withDefaults()),
                3,
                0.36,
                10,
                0.95,
                1);
    }

    /**
     * Sets the method that is checked.
     *
     * @param method its results must have completed outcomes
     * @return a changed copy
     */
    public PanelCheck withEstimator(Estimator method) {
        return new PanelCheck(Objects.requireNonNull(method), others, horizons, bound, draws, level, seed);
    }

    /**
     * Sets the methods to compare with, in addition to two-way fixed effects.
     *
     * @param methods by name, in the order to report; empty for none
     * @return a changed copy
     */
    public PanelCheck withComparisons(Map<String, Estimator> methods) {
        Map<String, Estimator> copy = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
        return new PanelCheck(estimator, copy, horizons, bound, draws, level, seed);
    }

    /**
     * Sets how many periods before each start of treatment and after each end are hidden and judged.
     *
     * @param periods 1 or more; fewer are hidden if treatments follow each other so closely that more than two thirds of the control
     *     cells would be
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public PanelCheck withHorizons(int periods) {
        if (periods < 1) {
            throw new IllegalArgumentException(periods + " periods around treatments: give 1 or more");
        }
        return new PanelCheck(estimator, others, periods, bound, draws, level, seed);
    }

    /**
     * Sets the gap that does not matter.
     *
     * @param deviations above 0, in standard deviations of what unit and period effects leave of control outcomes
     * @return a changed copy
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    public PanelCheck withBound(double deviations) {
        if (!(deviations > 0) || Double.isInfinite(deviations)) {
            throw new IllegalArgumentException("bound " + deviations + ": give a number above 0");
        }
        return new PanelCheck(estimator, others, horizons, deviations, draws, level, seed);
    }

    /**
     * Sets the number of panels with pretended treatments.
     *
     * @param number 0 or more; with 0 the check of pretended adoption is not made
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public PanelCheck withDraws(int number) {
        if (number < 0) {
            throw new IllegalArgumentException(number + " draws: give 0 or more");
        }
        return new PanelCheck(estimator, others, horizons, bound, number, level, seed);
    }

    /**
     * Sets the level of the intervals, of those that are judged and of those of gaps.
     *
     * @param confidence between 0 and 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public PanelCheck withConfidenceLevel(double confidence) {
        return new PanelCheck(estimator, others, horizons, bound, draws, ConfidenceLevel.require(confidence), seed);
    }

    /**
     * Sets the seed of the pretended treatments and planted effects.
     *
     * @param number any number
     * @return a changed copy
     */
    public PanelCheck withSeed(long number) {
        return new PanelCheck(estimator, others, horizons, bound, draws, level, number);
    }

    /**
     * Fits the panel and makes all checks.
     *
     * @param panel a panel that the method can be fitted to
     * @return the checks
     * @throws NotIdentifiedException if the assignment identifies no effect, or not without the hidden cells
     * @throws InvalidPanelException if the panel has covariates
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}
     */
    public PanelChecks run(Panel panel) {
        requireCheckable(panel);
        return run(estimator.fit(panel), step -> {});
    }

    /**
     * Makes all checks of a panel that has been fitted.
     *
     * @param effects what the method found, with its panel's cells
     * @param watcher is given each step in words before it begins, such as {@code predicting hidden cells}
     * @return the checks
     * @throws InvalidPanelException if the panel has covariates
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or if the result is detached or has no
     *     completed outcomes
     */
    public PanelChecks run(UnitEffects effects, Consumer<String> watcher) {
        Panel panel = effects.panel();
        requireCheckable(panel);
        watcher.accept("predicting hidden cells");
        double gap = bound * TwoWayFixedEffects.residuals(panel).deviation();
        HiddenTransitions hidden = HiddenTransitions.of(panel, horizons);
        GapVerdicts gaps = new GapVerdicts(regression(panel, hidden), gap, level);
        CoverageCheck pretended = PretendedAdoption.check(
                effects,
                estimator,
                draws,
                level,
                seed,
                draw -> watcher.accept("pretending treatments, draw " + draw + " of " + draws));
        MethodComparison comparison = new MethodComparison(effects, gap);
        others.forEach((name, other) -> {
            watcher.accept("comparing with the " + name);
            try {
                comparison.add(name, other.fit(panel));
            } catch (NotIdentifiedException e) {
                // A method without an answer neither agrees nor disagrees.
                comparison.addNothing(name);
            }
        });
        comparison.addTwoWay();
        return Conclusion.of(
                effects,
                gap,
                horizons,
                hidden.horizons(),
                gaps.placebo(),
                gaps.anticipation(),
                gaps.carryOver(),
                pretended,
                comparison.result());
    }

    private static void requireCheckable(Panel panel) {
        InternalPanels.requireWhole(panel, "checks");
        if (!panel.covariateNames().isEmpty()) {
            throw new InvalidPanelException(
                    "checks of a panel with covariates are not available: the prediction of a hidden"
                            + " cell would need its covariates; check the panel without them");
        }
    }

    private GapRegression regression(Panel panel, HiddenTransitions hidden) {
        UnitEffects fitted = estimator.fit(InternalPanels.hiding(panel, hidden));
        return new GapRegression(panel, hidden, fitted);
    }

    /**
     * Describes the check.
     *
     * @return the method, periods, draws and seed
     */
    @Override
    public String toString() {
        return "check of " + estimator.name() + ", " + horizons + " periods around treatments, " + draws
                + " draws, seed " + seed;
    }
}
