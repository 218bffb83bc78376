package io.github.rowwise.cli.report;

import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which units a report holds where all of them would make it too large to open. */
final class ReportUnitSelection {

    /** Characters of a page that a phone still opens at once. */
    private static final long PAGE = 5_600_000;

    /** Characters that an observed cell takes: a float and a byte, in base 64. */
    private static final double CELL = 5 * 4 / 3.0;

    /** Few outcomes are always there, however much room the rest takes. */
    private static final long FEWEST_CELLS = 40_000;

    /** What a double takes, in base 64. */
    private static final double NUMBER = 8 * 4 / 3.0;

    /** Of the columns of the table, the share that is written as a number: intervals follow from others. */
    private static final double WRITTEN = 0.55;

    private final UnitEffects effects;

    ReportUnitSelection(UnitEffects effects) {
        this.effects = effects;
    }

    /**
     * The units in the table: all, or the most extreme and others evenly by effect. In the panel's order.
     *
     * @param characters what the page takes without units
     * @param columns how many the table has
     */
    int[] listed(long characters, int columns) {
        Panel panel = effects.panel();
        int units = panel.units();
        double each = (panel.arms() - 1) * WRITTEN * columns * NUMBER;
        for (int arm = 0; arm < panel.arms(); arm++) {
            each += NUMBER + effects.outcomeMatrix(arm).factors().rows() * NUMBER / 2;
        }
        each += panel.unitNames().stream()
                .mapToInt(name -> name.length() + 3)
                .average()
                .orElse(0);
        int most = (int) Math.max(1000, (PAGE - characters - FEWEST_CELLS * CELL) / each);
        return units <= most ? IntStream.range(0, units).toArray() : spread(all(), most, most / 40);
    }

    /**
     * The units whose observed outcomes are there: all, or the most extreme and others evenly by effect. In the panel's order.
     *
     * @param listed the units in the table
     * @param characters what the rest of the page takes
     */
    int[] observed(int[] listed, long characters) {
        long cells = Math.max(FEWEST_CELLS, (long) ((PAGE - characters) / CELL));
        int most = (int)
                Math.min(listed.length, Math.max(4, cells / effects.panel().periods()));
        return listed.length <= most ? listed : spread(listed, most, most / 4);
    }

    private int[] all() {
        return IntStream.range(0, effects.panel().units()).toArray();
    }

    /** So many of these units: for each arm some of its highest and lowest, the rest at even steps from highest to lowest. */
    private int[] spread(int[] units, int most, int extremes) {
        BitSet chosen = new BitSet();
        int arms = effects.panel().arms() - 1;
        int[] order = units;
        for (int arm = arms; arm > 0; arm--) {
            order = byEffect(units, arm);
            int estimable = (int) IntStream.of(order).filter(isEstimable(arm)).count();
            for (int k = 0; k < Math.min(extremes / arms, estimable); k++) {
                chosen.set(order[k]);
                chosen.set(order[estimable - 1 - k]);
            }
        }
        BitSet rest = new BitSet();
        int left = most - chosen.cardinality();
        for (int k = 0; k < left; k++) {
            rest.set(order[(int) ((long) k * order.length / left)]);
        }
        chosen.or(rest);
        return chosen.stream().toArray();
    }

    private IntPredicate isEstimable(int arm) {
        return unit -> effects.effect(unit, arm).ate().isAvailable();
    }

    /** From the highest to the lowest, those without an estimate last. */
    private int[] byEffect(int[] units, int arm) {
        boolean isAtt = GradeCounts.isAttFirst(effects, arm);
        return IntStream.of(units)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -value(effects.effect(unit, arm), isAtt)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double value(UnitEffect unit, boolean isAtt) {
        Estimate estimate = isAtt ? unit.att() : unit.ate();
        return estimate.isAvailable() ? estimate.value() : Double.NEGATIVE_INFINITY;
    }
}
