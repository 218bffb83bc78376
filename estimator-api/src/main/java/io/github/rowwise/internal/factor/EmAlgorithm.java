package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.EStep;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.PeriodSums;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * Driver of the variational EM algorithm for the factor model.
 *
 * <p>One iteration:
 *
 * <ol>
 *   <li>{@link EStep}: one pass over the panel computes the posterior of each unit's coefficients;
 *   <li>{@link EvidenceBound}: updates what is pooled over units, and computes the bound;
 *   <li>{@link FactorMStep}: updates the factors, the period effects and the noise scales of the periods;
 *   <li>{@link FactorPruning} or {@link Squarem}: drops weak factors, or extrapolates.
 * </ol>
 *
 * <p>The iterations are grouped into rounds:
 *
 * <table>
 *   <caption>Rounds</caption>
 *   <tr><th>round</th><th>purpose</th></tr>
 *   <tr><td>0 (first phase)</td><td>finds the number of factors, under a prior that shrinks unsupported directions to
 *       zero</td></tr>
 *   <tr><td>1, 2, 3 (last phase)</td><td>the number of factors is fixed; outlying residuals are clipped, relative to
 *       the fit at the start of rounds 1 and 2; the prior mean of the factors depends on treatment; the prior
 *       covariance of the coefficients allows for its degrees of freedom</td></tr>
 * </table>
 *
 * <p>The state between two iterations is exactly what {@link #exchange} reads or writes, so that a fit can resume after
 * any iteration.
 */
final class EmAlgorithm {

    /** Exponent of the determinant in the prior of the coefficients' covariance, in the first phase. */
    private static final double SHRINKAGE = 3;

    private static final double ROUNDING = 1e-9;
    private static final int ITERATIONS_BEFORE_EXTRAPOLATION = 4;
    private static final double LAST_TOLERANCE = 1e-5;

    /** Number of rounds of the last phase that begin with a new clipping. One more round follows. */
    private static final int CLIPPING_ROUNDS = 2;

    private static final int ITERATIONS_PER_CLIPPING = 1;

    /** A fit has converged if its last iteration raised the bound by less than this share. */
    private static final double CONVERGED_INCREASE = 2e-3;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final EvidenceBound evidence;
    private final FactorMStep mStep;
    private final Runnable save;
    private final List<Double> bounds = new ArrayList<>();
    private FactorState state;
    private FactorPriorMean factorPriorMean = FactorPriorMean.zero();
    private HuberClipping clipping = HuberClipping.none();
    private double shrinkage;
    private int passes;
    private boolean converged;

    /** Current round; 0 is the first phase. */
    private int round;

    private EmState emState = new EmState();

    /**
     * Creates a fit.
     *
     * @param save is called after each iteration
     */
    EmAlgorithm(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorStart start,
            boolean constantEffects,
            FactorOptions options,
            Runnable save) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.save = save;
        this.evidence = new EvidenceBound(panel, start.noise());
        this.mStep = new FactorMStep(panel, algebra, evidence.periodPrecision());
        this.state = start.state(panel, constantEffects);
        this.shrinkage = shrinkageExponent(SHRINKAGE);
    }

    /** Reads the state of the fit from a checkpoint, or writes it to one. */
    void exchange(CheckpointCodec fields) {
        state = FactorState.exchange(fields, state);
        factorPriorMean = factorPriorMean.exchange(fields);
        clipping = clipping.exchange(fields, state);
        shrinkage = fields.number(shrinkage);
        passes = fields.count(passes);
        converged = fields.flag(converged);
        double[] storedBounds = fields.numbers(bounds());
        bounds.clear();
        for (double bound : storedBounds) {
            bounds.add(bound);
        }
        round = fields.count(round);
        emState.exchange(fields, state);
    }

    FactorState state() {
        return state;
    }

    /** Returns the bound after each accepted pass of the first phase. */
    double[] bounds() {
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double bound() {
        return bounds.get(bounds.size() - 1);
    }

    int passes() {
        return passes;
    }

    boolean isConverged() {
        return converged;
    }

    HuberClipping clipping() {
        return clipping;
    }

    /** Runs the remaining iterations of the first phase. */
    void findStructure() {
        if (passes == 0) {
            evidence.updateDivergence(state, factorPriorMean);
            EStepResult result = runEStep();
            emState.bound = result.bound();
            updateFactors(result);
        }
        iterate();
    }

    /** Runs the remaining iterations of the last phase. The first phase must be complete. */
    void finish() {
        iterate();
        while (round <= CLIPPING_ROUNDS) {
            if (round == 0) {
                startLastPhase();
            }
            if (round < CLIPPING_ROUNDS) {
                clipping = HuberClipping.around(state);
            }
            round++;
            emState = new EmState();
            iterate();
        }
    }

    private void startLastPhase() {
        dropFactorsOfOneUnit();
        factorPriorMean = FactorPriorMean.fromTreatment(panel, algebra, state);
        evidence.updateDivergence(state, factorPriorMean);
        shrinkage = shrinkageExponent(Math.max(SHRINKAGE, state.size.coefficients() + 1.0));
    }

    private void dropFactorsOfOneUnit() {
        FactorState sorted = sortedByStrength();
        boolean[] carried = FactorPruning.carriedByOneUnit(sorted, panel.runner());
        if (carried != null) {
            updateFactors(runEStepWithout(sorted, carried));
        }
    }

    private double shrinkageExponent(double requested) {
        // A rotation transforms each block of coefficients on factors, and each block uses one degree of freedom. The
        // limit assumes at least two blocks.
        int blocks = Math.max(2, state.size.blocksOnFactors());
        return Math.min(requested, Math.min(panel.allUnits() / 3.0, panel.periods() / (3.0 * blocks)));
    }

    private FitProgressTracker fitProgress() {
        return panel.view().runner().progress();
    }

    private void iterate() {
        while (!isRoundOver()) {
            iterateOnce();
            fitProgress().foundRank(state.size.rank());
            save.run();
        }
    }

    private boolean isRoundOver() {
        int maxIterations = round == 0
                ? options.iterations()
                : round <= CLIPPING_ROUNDS ? ITERATIONS_PER_CLIPPING : options.lastIterations();
        return emState.hasStalled() || emState.iterations() >= maxIterations;
    }

    private void iterateOnce() {
        boolean isFirstPhase = round == 0;
        int iteration = emState.iterations();
        double previousBound = emState.bound;
        EStepResult result = runEStep();
        FactorState fallback = emState.beforeExtrapolation;
        if (fallback != null && !(result.bound() >= previousBound - ROUNDING * Math.abs(previousBound))) {
            state = fallback;
            emState.acceleration.rejectStep();
            result = runEStep();
        }
        emState.beforeExtrapolation = null;
        double increase = result.bound() - previousBound;
        double scale = Math.max(Math.abs(result.bound()), panel.allCells());
        fitProgress().foundChange(increase / scale);
        emState.accept(result.bound(), (isFirstPhase ? options.tolerance() : LAST_TOLERANCE) * scale);
        if (isFirstPhase) {
            bounds.add(result.bound());
            converged = increase < CONVERGED_INCREASE * scale;
        }
        if (emState.hasStalled()) {
            discardCoefficients();
            return;
        }
        updateFactors(result);
        if (!isFirstPhase) {
            return;
        }
        if (emState.pruning.isDue(state, iteration) && tryPruning(iteration, increase)) {
            emState.acceleration.restart();
            return;
        }
        double[] step = emState.acceleration.accept(state, panel, iteration >= ITERATIONS_BEFORE_EXTRAPOLATION);
        if (step != null) {
            emState.beforeExtrapolation = state.copy();
            StateVector.set(step, state, panel);
            EvidenceBound.updatePooledNoise(state, panel);
            evidence.updateDivergence(state, factorPriorMean);
        }
    }

    /**
     * Result of the E-step.
     *
     * @param bound the bound at the parameters that the E-step has updated
     * @param sums sums for the M-step of the factors
     */
    private record EStepResult(double bound, PeriodSums sums) {}

    /** Runs the E-step: one pass over the panel. */
    private EStepResult runEStep() {
        EStep.Result pass = EStep.run(panel, state, clipping);
        passes++;
        return new EStepResult(evidence.acceptEStep(state, pass, shrinkage), pass.periods);
    }

    /** Runs the E-step for a state without some of its factors. */
    private EStepResult runEStepWithout(FactorState all, boolean[] dropped) {
        state = all.without(dropped);
        evidence.updateDivergence(state, factorPriorMean);
        return runEStep();
    }

    /** Runs the M-step of the factors. */
    private void updateFactors(EStepResult result) {
        discardCoefficients();
        mStep.update(state, result.sums(), factorPriorMean, shrinkage);
        evidence.updateDivergence(state, factorPriorMean);
    }

    /**
     * Discards the coefficients unless the round ends. Only the code between two rounds reads them; each pass computes
     * them anew.
     */
    private void discardCoefficients() {
        if (!isRoundOver() || round >= CLIPPING_ROUNDS) {
            state.coefficients = FactorState.NONE;
        }
    }

    private FactorState sortedByStrength() {
        FactorState sorted = state.copy();
        sorted.coefficients = state.coefficients.clone();
        FactorRotation.apply(sorted, factorPriorMean, shrinkage, true, algebra);
        return sorted;
    }

    /** Drops the weakest factors if the bound increases enough. Returns whether it did. */
    private boolean tryPruning(int iteration, double increase) {
        FactorState previous = state;
        FactorState sorted = sortedByStrength();
        FactorPruning.Trial trial = emState.pruning.trial(sorted, panel.allUnits());
        if (trial == null) {
            return false;
        }
        EStepResult result = runEStepWithout(sorted, trial.dropped());
        if (result.bound() - emState.bound >= trial.minGain(increase)) {
            emState.bound = result.bound();
            bounds.add(result.bound());
            updateFactors(result);
            return true;
        }
        emState.pruning.reject(trial, iteration);
        state = previous;
        return false;
    }
}
