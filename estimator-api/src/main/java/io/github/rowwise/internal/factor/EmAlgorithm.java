package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorSmoother;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.EStep;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.PeriodNoiseScales;
import io.github.rowwise.internal.factor.pass.PeriodSums;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * The variational EM: passes, updates, rotations, pruning and acceleration, until the bound stands still.
 *
 * <p>Two phases. The first finds the structure: the number of factors and everything else, under a prior that shrinks
 * directions without support to nothing. The last keeps the factors, limits outlying residuals, lets the factors' prior
 * follow treatment, and counts the degrees of freedom of the coefficients' covariance.
 *
 * <p>A phase is a round of iterations or a few. Between two iterations {@link #exchange} is all that the rest depends on.
 */
final class EmAlgorithm {

    /** Exponent of the determinant in the prior of the coefficients' covariance during the first phase. */
    private static final double SHRINKAGE = 3;

    private static final double ROUNDING = 1e-9;
    private static final int ITERATIONS_BEFORE_STEPS = 4;
    private static final double LAST_TOLERANCE = 1e-5;

    /** The rounds of the last phase that begin with a limit of their own; one more follows. */
    private static final int LIMITS = 2;

    private static final int ITERATIONS_A_LIMIT = 1;

    /** A fit whose last iteration gained less than this share of the bound is as good as settled. */
    private static final double SETTLED = 2e-3;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final EvidenceBound evidence;
    private final Runnable save;
    private final List<Double> bounds = new ArrayList<>();
    private FactorState state;
    private FactorPriorMean periodPrior = FactorPriorMean.zero();
    private HuberClipping clipping = HuberClipping.none();
    private double shrinkage;
    private int passes;
    private boolean converged;

    /** 0 in the first phase. */
    private int round;

    private EmState emState = new EmState();

    /**
     * Makes ready.
     *
     * @param save is run after each iteration
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
        this.state = start.state(panel, constantEffects);
        this.shrinkage = exponent(SHRINKAGE);
    }

    /** Takes the fit, between two iterations, to or from a checkpoint. */
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

    /** The bound after each accepted pass of the first phase. */
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

    /** Runs what is left of the first phase. */
    void findStructure() {
        if (passes == 0) {
            evidence.measurePeriods(state, periodPrior);
            Half half = updateUnits();
            emState.bound = half.bound();
            periods(half);
        }
        iterate();
    }

    /** Runs what is left of the last phase, after the first. */
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
            periods(updateUnitsWithout(turned, carried));
        }
    }

    private double exponent(double wanted) {
        // Every block of coefficients that a rotation turns counts it once; two of them at the least.
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
        Half half = updateUnits();
        FactorState before = emState.beforeStep;
        if (before != null && !(half.bound() >= former - ROUNDING * Math.abs(former))) {
            state = before;
            emState.acceleration.stepBack();
            half = updateUnits();
        }
        emState.beforeStep = null;
        double rise = half.bound() - former;
        double measure = Math.max(Math.abs(half.bound()), panel.allCells());
        fitProgress().foundChange(rise / measure);
        emState.accept(half.bound(), (structure ? options.tolerance() : LAST_TOLERANCE) * measure);
        if (structure) {
            bounds.add(half.bound());
            converged = rise < SETTLED * measure;
        }
        if (emState.standsStill()) {
            forgetCoefficients();
            return;
        }
        periods(half);
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
     * What the units' half leaves to the periods'.
     *
     * @param bound what it reached
     */
    private record Half(double bound, PeriodSums sums) {}

    /** The units' half: a pass over the panel. */
    private Half updateUnits() {
        EStep.Result pass = EStep.run(panel, state, clipping);
        passes++;
        return new Half(evidence.acceptUnits(state, pass, shrinkage), pass.periods);
    }

    /** The units' half for a state of which some factors are dropped. */
    private Half updateUnitsWithout(FactorState all, boolean[] dropped) {
        state = all.without(dropped);
        evidence.measurePeriods(state, periodPrior);
        return updateUnits();
    }

    /** The periods' half, from the sums of the last pass; then the factors are put in their place. */
    private void periods(Half half) {
        forgetCoefficients();
        int r = state.size.rank();
        FactorSmoother.Posterior posterior =
                half.sums().solve(state.precisions, periodPrior.means(state.latent, r), evidence.periodPrecision());
        for (int j = 0; j < state.periods(); j++) {
            for (int k = 0; k < state.size.latent(); k++) {
                state.latent[k][j] = posterior.means()[j][k];
            }
        }
        state.covariance = posterior.covariance();
        state.lagged = posterior.lagged();
        state.logPrecision = posterior.logPrecision();
        PeriodNoiseScales.update(state, panel, half.sums());
        FactorRotation.apply(state, periodPrior, shrinkage, false, algebra);
        evidence.measurePeriods(state, periodPrior);
    }

    /** What comes between two rounds is all that reads coefficients; within a round each pass finds them anew. */
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

    /** Drops the weakest factors if the bound does not mind. */
    private boolean isBetterWithoutSome(int iteration, double rise) {
        FactorState kept = state;
        FactorState turned = byStrength();
        FactorPruning.Trial trial = emState.pruning.trial(turned, panel.allUnits());
        if (trial == null) {
            return false;
        }
        Half half = updateUnitsWithout(turned, trial.dropped());
        if (half.bound() - emState.bound >= trial.leastGain(rise)) {
            emState.bound = half.bound();
            bounds.add(half.bound());
            periods(half);
            return true;
        }
        emState.pruning.reject(trial, iteration);
        state = kept;
        return false;
    }
}
