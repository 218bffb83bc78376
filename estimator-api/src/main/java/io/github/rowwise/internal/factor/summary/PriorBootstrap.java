package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.average.GainDraw;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.factor.pass.CoefficientMoments;
import io.github.rowwise.internal.factor.pass.CoefficientPrior;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parametric bootstrap of the prior of the units' coefficients, given the factors and the noise.
 *
 * <p>The data of a unit say of its coefficients b that {@code g = P b + N(0, P)}, where P is their precision. Each draw takes
 * coefficients from the fitted prior and g given these, estimates the prior again from all g, and computes the posterior means of
 * the effects with it. These are what would be promised, the drawn effects what would come true. Source: Laird and Louis (1987),
 * doi:10.1080/01621459.1987.10478490.
 *
 * <p>Each unit is written by one thread, once; the draws are read after the pass.
 */
final class PriorBootstrap {

    /** With more units, the error of the prior is negligible next to those of the units. */
    private static final int MOST_UNITS = 2000;

    private static final int MOST_COEFFICIENTS = 64;
    private static final int UNIT_DRAWS = 10_000;
    private static final int MOST_DRAWS = 100;
    private static final int LEAST_DRAWS = 25;
    private static final int ITERATIONS = 20;

    private final PanelCounts panel;
    private final FactorState state;
    private final Dimensions size;
    private final int p;

    /** By unit: precision that its data give; empty where another prior applies or the pass has not been. */
    private final double[][] precisions;

    /** By treatment and unit: the gain is the product with the coefficients; empty for units without a group. */
    private final double[][][] directions;

    private PriorBootstrap(PanelCounts panel, FactorState state) {
        this.panel = panel;
        this.state = state;
        this.size = state.size;
        this.p = size.coefficients();
        this.precisions = new double[panel.units()][];
        this.directions = new double[size.treatments()][panel.units()][];
        Arrays.fill(precisions, FactorState.NONE);
        for (double[][] ofArm : directions) {
            Arrays.fill(ofArm, FactorState.NONE);
        }
    }

    /** Returns {@code null} if there are so many units that it changes nothing, or coefficients that it takes too long. */
    static @Nullable PriorBootstrap of(PanelCounts panel, FactorState state) {
        boolean isWorthwhile = panel.allUnits() <= MOST_UNITS
                && panel.units() == panel.allUnits()
                && state.size.coefficients() <= MOST_COEFFICIENTS;
        return isWorthwhile ? new PriorBootstrap(panel, state) : null;
    }

    /** Keeps the data of the selected unit of a batch. Units without control cells have a prior of their own. */
    void keep(UnitBatch units, int index) {
        if (precisions[index].length == 0 && panel.group(index) != UnitGroup.NO_CONTROL) {
            double[] precision = units.gram.clone();
            Vectors.addScaled(precision, 0, precision, 0, 1 / state.noise[index] - 1, precision.length);
            precisions[index] = precision;
        }
    }

    /**
     * Keeps what the gain of a unit depends on.
     *
     * @param direction of the unit's effects in the arm, as in {@link SelectedDirections#direction}
     */
    void keep(int arm, int index, double[] direction) {
        double[] all = new double[p];
        for (int k = 0; k < direction.length; k++) {
            all[size.armCoefficient(arm, k)] += panel.unitScale(index) * direction[k];
        }
        directions[arm - 1][index] = all;
    }

    List<GainDraw> draws(int arm, long seed) {
        int[] units = IntStream.range(0, precisions.length)
                .filter(unit -> precisions[unit].length > 0)
                .toArray();
        double[] root = state.priorCovariance.clone();
        PositiveDefinite.factor(root, p);
        double[][] roots = new double[precisions.length][];
        for (int unit : units) {
            roots[unit] = precisions[unit].clone();
            PositiveDefinite.factor(roots[unit], p);
        }
        int count = Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, UNIT_DRAWS / Math.max(1, units.length)));
        List<GainDraw> draws = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < count; draw++) {
            draws.add(draw(arm, units, root, roots, random.split()));
        }
        return List.copyOf(draws);
    }

    private GainDraw draw(int arm, int[] units, double[] root, double[][] roots, SplittableRandom random) {
        double[][] drawn = new double[precisions.length][];
        double[][] data = new double[precisions.length][];
        for (int unit : units) {
            drawn[unit] = priorMean(state, unit);
            addNormal(root, random, drawn[unit]);
            data[unit] = SmallMatrices.times(precisions[unit], drawn[unit], p, p, 1);
            addNormal(roots[unit], random, data[unit]);
        }
        FactorState fitted = fit(units, data);
        double[] promised = new double[precisions.length];
        double[] actual = new double[precisions.length];
        Arrays.fill(promised, Double.NaN);
        Arrays.fill(actual, Double.NaN);
        Posterior posterior = new Posterior(fitted);
        for (int unit : units) {
            double[] direction = directions[arm - 1][unit];
            if (direction.length > 0) {
                posterior.set(unit, data[unit]);
                promised[unit] = Vectors.inner(direction, posterior.mean);
                actual[unit] = Vectors.inner(direction, drawn[unit]);
            }
        }
        return new GainDraw(promised, actual);
    }

    /** Estimates the prior as the fit does, from where the draws come from. */
    private FactorState fit(int[] units, double[][] data) {
        FactorState fitted = state.copy();
        fitted.priorMean = state.priorMean.clone();
        fitted.attributeEffects = state.attributeEffects.clone();
        double shrinkage = CoefficientPrior.lastShrinkage(size, panel.allUnits(), panel.periods());
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            CoefficientMoments[] groups = CoefficientMoments.byGroup(p, 1 + state.attributes());
            Posterior posterior = new Posterior(fitted);
            for (int unit : units) {
                posterior.set(unit, data[unit]);
                groups[panel.group(unit)].add(
                        posterior.mean,
                        posterior.covariance,
                        fitted.priorMean,
                        panel.view().attributes(),
                        unit);
            }
            CoefficientPrior.update(fitted, groups, shrinkage, 1, panel.minNoise());
        }
        return fitted;
    }

    private double[] priorMean(FactorState of, int unit) {
        double[] mean = of.priorMean.clone();
        of.addAttributes(panel.view().attributes(), unit, mean);
        return mean;
    }

    /** Adds a normal vector, given the root of its covariance in the lower triangle. */
    private void addNormal(double[] root, SplittableRandom random, double[] target) {
        for (int k = 0; k < p; k++) {
            double normal = random.nextGaussian();
            for (int i = k; i < p; i++) {
                target[i] += root[i * p + k] * normal;
            }
        }
    }

    /** Posterior of a unit's coefficients given its data. */
    private final class Posterior {

        private final FactorState prior;
        private final double[] priorPrecision;
        private final double[] sum = new double[p * p];
        final double[] covariance = new double[p * p];
        double[] mean = new double[p];

        Posterior(FactorState prior) {
            this.prior = prior;
            this.priorPrecision = PositiveDefinite.inverse(prior.priorCovariance, p);
        }

        void set(int unit, double[] data) {
            double[] right = SmallMatrices.times(priorPrecision, priorMean(prior, unit), p, p, 1);
            Vectors.add(right, data);
            System.arraycopy(priorPrecision, 0, sum, 0, sum.length);
            Vectors.add(sum, precisions[unit]);
            PositiveDefinite.invert(sum, p, covariance);
            mean = SmallMatrices.times(covariance, right, p, p, 1);
        }
    }
}
