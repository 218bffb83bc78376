package io.github.rowwise.evaluation;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.stats.ConfidenceLevel;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Evaluates estimators on panels like a given one. Keeps the panel's own assignment and missing cells, draws outcomes from the
 * factor model that is fitted to it, and compares new fits with the known truth.
 *
 * <p>A drawn outcome is the fitted untreated outcome, plus under treatment an effect v<sub>j</sub>′d<sub>i</sub> with d_i drawn from the
 * fitted prior given the unit's level, plus normal noise with the unit's fitted variance and autocorrelation, which starts
 * anew after a gap. A unit's ATE is judged, and its ATT where its grade is {@link Grade#EXTRAPOLATED}; units that lack
 * an arm are not.
 *
 * <p>This shows what the assignment, the gaps, the noise and the number of cells allow. It cannot show what goes wrong where
 * the factor model does not describe the panel.
 *
 * <p>Immutable, and safe for use by several threads where the methods are. The same panel, methods and seed give the same
 * result. One drawn panel is held at a time, in addition to the panel itself.
 *
 * <pre class="example">{@code
 * Evaluation evaluation = PanelEvaluation.withDefaults()
 *         .withMethod("factor model", FactorModelEstimator.withDefaults())
 *         .withMethod("Algorithm 1", SpectralEstimator.withDefaults())
 *         .withDraws(5)
 *         .run(panel);
 * }</pre>
 */
public final class PanelEvaluation {

    private static final Map<String, Comparison> COMPARISONS = comparisons();

    private final FactorModelEstimator model;
    private final Map<String, Estimator> methods;
    private final int draws;
    private final double level;
    private final long seed;

    private PanelEvaluation(
            FactorModelEstimator model, Map<String, Estimator> methods, int draws, double level, long seed) {
        this.model = model;
        this.methods = methods;
        this.draws = draws;
        this.level = level;
        this.seed = seed;
    }

    /**
     * Returns an evaluation by 20 draws from the default {@link FactorModelEstimator}, at level 0.95 and seed 1, of no method
     * yet: {@link #withMethod} names those to judge along with the difference of means and two-way fixed effects.
     *
     * @return the defaults
     */
    public static PanelEvaluation withDefaults() {
        return new PanelEvaluation(FactorModelEstimator.withDefaults(), Map.of(), 20, 0.95, 1);
    }

    /**
     * Sets the model that outcomes are drawn from.
     *
     * @param estimator fitted to the panel once
     * @return a changed copy
     */
    public PanelEvaluation withModel(FactorModelEstimator estimator) {
        return new PanelEvaluation(Objects.requireNonNull(estimator), methods, draws, level, seed);
    }

    /**
     * Adds a method to judge.
     *
     * @param name the method in words, different from those before
     * @param estimator the method; a rival may be a lambda that returns results of {@link UnitEffects#builder}. Its error of
     *     the worst row is judged only if its results have completed outcomes
     * @return a changed copy
     * @throws IllegalArgumentException if there is a method of that name
     */
    public PanelEvaluation withMethod(String name, Estimator estimator) {
        if (methods.containsKey(name) || COMPARISONS.containsKey(name)) {
            throw new IllegalArgumentException("there is a method '" + name + "' already: give another name");
        }
        Map<String, Estimator> more = new LinkedHashMap<>(methods);
        more.put(name, Objects.requireNonNull(estimator));
        return new PanelEvaluation(model, Collections.unmodifiableMap(more), draws, level, seed);
    }

    /**
     * Sets the number of draws.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public PanelEvaluation withDraws(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " draws: give 1 or more");
        }
        return new PanelEvaluation(model, methods, number, level, seed);
    }

    /**
     * Sets the level of the intervals that are judged.
     *
     * @param confidence between 0 and 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public PanelEvaluation withConfidenceLevel(double confidence) {
        return new PanelEvaluation(model, methods, draws, ConfidenceLevel.require(confidence), seed);
    }

    /**
     * Sets the seed of the draws.
     *
     * @param number any number
     * @return a changed copy
     */
    public PanelEvaluation withSeed(long number) {
        return new PanelEvaluation(model, methods, draws, level, number);
    }

    /**
     * Draws, fits and compares.
     *
     * @param panel a panel that the factor model can be fitted to
     * @return the methods' accuracies
     * @throws IllegalArgumentException if the factor model does not take the panel
     * @throws NotIdentifiedException if treatment never varies between units within a period, or no unit has cells in
     *     two arms
     * @throws io.github.rowwise.linalg.BackendUnavailableException if no backend can be used
     */
    public Evaluation run(Panel panel) {
        return run(panel, draw -> {});
    }

    /**
     * Draws, fits and compares, and reports each draw.
     *
     * @param panel as for {@link #run(Panel)}
     * @param watcher given the number of each draw, from 1, before it begins
     * @return the methods' accuracies
     */
    public Evaluation run(Panel panel, IntConsumer watcher) {
        UnitEffects fitted = model.fit(panel);
        int treatments = panel.arms() - 1;
        List<Map<String, Accuracy>> accuracies = new ArrayList<>();
        for (int arm = 1; arm <= treatments; arm++) {
            accuracies.add(new LinkedHashMap<>());
        }
        double[] variances = new double[treatments];
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < draws; draw++) {
            watcher.accept(draw + 1);
            ModelDraw drawn = ModelDraw.of(fitted, random.split());
            List<double[]> truths = new ArrayList<>();
            for (int arm = 1; arm <= treatments; arm++) {
                truths.add(truth(fitted, drawn, arm));
                variances[arm - 1] += variance(truths.get(arm - 1)) / draws;
            }
            methods.forEach((name, estimator) -> {
                UnitEffects effects = fit(name, estimator, drawn.panel());
                for (int arm = 1; arm <= treatments; arm++) {
                    accuracies
                            .get(arm - 1)
                            .merge(name, accuracy(effects, drawn, arm, truths.get(arm - 1)), Accuracy::plus);
                }
            });
            for (int arm = 1; arm <= treatments; arm++) {
                int treatment = arm;
                double[] truth = truths.get(arm - 1);
                COMPARISONS.forEach((name, estimate) -> accuracies
                        .get(treatment - 1)
                        .merge(name, Accuracy.of(estimate.effects(drawn.panel(), treatment), truth), Accuracy::plus));
            }
        }
        return result(fitted, accuracies, variances);
    }

    private static Map<String, Comparison> comparisons() {
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        comparisons.put("difference of means", DifferenceOfMeans::effects);
        comparisons.put("two-way fixed effects", TwoWayFixedEffects::effects);
        return Collections.unmodifiableMap(comparisons);
    }

    private Evaluation result(UnitEffects fitted, List<Map<String, Accuracy>> accuracies, double[] variances) {
        List<MethodAccuracy> rows = new ArrayList<>();
        List<Integer> judged = new ArrayList<>();
        List<Integer> byAtt = new ArrayList<>();
        for (int arm = 1; arm < fitted.panel().arms(); arm++) {
            int treatment = arm;
            accuracies
                    .get(arm - 1)
                    .forEach((name, accuracy) -> rows.add(new MethodAccuracy(name, treatment, accuracy)));
            int units = 0;
            int att = 0;
            for (int unit = 0; unit < fitted.panel().units(); unit++) {
                units += fitted.diagnostics().isEstimable(unit, arm) ? 1 : 0;
                att += isJudgedByAtt(fitted, unit, arm) ? 1 : 0;
            }
            judged.add(units);
            byAtt.add(att);
        }
        return new Evaluation(
                fitted,
                List.copyOf(rows),
                List.copyOf(judged),
                List.copyOf(byAtt),
                Arrays.stream(variances).map(Math::sqrt).boxed().toList(),
                draws,
                level,
                seed);
    }

    /** What is to be found of each unit, NaN where it lacks an arm. */
    private static double[] truth(UnitEffects fitted, ModelDraw drawn, int arm) {
        double[] truth = new double[fitted.panel().units()];
        for (int unit = 0; unit < truth.length; unit++) {
            truth[unit] = !fitted.diagnostics().isEstimable(unit, arm)
                    ? Double.NaN
                    : isJudgedByAtt(fitted, unit, arm) ? drawn.att()[arm - 1][unit] : drawn.ate()[arm - 1][unit];
        }
        return truth;
    }

    private Accuracy accuracy(UnitEffects effects, ModelDraw drawn, int arm, double[] truth) {
        List<Estimate> estimates = new ArrayList<>();
        for (int unit = 0; unit < truth.length; unit++) {
            UnitEffect effect = effects.effect(unit, arm);
            estimates.add(isJudgedByAtt(effects, unit, arm) ? effect.att() : effect.ate());
        }
        Accuracy accuracy = Accuracy.of(estimates, truth, level);
        return effects.hasCompletedOutcomes()
                ? accuracy.withWorstRow(
                        effects.effectMatrix(arm).worstRowError(drawn.effects().get(arm - 1)))
                : accuracy;
    }

    private static UnitEffects fit(String name, Estimator estimator, Panel panel) {
        UnitEffects effects = estimator.fit(panel);
        if (!effects.panel().unitNames().equals(panel.unitNames())
                || !effects.panel().armNames().equals(panel.armNames())) {
            throw new IllegalArgumentException("method '" + name
                    + "' returned effects of other units or arms than those of the panel it was given: return a result"
                    + " about that panel");
        }
        return effects;
    }

    private static boolean isJudgedByAtt(UnitEffects effects, int unit, int arm) {
        return effects.diagnostics().grade(unit, arm) == Grade.EXTRAPOLATED;
    }

    private static double variance(double[] values) {
        double[] known =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        double mean = Arrays.stream(known).average().orElse(0);
        return Arrays.stream(known)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
    }

    /**
     * Describes the evaluation.
     *
     * @return the methods, draws and seed
     */
    @Override
    public String toString() {
        return "evaluation of " + methods.keySet() + " by " + draws + " draws, seed " + seed;
    }

    @FunctionalInterface
    private interface Comparison {
        double[] effects(Panel panel, int arm);
    }
}
