package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * The variational EM: passes, updates, rotations, pruning and acceleration, until the bound stands still.
 *
 * <p>Two phases. The first finds the structure: the number of factors and everything else, under a prior that shrinks
 * directions without support to nothing. The last keeps the factors, limits outlying residuals, lets the factors' prior
 * follow treatment, and counts the degrees of freedom of the coefficients' covariance.
 */
final class FactorFit {

    /** Exponent of the determinant in the prior of the coefficients' covariance during the first phase. */
    private static final double SHRINKAGE = 3;

    private static final double ROUNDING = 1e-9;
    private static final int ITERATIONS_BEFORE_STEPS = 4;
    private static final int LIMITS = 2;
    private static final int ITERATIONS_A_LIMIT = 2;
    private static final double LAST_TOLERANCE = 1e-5;

    /** A fit whose last iteration gained less than this share of the bound is as good as settled. */
    private static final double SETTLED = 2e-3;

    private final PanelSums panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final EvidenceBound evidence;
    private final List<Double> bounds = new ArrayList<>();
    private FactorState state;
    private PeriodPrior periodPrior = PeriodPrior.zero();
    private ResidualLimit limit = ResidualLimit.none();
    private double shrinkage;
    private EmPass.Result last;
    private int passes;
    private boolean converged;

    /** Starts, and runs the first phase. */
    FactorFit(
            PanelSums panel, LinearAlgebra algebra, FactorStart start, boolean constantEffects, FactorOptions options) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.evidence = new EvidenceBound(panel, start.noise());
        this.state = start.state(panel, constantEffects);
        this.shrinkage = exponent(SHRINKAGE);
        evidence.measurePeriods(state, periodPrior);
        this.last = EmPass.run(panel, state, limit);
        passes++;
        evidence.acceptUnits(state, last, shrinkage);
        periods();
        iterate(options.iterations(), true, options.tolerance());
    }

    FactorState state() {
        return state;
    }

    /** The bound after each accepted pass of the first phase. */
    List<Double> bounds() {
        return bounds;
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

    ResidualLimit limit() {
        return limit;
    }

    /** Runs the last phase; {@link #bounds()} stays that of the first. */
    void finish() {
        List<Double> first = List.copyOf(bounds);
        boolean firstConverged = converged;
        dropFactorsOfOneUnit();
        periodPrior = PeriodPrior.fromTreatment(panel, algebra, state);
        evidence.measurePeriods(state, periodPrior);
        shrinkage = exponent(Math.max(SHRINKAGE, state.size.coefficients() + 1.0));
        for (int k = 0; k < LIMITS; k++) {
            limit = ResidualLimit.around(state);
            iterate(ITERATIONS_A_LIMIT, false, LAST_TOLERANCE);
        }
        iterate(options.lastIterations(), false, LAST_TOLERANCE);
        bounds.clear();
        bounds.addAll(first);
        converged = firstConverged;
    }

    private void dropFactorsOfOneUnit() {
        FactorState kept = state;
        state = kept.copy();
        rotate(true);
        boolean[] carried = Pruning.ofOneUnit(state);
        if (carried == null) {
            state = kept;
            return;
        }
        state = state.without(carried);
        evidence.measurePeriods(state, periodPrior);
        units();
        periods();
    }

    private double exponent(double wanted) {
        // Every block of coefficients that a rotation turns counts it once; two of them at the least.
        int blocks = Math.max(2, state.size.blocksOnFactors());
        return Math.min(wanted, Math.min(panel.units() / 3.0, panel.periods() / (3.0 * blocks)));
    }

    private void iterate(int most, boolean structure, double tolerance) {
        double bound = Double.NEGATIVE_INFINITY;
        Acceleration acceleration = new Acceleration();
        FactorState beforeStep = null;
        int still = 0;
        Pruning pruning = new Pruning();
        for (int iteration = 0; iteration < most; iteration++) {
            double reached = units();
            if (beforeStep != null && !(reached >= bound - ROUNDING * Math.abs(bound))) {
                state = beforeStep;
                acceleration.stepBack();
                reached = units();
            }
            beforeStep = null;
            bounds.add(reached);
            double rise = reached - bound;
            bound = reached;
            double measure = Math.max(Math.abs(bound), panel.allCells());
            converged = rise < SETTLED * measure;
            still = rise < tolerance * measure ? still + 1 : 0;
            if (still >= 2) {
                return;
            }
            periods();
            if (!structure) {
                continue;
            }
            if (pruning.isDue(state, iteration) && isBetterWithoutSome(pruning, iteration, bound, rise)) {
                bound = bound();
                acceleration.restart();
                continue;
            }
            double[] step = acceleration.accept(state, panel, iteration >= ITERATIONS_BEFORE_STEPS);
            if (step != null) {
                beforeStep = state.copy();
                StateVector.set(step, state, panel);
                EvidenceBound.pool(state);
                evidence.measurePeriods(state, periodPrior);
            }
        }
    }

    /** The units' half: a pass over the panel. */
    private double units() {
        last = EmPass.run(panel, state, limit);
        passes++;
        return evidence.acceptUnits(state, last, shrinkage);
    }

    /** The periods' half, from the sums of the last pass; then the factors are put in their place. */
    private void periods() {
        int r = state.size.rank();
        FactorChain.Posterior posterior =
                last.periods.solve(state.precisions, periodPrior.means(state.latent, r), evidence.periodPrecision());
        for (int j = 0; j < state.periods(); j++) {
            for (int k = 0; k < state.size.latent(); k++) {
                state.latent[k][j] = posterior.means()[j][k];
            }
        }
        state.covariance = posterior.covariance();
        state.lagged = posterior.lagged();
        state.logPrecision = posterior.logPrecision();
        PeriodScales.update(state, panel, last.periods);
        rotate(false);
    }

    private void rotate(boolean byStrength) {
        Rotation.apply(state, periodPrior, shrinkage, byStrength, algebra);
        evidence.measurePeriods(state, periodPrior);
    }

    /** Drops the weakest factors if the bound does not mind. */
    private boolean isBetterWithoutSome(Pruning pruning, int iteration, double bound, double rise) {
        FactorState kept = state;
        EmPass.Result keptPass = last;
        state = kept.copy();
        rotate(true);
        Pruning.Trial trial = pruning.trial(state);
        if (trial == null) {
            state = kept;
            return false;
        }
        state = state.without(trial.dropped());
        evidence.measurePeriods(state, periodPrior);
        double reached = units();
        if (reached - bound >= trial.leastGain(rise)) {
            bounds.add(reached);
            periods();
            return true;
        }
        pruning.refuse(trial, iteration);
        state = kept;
        last = keptPass;
        return false;
    }
}
