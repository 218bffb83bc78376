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
    private static final int ITERATIONS_BEFORE_STEPS = 4;
    private static final double LAST_TOLERANCE = 1e-5;

    /** Number of rounds of the last phase that begin with a new clipping. One more round follows. */
    private static final int LIMITS = 2;

    private static final int ITERATIONS_A_LIMIT = 1;

    /** A fit has converged if its last iteration raised the bound by less than this share. */
    private static final double SETTLED = 2e-3;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final EvidenceBound evidence;
    private final FactorMStep mStep;
    private final Runnable save;
    private final List<Double> bounds = new ArrayList<>();
    private FactorState state;
    private FactorPriorMean periodPrior = FactorPriorMean.zero();
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
        this.shrinkage = exponent(SHRINKAGE);
    }

    /** Reads the state of the fit from a checkpoint, or writes it to one. */
    void exchange(CheckpointCodec fields) {
        state = FactorState.exchange(fields, state);
        periodPrior = periodPrior.exchange(fields);
        clipping = clipping.exchange(fields, state);
        shrinkage = fields.number(shrinkage);
        passes = fields.count(passes);
        converged = fields.flag(converged);
        double[] reached = fields.numbers(bounds());
        bounds.clear();
        for (double bound : reached) {
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
            evidence.measurePeriods(state, periodPrior);
            EStepResult result = updateUnits();
            emState.bound = result.bound();
            updateFactors(result);
        }
        iterate();
    }

    /** Runs the remaining iterations of the last phase. The first phase must be complete. */
    void finish() {
        iterate();
        while (round <= LIMITS) {
            if (round == 0) {
                beginLastPhase();
            }
            if (round < LIMITS) {
                clipping = HuberClipping.around(state);
            }
            round++;
            emState = new EmState();
            iterate();
        }
    }

    private void beginLastPhase() {
        dropFactorsOfOneUnit();
        periodPrior = FactorPriorMean.fromTreatment(panel, algebra, state);
        evidence.measurePeriods(state, periodPrior);
        shrinkage = exponent(Math.max(SHRINKAGE, state.size.coefficients() + 1.0));
    }

    private void dropFactorsOfOneUnit() {
        FactorState turned = byStrength();
        boolean[] carried = FactorPruning.ofOneUnit(turned, panel.runner());
        if (carried != null) {
            updateFactors(updateUnitsWithout(turned, carried));
        }
    }

    private double exponent(double wanted) {
        // A rotation transforms each block of coefficients on factors, and each block uses one degree of freedom. The
        // limit assumes at least two blocks.
        int blocks = Math.max(2, state.size.blocksOnFactors());
        return Math.min(wanted, Math.min(panel.allUnits() / 3.0, panel.periods() / (3.0 * blocks)));
    }

    private FitProgressTracker fitProgress() {
        return panel.view().runner().progress();
    }

    private void iterate() {
        while (!isRoundOver()) {
            iteration();
            fitProgress().foundRank(state.size.rank());
            save.run();
        }
    }

    private boolean isRoundOver() {
        int most = round == 0 ? options.iterations() : round <= LIMITS ? ITERATIONS_A_LIMIT : options.lastIterations();
        return emState.standsStill() || emState.iterations() >= most;
    }

    private void iteration() {
        boolean structure = round == 0;
        int iteration = emState.iterations();
        double former = emState.bound;
        EStepResult result = updateUnits();
        FactorState before = emState.beforeStep;
        if (before != null && !(result.bound() >= former - ROUNDING * Math.abs(former))) {
            state = before;
            emState.acceleration.stepBack();
            result = updateUnits();
        }
        emState.beforeStep = null;
        double rise = result.bound() - former;
        double measure = Math.max(Math.abs(result.bound()), panel.allCells());
        fitProgress().foundChange(rise / measure);
        emState.accept(result.bound(), (structure ? options.tolerance() : LAST_TOLERANCE) * measure);
        if (structure) {
            bounds.add(result.bound());
            converged = rise < SETTLED * measure;
        }
        if (emState.standsStill()) {
            forgetCoefficients();
            return;
        }
        updateFactors(result);
        if (!structure) {
            return;
        }
        if (emState.pruning.isDue(state, iteration) && isBetterWithoutSome(iteration, rise)) {
            emState.acceleration.restart();
            return;
        }
        double[] step = emState.acceleration.accept(state, panel, iteration >= ITERATIONS_BEFORE_STEPS);
        if (step != null) {
            emState.beforeStep = state.copy();
            StateVector.set(step, state, panel);
            EvidenceBound.pool(state, panel);
            evidence.measurePeriods(state, periodPrior);
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
    private EStepResult updateUnits() {
        EStep.Result pass = EStep.run(panel, state, clipping);
        passes++;
        return new EStepResult(evidence.acceptUnits(state, pass, shrinkage), pass.periods);
    }

    /** Runs the E-step for a state without some of its factors. */
    private EStepResult updateUnitsWithout(FactorState all, boolean[] dropped) {
        state = all.without(dropped);
        evidence.measurePeriods(state, periodPrior);
        return updateUnits();
    }

    /** Runs the M-step of the factors. */
    private void updateFactors(EStepResult result) {
        forgetCoefficients();
        mStep.update(state, result.sums(), periodPrior, shrinkage);
        evidence.measurePeriods(state, periodPrior);
    }

    /**
     * Discards the coefficients unless the round ends. Only the code between two rounds reads them; each pass computes
     * them anew.
     */
    private void forgetCoefficients() {
        if (!isRoundOver() || round >= LIMITS) {
            state.coefficients = FactorState.NONE;
        }
    }

    private FactorState byStrength() {
        FactorState turned = state.copy();
        turned.coefficients = state.coefficients.clone();
        FactorRotation.apply(turned, periodPrior, shrinkage, true, algebra);
        return turned;
    }

    /** Drops the weakest factors if the bound increases enough. Returns whether it did. */
    private boolean isBetterWithoutSome(int iteration, double rise) {
        FactorState kept = state;
        FactorState turned = byStrength();
        FactorPruning.Trial trial = emState.pruning.trial(turned, panel.allUnits());
        if (trial == null) {
            return false;
        }
        EStepResult result = updateUnitsWithout(turned, trial.dropped());
        if (result.bound() - emState.bound >= trial.leastGain(rise)) {
            emState.bound = result.bound();
            bounds.add(result.bound());
            updateFactors(result);
            return true;
        }
        emState.pruning.reject(trial, iteration);
        state = kept;
        return false;
    }
}
