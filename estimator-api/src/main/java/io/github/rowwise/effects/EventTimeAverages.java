package io.github.rowwise.effects;

import io.github.rowwise.internal.assignment.EventTimes;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Averages over cells of the same event time, of estimable units. */
final class EventTimeAverages {

    /** Event times that fewer than this share of the switching units are seen at are left out. */
    private static final double SHARE = 0.1;

    private final Panel panel;
    private final int arm;
    private final int[] cells = new int[2 * EventTimes.FURTHEST + 1];
    private final int[] units = new int[cells.length];
    private final double[] sums = new double[cells.length];
    private final double[] squares = new double[cells.length];
    private final double[] products = new double[cells.length];
    private final double[] squaredCells = new double[cells.length];

    private EventTimeAverages(Panel panel, int arm) {
        this.panel = panel;
        this.arm = arm;
    }

    /** With standard errors where there is a model. */
    static List<EventTimeEffect> effects(
            CompletedOutcomes outcomes, Panel panel, int arm, @Nullable FactorModel model) {
        EventTimeAverages averages = new EventTimeAverages(panel, arm);
        averages.add(outcomes.effects(arm), UnaryOperator.identity(), (unit, row) -> outcomes.effectRow(unit, arm));
        List<EventTimeEffect> result = new ArrayList<>();
        for (int time = 0; time <= EventTimes.FURTHEST; time++) {
            int at = time + EventTimes.FURTHEST;
            if (averages.isReported(at)) {
                double mean = averages.sums[at] / averages.cells[at];
                Estimate effect =
                        model == null ? Estimate.withoutStandardError(mean) : model.eventTimeEffect(mean, arm, time);
                result.add(new EventTimeEffect(time, averages.cells[at], averages.units[at], effect));
            }
        }
        return List.copyOf(result);
    }

    /**
     * Gaps are multiplied by the scale while they are squared.
     *
     * @param explained what covariates explain of the outcomes, which is no gap
     */
    static List<PreTrend> gaps(
            LowRankMatrix effects, LowRankMatrix control, double scale, Panel panel, RowAdjustment explained, int arm) {
        EventTimeAverages averages = new EventTimeAverages(panel, arm);
        averages.add(effects, explained.unexplained(), (unit, outcomes) -> {
            double[] gaps = control.row(unit);
            for (int j = 0; j < gaps.length; j++) {
                gaps[j] = (outcomes[j] - gaps[j]) * scale;
            }
            return gaps;
        });
        List<PreTrend> result = new ArrayList<>();
        for (int time = -EventTimes.FURTHEST; time < 0; time++) {
            int at = time + EventTimes.FURTHEST;
            if (averages.isReported(at)) {
                result.add(new PreTrend(time, averages.cells[at], averages.units[at], averages.gap(at, scale)));
            }
        }
        return List.copyOf(result);
    }

    @FunctionalInterface
    private interface Row {
        /** A value for each period, given the unit's observed outcomes; what is missing there is not asked for. */
        double[] of(int unit, double[] outcomes);
    }

    private void add(LowRankMatrix effects, UnaryOperator<RowBlock> change, Row values) {
        int m = panel.periods();
        int[] times = new int[m];
        int[] positions = InternalPanels.positions(panel);
        double[] outcomes = new double[m];
        int[] unitCells = new int[cells.length];
        double[] unitSums = new double[cells.length];
        for (RowBlock read : InternalPanels.blocks(panel)) {
            RowBlock block = change.apply(read);
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                if (!effects.isAvailable(unit)) {
                    continue;
                }
                EventTimes.label(block.arms(), row * m, arm, positions, times);
                System.arraycopy(block.outcomes(), row * m, outcomes, 0, m);
                double[] of = values.of(unit, outcomes);
                for (int j = 0; j < m; j++) {
                    if (Math.abs((long) times[j]) <= EventTimes.FURTHEST) {
                        unitCells[times[j] + EventTimes.FURTHEST]++;
                        unitSums[times[j] + EventTimes.FURTHEST] += of[j];
                    }
                }
                addUnit(unitCells, unitSums);
            }
        }
    }

    /** Adds a unit's sums, and clears them. */
    private void addUnit(int[] unitCells, double[] unitSums) {
        for (int at = 0; at < cells.length; at++) {
            double count = unitCells[at];
            double sum = unitSums[at];
            cells[at] += unitCells[at];
            units[at] += count > 0 ? 1 : 0;
            sums[at] += sum;
            squares[at] += sum * sum;
            products[at] += sum * count;
            squaredCells[at] += count * count;
            unitCells[at] = 0;
            unitSums[at] = 0;
        }
    }

    private boolean isReported(int at) {
        return units[at] > 0 && units[at] >= SHARE * units[EventTimes.FURTHEST];
    }

    /** The average with a standard error that takes each unit's cells together. */
    private Estimate gap(int at, double scale) {
        double mean = sums[at] / cells[at];
        double spread = Math.max(0, squares[at] - 2 * mean * products[at] + mean * mean * squaredCells[at]);
        double groups = units[at];
        double error = Math.sqrt(groups / (groups - 1) * spread) / cells[at];
        return Estimate.of(mean / scale, error / scale, groups - 1);
    }
}
