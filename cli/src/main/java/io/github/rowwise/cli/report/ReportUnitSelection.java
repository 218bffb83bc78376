package io.github.rowwise.cli.report;

import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Selects the units of a report if all units would make it too large to open. */
final class ReportUnitSelection {

    /** Characters of a page that a phone still opens without delay. */
    private static final long PAGE = 5_600_000;

    /** Characters per observed cell: a float and a byte in base 64. */
    private static final double CELL = 5 * 4 / 3.0;

    /** Characters per observed cell and treatment if effects depend on the time since its start: a float in base 64. */
    private static final double ONSET = 4 * 4 / 3.0;

    /** Cells with outcomes that a report has at least, whatever the size of the rest. */
    private static final long FEWEST_CELLS = 40_000;

    /** Characters per double in base 64. */
    private static final double NUMBER = 8 * 4 / 3.0;

    /** Share of the table's columns that are written; intervals follow from other columns. */
    private static final double WRITTEN = 0.55;

    private final UnitEffects effects;

    ReportUnitSelection(UnitEffects effects) {
        this.effects = effects;
    }

    /**
     * Returns the units in the table: all, or the most extreme ones and others at even steps of the effect. In the panel's
     * order.
     *
     * @param characters characters of the page without units
     * @param columns number of columns of the table
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
     * Returns the units with observed outcomes: all, or the most extreme ones and others at even steps of the effect. In the
     * panel's order.
     *
     * @param listed the units in the table
     * @param characters characters of the rest of the page
     */
    int[] observed(int[] listed, long characters) {
        boolean hasOnsets =
                effects.factorModel().map(FactorModel::hasOnsetTerms).orElse(false);
        double cell = CELL + (hasOnsets ? ONSET * (effects.panel().arms() - 1) : 0);
        long cells = Math.max(FEWEST_CELLS, (long) ((PAGE - characters) / cell));
        int most = (int)
                Math.min(listed.length, Math.max(4, cells / effects.panel().periods()));
        return listed.length <= most ? listed : spread(listed, most, most / 4);
    }

    private int[] all() {
        return IntStream.range(0, effects.panel().units()).toArray();
    }

    /** Selects units: some of the highest and lowest of each arm, the rest at even steps from highest to lowest. */
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

    /** Sorts units from highest to lowest effect; units without an estimate come last. */
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
