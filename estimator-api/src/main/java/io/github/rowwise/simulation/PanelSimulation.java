package io.github.rowwise.simulation;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Draws panels of low rank with known effects, to try an estimator on.
 *
 * <p>Untreated outcomes are level + b<sub>i</sub>′f<sub>j</sub> with standard normal loadings b_i and factors f_j of the given
 * rank; the effect of unit i in period j is effect + spread (z<sub>i</sub> + 0.5 b<sub>i1</sub> + 0.3 f<sub>j1</sub> z<sub>i</sub>) with z_i standard
 * normal, so that effects differ between units, go partly with the outcomes and change over time; normal noise is added.
 * Immutable; the same options and seed give the same panel.
 *
 * <pre class="example">{@code
 * SimulatedPanel drawn = PanelSimulation.withDefaults()
 *         .withSize(300, 120)
 *         .withAssignment(PanelSimulation.Assignment.BLOCKS)
 *         .withNoiseForm(PanelSimulation.NoiseForm.AUTOREGRESSIVE)
 *         .withMissing(0.1)
 *         .generate();
 * }</pre>
 */
public final class PanelSimulation {

    /** How treatment is assigned. */
    public enum Assignment {
        /** Independent coin flips, each unit with a propensity from 0.2 to 0.8. */
        BY_UNIT("by-unit"),
        /** Independent coin flips, each unit with a propensity from 0.03 to 0.2. */
        RARE("rare"),
        /** Coin flips whose propensity moves over the periods with the first factor. */
        BY_PERIOD("by-period"),
        /** Coin flips whose propensity rises with the untreated outcome. */
        CONFOUNDED("confounded"),
        /** Coin flips for spells of ten periods, each unit with a propensity from 0.2 to 0.8. */
        BLOCKS("blocks"),
        /** Units enter treatment once and stay; a third never do. */
        STAGGERED("staggered");

        private final String label;

        Assignment(String label) {
            this.label = label;
        }

        /**
         * Returns the assignment as it is written in options.
         *
         * @return such as {@code by-unit}
         */
        public String label() {
            return label;
        }
    }

    /** How the noise is distributed; its standard deviation over all cells is the given one but for t(3) tails. */
    public enum NoiseForm {
        /** Independent and normal, the same for all units. */
        IID("iid"),
        /** Independent and normal, with a standard deviation that differs between units by a log-normal factor. */
        UNEQUAL("unequal"),
        /** Independent Student's t with 3 degrees of freedom, scaled to the given standard deviation. */
        HEAVY_TAILED("t3"),
        /** Normal and autoregressive within a unit, with correlation 0.6 from one period to the next. */
        AUTOREGRESSIVE("ar1");

        private final String label;

        NoiseForm(String label) {
            this.label = label;
        }

        /**
         * Returns the form as it is written in options.
         *
         * @return such as {@code ar1}
         */
        public String label() {
            return label;
        }
    }

    private final int units;
    private final int periods;
    private final int rank;
    private final double noise;
    private final NoiseForm noiseForm;
    private final double level;
    private final double effect;
    private final double spread;
    private final double missing;
    private final Assignment assignment;
    private final long seed;

    private PanelSimulation(
            int units,
            int periods,
            int rank,
            double noise,
            NoiseForm noiseForm,
            double level,
            double effect,
            double spread,
            double missing,
            Assignment assignment,
            long seed) {
        this.units = units;
        this.periods = periods;
        this.rank = rank;
        this.noise = noise;
        this.noiseForm = noiseForm;
        this.level = level;
        this.effect = effect;
        this.spread = spread;
        this.missing = missing;
        this.assignment = assignment;
        this.seed = seed;
    }

    /**
     * Returns a simulation of 200 units by 200 periods, rank 3, noise 0.5, level 3, average effect 1 with spread 0.5,
     * nothing missing, assigned by unit, seed 1.
     *
     * @return the defaults
     */
    public static PanelSimulation withDefaults() {
        return new PanelSimulation(200, 200, 3, 0.5, NoiseForm.IID, 3, 1, 0.5, 0, Assignment.BY_UNIT, 1);
    }

    /**
     * Sets the size.
     *
     * @param unitCount n, 2 or more
     * @param periodCount m, 2 or more
     * @return a changed copy
     */
    public PanelSimulation withSize(int unitCount, int periodCount) {
        if (unitCount < 2 || periodCount < 2) {
            throw new IllegalArgumentException(
                    unitCount + " units by " + periodCount + " periods: give at least 2 of each");
        }
        return new PanelSimulation(
                unitCount, periodCount, rank, noise, noiseForm, level, effect, spread, missing, assignment, seed);
    }

    /**
     * Sets the number of factors of the untreated outcomes.
     *
     * @param factors 0 or more
     * @return a changed copy
     */
    public PanelSimulation withRank(int factors) {
        if (factors < 0) {
            throw new IllegalArgumentException("rank " + factors + " is negative: give 0 or more");
        }
        return new PanelSimulation(
                units, periods, factors, noise, noiseForm, level, effect, spread, missing, assignment, seed);
    }

    /**
     * Sets the standard deviation of the noise.
     *
     * @param deviation 0 or more
     * @return a changed copy
     */
    public PanelSimulation withNoise(double deviation) {
        requireFinite("noise", deviation, 0);
        return new PanelSimulation(
                units, periods, rank, deviation, noiseForm, level, effect, spread, missing, assignment, seed);
    }

    /**
     * Sets how the noise is distributed.
     *
     * @param form the form
     * @return a changed copy
     */
    public PanelSimulation withNoiseForm(NoiseForm form) {
        return new PanelSimulation(
                units,
                periods,
                rank,
                noise,
                Objects.requireNonNull(form),
                level,
                effect,
                spread,
                missing,
                assignment,
                seed);
    }

    /**
     * Sets the mean of the untreated outcomes.
     *
     * @param mean any number
     * @return a changed copy
     */
    public PanelSimulation withBaseline(double mean) {
        requireFinite("level", mean, Double.NEGATIVE_INFINITY);
        return new PanelSimulation(
                units, periods, rank, noise, noiseForm, mean, effect, spread, missing, assignment, seed);
    }

    /**
     * Sets the effects.
     *
     * @param mean average effect
     * @param deviation how much effects vary, 0 or more; 0 makes them all equal to the mean
     * @return a changed copy
     */
    public PanelSimulation withEffect(double mean, double deviation) {
        requireFinite("effect", mean, Double.NEGATIVE_INFINITY);
        requireFinite("spread of effects", deviation, 0);
        return new PanelSimulation(
                units, periods, rank, noise, noiseForm, level, mean, deviation, missing, assignment, seed);
    }

    /**
     * Sets the share of cells whose outcome is missing, at random.
     *
     * @param share from 0 to below 1
     * @return a changed copy
     */
    public PanelSimulation withMissing(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("missing share " + share + ": give one from 0 to below 1");
        }
        return new PanelSimulation(
                units, periods, rank, noise, noiseForm, level, effect, spread, share, assignment, seed);
    }

    /**
     * Sets how treatment is assigned.
     *
     * @param how the assignment
     * @return a changed copy
     */
    public PanelSimulation withAssignment(Assignment how) {
        return new PanelSimulation(
                units,
                periods,
                rank,
                noise,
                noiseForm,
                level,
                effect,
                spread,
                missing,
                Objects.requireNonNull(how),
                seed);
    }

    /**
     * Sets the seed.
     *
     * @param number any number
     * @return a changed copy
     */
    public PanelSimulation withSeed(long number) {
        return new PanelSimulation(
                units, periods, rank, noise, noiseForm, level, effect, spread, missing, assignment, number);
    }

    /**
     * Draws a panel.
     *
     * @return the panel and its truth
     * @throws InvalidPanelException if no observed cell was drawn in one of the arms: ask for a larger panel
     */
    public SimulatedPanel generate() {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] factors = new double[periods][Math.max(1, rank)];
        for (double[] factor : factors) {
            for (int k = 0; k < factor.length; k++) {
                factor[k] = random.nextGaussian();
            }
        }
        PanelCells cells = Panel.cells(names("u", units), names("", periods), List.of("control", "treated"));
        double[] ate = new double[units];
        double[] att = new double[units];
        double[] atu = new double[units];
        DenseMatrix loadings = DenseMatrix.zeros(units, 2);
        for (int unit = 0; unit < units; unit++) {
            drawUnit(random.split(), unit, factors, cells, loadings, ate, att, atu);
        }
        DenseMatrix effectFactors = DenseMatrix.zeros(2, periods);
        for (int period = 0; period < periods; period++) {
            effectFactors.set(0, period, 1);
            effectFactors.set(1, period, factors[period][0]);
        }
        BitSet all = new BitSet(units);
        all.set(0, units);
        return new SimulatedPanel(cells.build(), ate, att, atu, LowRankMatrix.of(loadings, effectFactors, all));
    }

    private void drawUnit(
            SplittableRandom random,
            int unit,
            double[][] factors,
            PanelCells cells,
            DenseMatrix effectLoadings,
            double[] ate,
            double[] att,
            double[] atu) {
        double[] loadings = new double[Math.max(1, rank)];
        for (int k = 0; k < loadings.length; k++) {
            loadings[k] = random.nextGaussian();
        }
        double z = random.nextGaussian();
        effectLoadings.set(unit, 0, effect + spread * (z + 0.5 * loadings[0]));
        effectLoadings.set(unit, 1, spread * 0.3 * z);
        boolean isRare = assignment == Assignment.RARE;
        SimulatedTreatment treatment =
                new SimulatedTreatment(isRare ? 0.03 : 0.2, isRare ? 0.2 : 0.8, periods, rank, random);
        DoubleSupplier disturbance = noise(random);
        int treated = 0;
        int controls = 0;
        for (int period = 0; period < periods; period++) {
            double untreated = 0;
            for (int k = 0; k < rank; k++) {
                untreated += loadings[k] * factors[period][k];
            }
            double here = effectLoadings.get(unit, 0) + effectLoadings.get(unit, 1) * factors[period][0];
            boolean isTreated = isTreated(treatment, period, factors[period][0], untreated);
            ate[unit] += here / periods;
            double outcome = level + untreated + (isTreated ? here : 0) + disturbance.getAsDouble();
            boolean isMissing = random.nextDouble() < missing;
            cells.set(unit, period, isTreated ? 1 : 0, isMissing ? Double.NaN : outcome);
            if (!isMissing && isTreated) {
                att[unit] += here;
                treated++;
            } else if (!isMissing) {
                atu[unit] += here;
                controls++;
            }
        }
        att[unit] = treated == 0 ? Double.NaN : att[unit] / treated;
        atu[unit] = controls == 0 ? Double.NaN : atu[unit] / controls;
    }

    private DoubleSupplier noise(SplittableRandom random) {
        return switch (noiseForm) {
            case IID -> SimulatedNoise.independent(noise, random);
            case UNEQUAL -> SimulatedNoise.unequal(noise, random);
            case HEAVY_TAILED -> SimulatedNoise.heavyTailed(noise, random);
            case AUTOREGRESSIVE -> SimulatedNoise.autoregressive(noise, random);
        };
    }

    private boolean isTreated(SimulatedTreatment treatment, int period, double factor, double untreated) {
        return switch (assignment) {
            case BY_UNIT, RARE -> treatment.byUnit();
            case BY_PERIOD -> treatment.byPeriod(factor);
            case CONFOUNDED -> treatment.confounded(untreated);
            case BLOCKS -> treatment.inBlocks(period);
            case STAGGERED -> treatment.staggered(period);
        };
    }

    private static List<String> names(String prefix, int count) {
        int digits = Integer.toString(count).length();
        return IntStream.rangeClosed(1, count)
                .mapToObj(k -> prefix.isEmpty()
                        ? Integer.toString(k)
                        : prefix + "0".repeat(digits - Integer.toString(k).length()) + k)
                .toList();
    }

    private static void requireFinite(String what, double value, double least) {
        if (!Double.isFinite(value) || value < least) {
            throw new IllegalArgumentException(
                    what + " " + value + ": give a finite number" + (least == 0 ? " of 0 or more" : ""));
        }
    }

    /**
     * Describes the simulation.
     *
     * @return its size, rank, assignment and seed
     */
    @Override
    public String toString() {
        return "simulation of " + units + " units and " + periods + " periods, rank " + rank + ", assignment "
                + assignment + ", seed " + seed;
    }
}
