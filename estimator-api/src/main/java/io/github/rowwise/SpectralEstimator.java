package io.github.rowwise;

import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.ArmMeans;
import io.github.rowwise.internal.spectral.ArmSpectrum;
import io.github.rowwise.internal.spectral.EffectPass;
import io.github.rowwise.internal.spectral.HeldOutRank;
import io.github.rowwise.internal.spectral.RankDecision;
import io.github.rowwise.internal.spectral.SpectralSolver;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The spectral method, a row-scaled spectral estimator: Algorithm 1 of Mehrotra, Tran, Vu and Zampetakis (2026), arXiv:2605.30319.
 *
 * <p>For each arm a, with W<sub>ij</sub> = 1 where cell (i, j) was observed in the arm and 0 elsewhere:
 *
 * <ol>
 *   <li>row propensity p<sub>i</sub> = (1/m) Σ<sub>j</sub> W<sub>ij</sub>;
 *   <li>row-scaled, zero-filled matrix X<sub>ij</sub> = W<sub>ij</sub> Y<sub>ij</sub> / p<sub>i</sub>, whose expectation is the matrix of
 *       expected outcomes A(a) when assignment is row-homogeneous (a unit's propensity does not change with the period);
 *   <li>A(a) is estimated by the best approximation of X of the rank that the {@link RankRule} gives.
 * </ol>
 *
 * <p>The effect matrix is M = A(a) − A(0), and ATE<sub>i</sub> its row average. With {@link Centring#NONE} this is the
 * published estimator to the letter; the default subtracts each arm's two-way means first and adds them back.
 *
 * <p>Standard errors are Neyman's with the factors held fixed: they count the noise and the choice of periods of a
 * unit's own cells, and neither the factors' own error nor serial correlation, and none where a unit has a single cell
 * in an arm.
 *
 * <p>The guarantee is about row averages under low rank, noise of bounded size and row-homogeneous assignment, not about
 * single cells. Cost: some ten to thirty passes over the panel.
 *
 * <p>Immutable, and safe for use by several threads. The same panel, options and seed give the same doubles whatever
 * the number of threads.
 *
 * <pre class="example">{@code
 * UnitEffects published = SpectralEstimator.withDefaults()
 *         .withCentring(Centring.NONE)
 *         .withRank(RankRule.fixed(3))
 *         .fit(panel);
 * double average = published.averages(1).ate().value();
 * }</pre>
 */
public final class SpectralEstimator implements Estimator {

    /** Kept singular vectors are found to this residual, relative to their squared singular value. */
    private static final double TOLERANCE = 1e-10;

    private static final String METHOD = "row-scaled spectral estimator (Algorithm 1 of arXiv:2605.30319)";

    /** What progress is judged by. */
    private static final int EXPECTED_PASSES_FOR_MEANS = 7;

    private static final int EXPECTED_PASSES_FOR_SPECTRUM = 9;

    private final RankRule rank;
    private final Centring centring;
    private final boolean neighbouringRanks;
    private final RunOptions options;

    private SpectralEstimator(RankRule rank, Centring centring, boolean neighbouringRanks, RunOptions options) {
        this.rank = rank;
        this.centring = centring;
        this.neighbouringRanks = neighbouringRanks;
        this.options = options;
    }

    /**
     * Returns the estimator with sign-flip ranks, two-way centring, confidence level 0.95, seed 1, one thread per processor and
     * the backend that {@link io.github.rowwise.linalg.Backends#select()} chooses.
     *
     * @return the defaults
     */
    public static SpectralEstimator withDefaults() {
        return new SpectralEstimator(RankRule.signFlip(), Centring.TWO_WAY, false, RunOptions.DEFAULTS);
    }

    /**
     * Sets how the number of factors is chosen.
     *
     * @param rule the rule, applied to each arm
     * @return a changed copy
     */
    public SpectralEstimator withRank(RankRule rule) {
        return new SpectralEstimator(Objects.requireNonNull(rule), centring, neighbouringRanks, options);
    }

    /**
     * Sets which means are subtracted before the decomposition and added back after it.
     *
     * @param means {@link Centring#NONE} for the published estimator
     * @return a changed copy
     */
    public SpectralEstimator withCentring(Centring means) {
        return new SpectralEstimator(rank, Objects.requireNonNull(means), neighbouringRanks, options);
    }

    /**
     * Sets the confidence level of the intervals that the result reports by itself.
     *
     * @param confidence between 0 and 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public SpectralEstimator withConfidenceLevel(double confidence) {
        return with(options.withConfidenceLevel(confidence));
    }

    /**
     * Sets the seed of the random signs, of the folds and of the first Krylov vectors.
     *
     * @param number any number
     * @return a changed copy
     */
    public SpectralEstimator withSeed(long number) {
        return with(options.withSeed(number));
    }

    /**
     * Sets the number of threads. The result does not depend on it.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public SpectralEstimator withThreads(int number) {
        return with(options.withThreads(number));
    }

    /**
     * Sets whether each unit's ATE is also reported with one factor fewer and one more in every arm.
     *
     * @param wanted true for {@link UnitEffects#neighbouringRanks()}
     * @return a changed copy
     */
    public SpectralEstimator withNeighbouringRanks(boolean wanted) {
        return new SpectralEstimator(rank, centring, wanted, options);
    }

    /**
     * Sets the executor that a fit's work runs on, in place of threads of its own. The thread that calls {@link #fit} works
     * too, with up to {@link #withThreads threads} - 1 tasks of the executor at a time. Tasks that a busy executor does not
     * start are done by the calling thread, so that a fit within a task of the same executor cannot block. The result does not
     * depend on the executor.
     *
     * @param executor runs tasks that compute and never wait; it is not shut down
     * @return a changed copy
     */
    public SpectralEstimator withExecutor(Executor executor) {
        return with(options.withExecutor(executor));
    }

    /**
     * Names the backend. It never falls back to another.
     *
     * @param name such as {@code ejml}
     * @return a changed copy; whether the backend is there shows at {@link #fit}
     */
    public SpectralEstimator withBackend(String name) {
        return with(options.withBackend(name));
    }

    /**
     * Gives the backend.
     *
     * @param algebra used as it is, without a self-test
     * @return a changed copy
     */
    public SpectralEstimator withBackend(LinearAlgebra algebra) {
        return with(options.withBackend(algebra));
    }

    /**
     * Registers a listener that is called after each pass. Listeners do not affect the result.
     *
     * @param listener replaces the one before; none by default
     * @return a changed copy
     */
    public SpectralEstimator withListener(FitListener listener) {
        return with(options.withListener(listener));
    }

    /**
     * Returns the name of the method.
     *
     * @return {@code spectral method}
     */
    @Override
    public String name() {
        return "spectral method";
    }

    /**
     * Estimates every unit's effects. Interrupt the calling thread to cancel the fit.
     *
     * @param panel any panel
     * @return effects of every unit; those that lack an arm come with a reason and without a number
     * @throws NotIdentifiedException if treatment never varies between units within a period, or no unit has cells in
     *     two arms
     * @throws IllegalArgumentException if a fixed rank exceeds the smaller of units and periods, or there are ranks by
     *     arm and not one for each
     * @throws io.github.rowwise.linalg.BackendUnavailableException if no backend can be used
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    @Override
    public UnitEffects fit(Panel panel) {
        return compute(panel, (whole, algebra) -> {
            PanelDiagnostics diagnostics = InternalPanels.diagnostics(panel, whole.runner());
            IdentificationCheck.require(panel, diagnostics, whole.runner());
            Covariates covariates = Covariates.of(panel, whole, algebra, true);
            PanelView view = covariates.subtract(whole);
            List<ArmMatrix> matrices = means(view);
            List<ArmSpectrum> spectra = solve(view, algebra, matrices);
            FitProgressTracker progress = view.runner().progress();
            progress.foundRank(
                    spectra.stream().mapToInt(ArmSpectrum::rank).max().orElse(0));
            progress.enter(FitProgressTracker.Stage.EFFECTS, 1, neighbouringRanks ? 3 : 1);
            EffectPass.Result result = effects(view, algebra, matrices, spectra, 0);
            List<List<EffectEstimates>> neighbours = new ArrayList<>();
            if (neighbouringRanks) {
                neighbours.add(effects(view, algebra, matrices, spectra, -1).effects());
                neighbours.add(effects(view, algebra, matrices, spectra, 1).effects());
            }
            return InternalEffects.ofSpectra(
                    new InternalEffects.Fit(
                            panel,
                            view,
                            diagnostics,
                            options.confidenceLevel(),
                            provenance(panel, algebra),
                            warnings(panel, view, spectra),
                            covariates.coefficients(),
                            covariates.explained()),
                    spectra(view, matrices, spectra, result.largestCentred()),
                    result,
                    neighbours,
                    EffectPass.selections(view, algebra, isCentred(), matrices, kept(spectra, 0)));
        });
    }

    /**
     * Finds every arm's leading singular values and rank without estimating effects.
     *
     * @param panel any panel; it need not identify an effect
     * @return one spectrum per arm, control first
     * @throws IllegalArgumentException if a fixed rank exceeds the smaller of units and periods, or there are ranks by
     *     arm and not one for each
     * @throws io.github.rowwise.linalg.BackendUnavailableException if no backend can be used
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    public List<Spectrum> spectra(Panel panel) {
        return compute(panel, (whole, algebra) -> {
            PanelView view = Covariates.of(panel, whole, algebra, true).subtract(whole);
            List<ArmMatrix> matrices = means(view);
            double[] largest = matrices.stream()
                    .mapToDouble(matrix -> matrix.largestCentred(view.runner()))
                    .toArray();
            return spectra(view, matrices, solve(view, algebra, matrices), largest);
        });
    }

    /**
     * Describes the estimator.
     *
     * @return its method and the options that change the result
     */
    @Override
    public String toString() {
        return METHOD + ", rank " + rank + ", centring " + centring.label() + ", seed " + options.seed();
    }

    private SpectralEstimator with(RunOptions changed) {
        return new SpectralEstimator(rank, centring, neighbouringRanks, changed);
    }

    private <R> R compute(Panel panel, RunOptions.Computation<R> computation) {
        return options.run(METHOD, panel, (view, algebra) -> {
            if (rank instanceof RankRule.Fixed fixed) {
                fixed.require(panel, view.allUnits());
            }
            return computation.run(view, algebra);
        });
    }

    private List<ArmMatrix> means(PanelView view) {
        view.runner().progress().enter(FitProgressTracker.Stage.MEANS, .05, EXPECTED_PASSES_FOR_MEANS);
        return ArmMeans.fit(view, meansKind(), null);
    }

    private List<ArmSpectrum> solve(PanelView view, LinearAlgebra algebra, List<ArmMatrix> matrices) {
        view.runner().progress().enter(FitProgressTracker.Stage.SPECTRUM, .8, EXPECTED_PASSES_FOR_SPECTRUM);
        int further = neighbouringRanks ? 1 : 0;
        if (rank instanceof RankRule.SignFlip flip) {
            return SpectralSolver.solveBySignFlips(view, algebra, matrices, flip.copies(), further, TOLERANCE);
        }
        return SpectralSolver.solve(view, algebra, matrices, decisions(view, algebra, matrices), further, TOLERANCE);
    }

    private List<RankDecision> decisions(PanelView view, LinearAlgebra algebra, List<ArmMatrix> matrices) {
        int highest = Math.min(view.allUnits(), view.periods());
        if (rank instanceof RankRule.Fixed fixed) {
            return IntStream.range(0, view.arms())
                    .mapToObj(arm -> RankDecision.fixed(fixed.rank(arm)))
                    .toList();
        }
        if (rank instanceof RankRule.EigenvalueRatio ratio) {
            return Collections.nCopies(
                    view.arms(), RankDecision.eigenvalueRatio(Math.min(ratio.highest(), highest - 1)));
        }
        if (rank instanceof RankRule.HeldOut heldOut) {
            return HeldOutRank.decide(
                    view, algebra, meansKind(), Math.min(heldOut.highest(), highest), heldOut.folds());
        }
        RankRule.SpectralGap gap = (RankRule.SpectralGap) rank;
        return matrices.stream()
                .map(matrix ->
                        RankDecision.spectralGap(gap.c() * bound(gap, view, matrix) * matrix.noiseScale(view.runner())))
                .toList();
    }

    private static double bound(RankRule.SpectralGap gap, PanelView view, ArmMatrix matrix) {
        return gap.k() > 0 ? gap.k() * view.scale() : matrix.largestCentred(view.runner());
    }

    private EffectPass.Result effects(
            PanelView view, LinearAlgebra algebra, List<ArmMatrix> matrices, List<ArmSpectrum> spectra, int shift) {
        return EffectPass.run(view, algebra, isCentred(), matrices, kept(spectra, shift));
    }

    /** Returns the factors that are kept, {@code shift} more than the ranks say. */
    private static List<DenseMatrix> kept(List<ArmSpectrum> spectra, int shift) {
        Function<ArmSpectrum, DenseMatrix> kept = spectrum -> {
            int count = Math.max(
                    0, Math.min(spectrum.rank() + shift, spectrum.vectors().rows()));
            return spectrum.vectors().rowRange(0, count);
        };
        return spectra.stream().map(kept).toList();
    }

    private List<Spectrum> spectra(
            PanelView view, List<ArmMatrix> matrices, List<ArmSpectrum> spectra, double[] largestCentred) {
        List<Spectrum> result = new ArrayList<>();
        for (int arm = 0; arm < spectra.size(); arm++) {
            ArmSpectrum spectrum = spectra.get(arm);
            double[] values = spectrum.singularValues().clone();
            for (int k = 0; k < values.length; k++) {
                values[k] /= view.scale();
            }
            ArmMatrix matrix = matrices.get(arm);
            result.add(InternalEffects.spectrum(
                    arm,
                    values,
                    spectrum.rank(),
                    spectrum.threshold() / view.scale(),
                    rank.toString(),
                    rank instanceof RankRule.SignFlip,
                    matrix.noiseScale(view.runner()),
                    largestCentred[arm] / view.scale()));
        }
        return List.copyOf(result);
    }

    private List<Warning> warnings(Panel panel, PanelView view, List<ArmSpectrum> spectra) {
        List<Warning> warnings = new ArrayList<>();
        if (!EffectPass.hasVariances(view, isCentred())) {
            warnings.add(new Warning(
                    Warning.Kind.NO_STANDARD_ERRORS,
                    "the means of units and periods describe two units almost exactly, so the noise is not known and there"
                            + " are no standard errors; more units are needed"));
        }
        for (int arm = 0; arm < spectra.size(); arm++) {
            if (!spectra.get(arm).converged()) {
                warnings.add(new Warning(
                        Warning.Kind.NOT_CONVERGED,
                        "the factors of the arm '" + panel.armNames().get(arm)
                                + "' did not converge: the last kept singular value lies within the noise; a lower rank is"
                                + " safer"));
            }
        }
        return warnings;
    }

    private boolean isCentred() {
        return centring != Centring.NONE;
    }

    private ArmMeans.Kind meansKind() {
        return switch (centring) {
            case NONE -> ArmMeans.Kind.NONE;
            case UNIT -> ArmMeans.Kind.UNIT;
            case TWO_WAY -> ArmMeans.Kind.TWO_WAY;
        };
    }

    private Provenance provenance(Panel panel, LinearAlgebra algebra) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("rank", rank instanceof RankRule.Fixed fixed ? "fixed " + fixed.label() : rank.toString());
        chosen.put("centring", centring.label());
        chosen.put("confidence-level", Double.toString(options.confidenceLevel()));
        return InternalEffects.provenance(
                METHOD, Collections.unmodifiableMap(chosen), options.seed(), algebra.name(), algebra.version(), panel);
    }
}
