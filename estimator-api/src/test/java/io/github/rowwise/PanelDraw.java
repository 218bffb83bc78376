package io.github.rowwise;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A small random panel.
 *
 * @param units its units
 * @param periods its periods
 * @param arms its arms, control included
 * @param assignment who is treated when
 * @param gaps percentage of the cells that are missing
 * @param outcomes kind of the outcomes
 * @param scale power of ten of the outcomes
 * @param seed of everything else
 */
record PanelDraw(
        int units, int periods, int arms, Assignment assignment, int gaps, Outcomes outcomes, int scale, long seed) {

    enum Assignment {
        RANDOM,
        BY_UNIT,
        BY_PERIOD,
        STAGGERED,
        SWITCHBACK,
        ONE_CELL,
        ALL_BUT_ONE_CELL
    }

    enum Outcomes {
        NOISE(true),
        FACTOR(true),
        LARGE_LEVEL(true),
        UNLIKE_UNITS(true),
        CONSTANT(false),
        CONSTANT_UNITS(false),
        SAME_UNITS(false),
        FEW_VALUES(false),
        EXACT(false),
        ONE_HUGE_CELL(false);

        private final boolean hasNoise;

        Outcomes(boolean hasNoise) {
            this.hasNoise = hasNoise;
        }
    }

    /** Panels of any kind. */
    static Arbitrary<PanelDraw> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 14),
                        Arbitraries.integers().between(2, 4),
                        Arbitraries.of(Assignment.class),
                        Arbitraries.of(0, 0, 10, 40, 70),
                        Arbitraries.of(Outcomes.class),
                        Arbitraries.of(0, 0, 0, 3, -8, 149, -150, 100, -100, 280, -300, 282, 291),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(PanelDraw::new);
    }

    /** Panels whose effects are determined: each cell has noise, and there are many more cells than coefficients. */
    static Arbitrary<PanelDraw> determined() {
        return Combinators.combine(
                        Arbitraries.integers().between(6, 12),
                        Arbitraries.integers().between(10, 16),
                        Arbitraries.integers().between(2, 3),
                        Arbitraries.of(Assignment.RANDOM, Assignment.SWITCHBACK),
                        Arbitraries.of(0, 10),
                        Arbitraries.of(Outcomes.class).filter(kind -> kind.hasNoise),
                        Arbitraries.of(0, 3, -8),
                        Arbitraries.longs().between(0, 1_000_000))
                .as(PanelDraw::new);
    }

    /** Returns the panel, or throws as a panel does that has no cell in an arm. */
    Panel panel() {
        SplittableRandom random = new SplittableRandom(seed);
        PanelCells cells = Panel.cells(Draws.names("u", units), Draws.names("t", periods), Draws.names("arm", arms));
        double[] ofUnits = random.doubles(units, -1, 1).toArray();
        double[] ofPeriods = random.doubles(periods, -1, 1).toArray();
        for (int i = 0; i < units; i++) {
            int own = random.nextInt(1, arms);
            int start = random.nextInt(periods + 1);
            for (int j = 0; j < periods; j++) {
                int arm = arm(i, j, own, start, random);
                double noise = random.nextGaussian();
                double outcome = outcome(i, arm, ofUnits[i], ofPeriods[j], noise);
                boolean isFirst = i * periods + j < arms;
                if (isFirst || random.nextInt(100) >= gaps) {
                    cells.set(i, j, isFirst && assignment == Assignment.RANDOM ? i * periods + j : arm, outcome);
                }
            }
        }
        return cells.build();
    }

    private int arm(int unit, int period, int own, int start, SplittableRandom random) {
        return switch (assignment) {
            case RANDOM -> random.nextInt(arms);
            case BY_UNIT -> unit % arms;
            case BY_PERIOD -> period % arms;
            case STAGGERED -> period >= start ? own : 0;
            case SWITCHBACK -> (period / 2 + unit) % arms;
            case ONE_CELL -> unit == 0 && period < arms ? period : 0;
            case ALL_BUT_ONE_CELL -> unit == 0 && period < arms ? period : 1;
        };
    }

    private double outcome(int unit, int arm, double ofUnit, double ofPeriod, double noise) {
        double plain = ofUnit + ofPeriod + arm;
        double value = switch (outcomes) {
            case NOISE -> plain + noise;
            case FACTOR -> plain + 4 * ofUnit * ofPeriod + 0.3 * noise;
            case LARGE_LEVEL -> 1e6 + plain + noise;
            case UNLIKE_UNITS -> Math.pow(10, unit % 4) * (plain + noise);
            case CONSTANT -> 0.1;
            case CONSTANT_UNITS -> ofUnit;
            case SAME_UNITS -> ofPeriod + arm;
            case FEW_VALUES -> Math.rint(plain + noise);
            case EXACT -> plain;
            case ONE_HUGE_CELL -> unit == 0 && arm == 0 && ofPeriod > 0.5 ? 1e8 : plain + noise;
        };
        return value * Math.pow(10, scale);
    }
}
