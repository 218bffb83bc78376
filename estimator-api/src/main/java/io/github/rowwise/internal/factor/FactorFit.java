package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A factor with less signal than this many times its posterior variance is tried without. */
    private static final double WEAK = 4;

    /** One with less than its posterior variance goes unless the bound falls. */
    private static final double DEAD = 1;

    /** All below this go at once. */
    private static final double ALL_DEAD = .3;

    private static final double ROUNDING = 1e-9;
    private static final int ITERATIONS_BEFORE_STEPS = 4;
    private static final int ITERATIONS_BETWEEN_TRIALS = 5;
    private static final int LIMITS = 2;
    private static final int ITERATIONS_A_LIMIT = 3;

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
        iterate(options.iterations(), true);
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
        periodPrior = PeriodPrior.fromTreatment(panel, algebra, state);
        evidence.measurePeriods(state, periodPrior);
        shrinkage = exponent(Math.max(SHRINKAGE, state.size.coefficients() + 1.0));
        for (int k = 0; k < LIMITS; k++) {
            limit = ResidualLimit.around(state);
            iterate(ITERATIONS_A_LIMIT, false);
        }
        iterate(options.lastIterations(), false);
        bounds.clear();
        bounds.addAll(first);
        converged = firstConverged;
    }

    private double exponent(double wanted) {
        // Every block of coefficients that a rotation turns counts it once; two of them at the least.
        int blocks = Math.max(2, state.size.blocksOnFactors());
        return Math.min(wanted, Math.min(panel.units() / 3.0, panel.periods() / (3.0 * blocks)));
    }

    private void iterate(int most, boolean structure) {
        double bound = Double.NEGATIVE_INFINITY;
        Acceleration acceleration = new Acceleration();
        FactorState beforeStep = null;
        int still = 0;
        int nextTrial = 1;
        converged = false;
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
            still = rise < options.tolerance() * Math.max(Math.abs(bound), panel.allCells()) ? still + 1 : 0;
            if (still >= 2) {
                converged = true;
                return;
            }
            periods();
            if (!structure) {
                continue;
            }
            if (state.size.rank() > 1 && iteration >= nextTrial) {
                Trial trial = trial(bound, rise);
                if (trial == Trial.ACCEPTED) {
                    bound = bound();
                    acceleration.restart();
                    continue;
                }
                nextTrial = trial == Trial.REJECTED ? iteration + ITERATIONS_BETWEEN_TRIALS : nextTrial;
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

    private enum Trial {
        NONE,
        REJECTED,
        ACCEPTED
    }

    /** Drops the weakest factors if the bound does not mind. */
    private Trial trial(double bound, double rise) {
        FactorState kept = state;
        EmPass.Result keptPass = last;
        state = kept.copy();
        rotate(true);
        double[] strength = strengths(state);
        double least = Arrays.stream(strength).min().orElse(Double.MAX_VALUE);
        boolean[] dropped = weakest(strength, least);
        if (dropped == null) {
            state = kept;
            return Trial.NONE;
        }
        state = state.without(dropped);
        evidence.measurePeriods(state, periodPrior);
        double reached = units();
        if (reached - bound >= (least > DEAD ? Math.max(rise, 0) : 0)) {
            bounds.add(reached);
            periods();
            return Trial.ACCEPTED;
        }
        state = kept;
        last = keptPass;
        return Trial.REJECTED;
    }

    /** Each factor's signal over its posterior variance. */
    private static double[] strengths(FactorState state) {
        int g = state.size.latent();
        double[] strength = new double[state.size.rank()];
        for (int k = 0; k < strength.length; k++) {
            double signal = 0;
            double variance = 0;
            for (int j = 0; j < state.periods(); j++) {
                signal += state.latent[k][j] * state.latent[k][j];
                variance += state.covariance[j][k * g + k];
            }
            strength[k] = signal / variance;
        }
        return strength;
    }

    private static boolean @Nullable [] weakest(double[] strength, double least) {
        if (!(least <= WEAK)) {
            return null;
        }
        boolean[] dropped = new boolean[strength.length];
        int count = 0;
        // Always leave one.
        for (int k = strength.length - 1; k >= 0 && count < strength.length - 1; k--) {
            dropped[k] = strength[k] < ALL_DEAD;
            count += dropped[k] ? 1 : 0;
        }
        for (int k = 0; count == 0; k++) {
            dropped[k] = strength[k] <= least;
            count += dropped[k] ? 1 : 0;
        }
        return dropped;
    }
}
