package io.github.rowwise;

import io.github.rowwise.internal.EffectPass;
import io.github.rowwise.internal.PanelView;
import io.github.rowwise.internal.factor.FactorEffects;
import io.github.rowwise.internal.factor.FactorOptions;
import io.github.rowwise.internal.factor.FactorResult;
import io.github.rowwise.internal.factor.SummaryOptions;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Shared-factor model of all arms, fitted to the observed cells only by variational EM.
 *
 * <p>For unit i and period j, in arm a (0 for control), with {@code v_j = (1, f_j)} and r factors f_j:
 *
 * <pre>{@code
 * y_ij = nu_j + v_j'(b_i + d_ai) + e_ij              d_0i = 0
 * (b_i, d_1i, ..., d_Ki) ~ N(mu, S)      f_j ~ N(0, I)      e_i autoregressive of order one within a stretch without gaps
 * }</pre>
 *
 * <p>The effect of arm a in a cell is {@code v_j'd_ai}. An arm's ATE_i is its average over all periods, ATT_i over those
 * that the unit was observed in the arm, ATU_i over those under control. Units borrow strength through
 * mu and S, which learn how effects vary and how they go with levels; a factor that the data do not support is dropped, so
 * the rank limit need only be generous, and so is one that a single unit carries, which is that unit's noise. Each unit has
 * its own innovation variance and noise correlation, drawn towards the common ones, and each period a noise scale; cells far
 * out are moved in to three standard deviations.
 *
 * <p>Unlike Algorithm 1 it needs no row-homogeneous assignment: treatment may follow the factors and the level of the
 * outcome. It needs noise that treatment does not follow, and effects that go with the factors or are constant.
 *
 * <p>Standard errors are of the posterior, with the uncertainty of the prior's mean and of the factors; intervals are
 * Student's. An estimate is drawn towards what the other units tell, so a single unit's error is not centred on zero.
 *
 * <p>Any number of arms. Units that lack an arm or control lend their cells to the factors and come, for that arm, with a
 * reason and without a number. Cost: 15 to 45 passes over the panel, each of some {@code 3 r^2} operations a cell and
 * {@code (r (K+1))^3} a unit for K arms besides control; memory for some {@code n r (K+1)} numbers besides the panel.
 *
 * <p>Immutable, and safe for use by several threads. The same panel, options and seed give the same doubles whatever
 * the number of threads.
 *
 * <p>Sources: Tipping and Bishop (1999), doi:10.1111/1467-9868.00196, for the EM of factors; Mundlak (1978),
 * doi:10.2307/1913646, for the factors' prior mean; Huber (1964), doi:10.1214/aoms/1177703732, for outlying cells.
 */
public final class FactorModelEstimator {

    private static final int RANK_LIMIT = 8;
    private static final double TOLERANCE = 1e-4;
    private static final int ITERATIONS = 24;
    private static final int LAST_ITERATIONS = 2;

    private final int rankLimit;
    private final Noise noise;
    private final EffectsForm form;
    private final boolean cellErrors;
    private final RunOptions options;

    private FactorModelEstimator(int rankLimit, Noise noise, EffectsForm form, boolean cellErrors, RunOptions options) {
        this.rankLimit = rankLimit;
        this.noise = noise;
        this.form = form;
        this.cellErrors = cellErrors;
        this.options = options;
    }

    /**
     * Returns the estimator with at most 8 factors, autoregressive noise, effects on the factors, level 0.95, seed 1, one
     * thread a processor and the backend that {@link io.github.rowwise.linalg.Backends#select()} chooses.
     *
     * @return the defaults
     */
    public static FactorModelEstimator withDefaults() {
        return new FactorModelEstimator(RANK_LIMIT, Noise.AR1, EffectsForm.FACTORS, false, RunOptions.DEFAULTS);
    }

    /**
     * Sets the number of factors to start from; those without support are dropped.
     *
     * @param factors 1 or more; a quarter of the smaller of units and periods is the most that is used
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public FactorModelEstimator withRankLimit(int factors) {
        if (factors < 1) {
            throw new IllegalArgumentException("rank limit " + factors + ": give 1 or more factors to start from");
        }
        return new FactorModelEstimator(factors, noise, form, cellErrors, options);
    }

    /**
     * Sets how the noise goes from one period to the next.
     *
     * @param kind the default is {@link Noise#AR1}
     * @return a changed copy
     */
    public FactorModelEstimator withNoise(Noise kind) {
        return new FactorModelEstimator(rankLimit, Objects.requireNonNull(kind), form, cellErrors, options);
    }

    /**
     * Sets how a unit's effect may change over time.
     *
     * @param effects the default is {@link EffectsForm#FACTORS}
     * @return a changed copy
     */
    public FactorModelEstimator withEffects(EffectsForm effects) {
        return new FactorModelEstimator(rankLimit, noise, Objects.requireNonNull(effects), cellErrors, options);
    }

    /**
     * Sets whether the effect of each cell gets a standard error. It takes memory for {@code e (e+1) / 2} numbers a unit and
     * treatment, with e coefficients of an effect: one more than factors, or one where effects are constant.
     *
     * @param wanted true for {@link UnitEffects#cellEffect} with standard errors
     * @return a changed copy
     */
    public FactorModelEstimator withCellErrors(boolean wanted) {
        return new FactorModelEstimator(rankLimit, noise, form, wanted, options);
    }

    /**
     * Sets the confidence level of the intervals that the result reports by itself.
     *
     * @param confidence between 0 and 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public FactorModelEstimator withLevel(double confidence) {
        return with(options.withLevel(confidence));
    }

    /**
     * Sets the seed of the first Krylov vectors, which start the fit of a panel that is not small.
     *
     * @param number any number
     * @return a changed copy
     */
    public FactorModelEstimator withSeed(long number) {
        return with(options.withSeed(number));
    }

    /**
     * Sets the number of threads. It changes the time and nothing else.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public FactorModelEstimator withThreads(int number) {
        return with(options.withThreads(number));
    }

    /**
     * Names the backend. It never falls back to another.
     *
     * @param name such as {@code ejml}
     * @return a changed copy; whether the backend is there shows at {@link #fit}
     */
    public FactorModelEstimator withBackend(String name) {
        return with(options.withBackend(name));
    }

    /**
     * Gives the backend.
     *
     * @param algebra used as it is, without a self-test
     * @return a changed copy
     */
    public FactorModelEstimator withBackend(LinearAlgebra algebra) {
        return with(options.withBackend(algebra));
    }

    /**
     * Estimates every unit's effects.
     *
     * @param panel a panel of two arms or more
     * @return effects of every unit; those that lack an arm come with a reason and without a number
     * @throws NotIdentifiedException if treatment never varies between units within a period, or no unit has cells in
     *     both arms
     * @throws io.github.rowwise.linalg.BackendUnavailableException if no backend can be used
     */
    public UnitEffects fit(Panel panel) {
        return options.run(panel, (view, algebra) -> fit(panel, view, algebra));
    }

    private UnitEffects fit(Panel panel, PanelView view, LinearAlgebra algebra) {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel, view.runner());
        Identification.require(panel, diagnostics);
        List<BitSet> estimable = new ArrayList<>();
        for (int arm = 1; arm < panel.arms(); arm++) {
            BitSet units = new BitSet(panel.units());
            for (int unit = 0; unit < panel.units(); unit++) {
                units.set(unit, diagnostics.isEstimable(unit, arm));
            }
            estimable.add(units);
        }
        FactorResult result = FactorResult.fit(
                view,
                algebra,
                noise == Noise.AR1,
                form == EffectsForm.AUTO ? null : form == EffectsForm.CONSTANT,
                new FactorOptions(rankLimit, TOLERANCE, ITERATIONS, LAST_ITERATIONS),
                new SummaryOptions(estimable, cellErrors, noise == Noise.BLOCK_JACKKNIFE));
        FactorModel model = new FactorModel(result, view.scale());
        return new EffectsAssembler(
                        panel, diagnostics, options.level(), provenance(panel, algebra), List.of(), warnings(model))
                .withModel(model, averages(result, view.scale(), estimable))
                .assemble(view.scale(), CompletedArm.of(result), effects(result.effects(), panel), List.of());
    }

    private static List<EffectPass.Effects> effects(FactorEffects effects, Panel panel) {
        int units = panel.units();
        List<EffectPass.Effects> byArm = new ArrayList<>();
        for (int arm = 1; arm < panel.arms(); arm++) {
            double[][] values = new double[FactorEffects.ESTIMANDS][units];
            double[][] variances = new double[FactorEffects.ESTIMANDS][units];
            double[][] freedom = new double[FactorEffects.ESTIMANDS][units];
            for (int estimand = 0; estimand < FactorEffects.ESTIMANDS; estimand++) {
                for (int unit = 0; unit < units; unit++) {
                    values[estimand][unit] = effects.value(arm, estimand, unit);
                    variances[estimand][unit] = effects.variance(arm, estimand, unit);
                    freedom[estimand][unit] = effects.degreesOfFreedom(arm, estimand, unit);
                }
            }
            byArm.add(new EffectPass.Effects(values, variances, freedom));
        }
        return byArm;
    }

    private static List<AverageEffects> averages(FactorResult result, double scale, List<BitSet> estimable) {
        FactorEffects effects = result.effects();
        List<AverageEffects> byArm = new ArrayList<>();
        for (int arm = 1; arm <= estimable.size(); arm++) {
            int units = estimable.get(arm - 1).cardinality();
            Estimate[] averages = new Estimate[FactorEffects.AVERAGES];
            for (int estimand = 0; estimand < averages.length; estimand++) {
                averages[estimand] = units == 0
                        ? Estimate.unavailable("no unit is estimable")
                        : Estimate.of(
                                effects.average(arm, estimand) / scale,
                                Math.sqrt(effects.averageVariance(arm, estimand)) / scale,
                                effects.averageDegreesOfFreedom());
            }
            byArm.add(new AverageEffects(arm, averages[0], averages[1], averages[2], averages[3], units));
        }
        return List.copyOf(byArm);
    }

    private static List<String> warnings(FactorModel model) {
        List<String> warnings = new ArrayList<>();
        if (!model.isConverged()) {
            warnings.add("the factor model still rose after " + ITERATIONS
                    + " iterations, which seldom changes effects; a lower rank limit settles sooner");
        }
        return warnings;
    }

    private FactorModelEstimator with(RunOptions changed) {
        return new FactorModelEstimator(rankLimit, noise, form, cellErrors, changed);
    }

    private Provenance provenance(Panel panel, LinearAlgebra algebra) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("rank-limit", Integer.toString(rankLimit));
        chosen.put("noise", noise.label());
        chosen.put("effects", form.label());
        chosen.put("level", Double.toString(options.level()));
        return new Provenance(
                Version.current(),
                "shared-factor model by variational EM",
                Collections.unmodifiableMap(chosen),
                options.seed(),
                algebra.name(),
                algebra.version(),
                panel);
    }
}
