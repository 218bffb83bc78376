package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelTotals;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How outcomes under control differ from the model in the first periods after treatment ends. If an effect lasts longer than
 * the treatment, outcomes differ there in the direction of the effect, the control outcomes are biased, and the effect is
 * underestimated.
 *
 * <p>For each unit the mean residual of its control cells at one time since treatment ended is compared with the mean residual
 * of its other control cells. The differences are averaged over units, weighted by what they say about noise. Their spread over
 * units gives the standard error. Above 2000 units a random sample of about 2000 is used.
 *
 * <pre class="example">{@code
 * CarryOver carryOver = CarryOver.of(effects);
 * System.out.println(carryOver.lastPeriod() + " periods");
 * }</pre>
 *
 * @param differences one per number of periods since treatment ended, from 1 on; in units of the outcome; 0 without units
 * @param standardErrors standard errors of the differences; infinite with fewer than ten units
 */
public record CarryOver(List<Double> differences, List<Double> standardErrors) {

    /** Number of periods after treatment that are compared. */
    private static final int PERIODS = 4;

    private static final int SAMPLE = 2000;
    private static final int MIN_UNITS = 10;

    /** A difference is found if it exceeds this many standard errors. */
    private static final double FOUND = 4;

    /** Smaller differences of outcomes near 1 are rounding errors. */
    private static final double ROUNDING = 1e-9;

    /**
     * Keeps copies of the lists.
     *
     * @param differences one per number of periods since treatment ended
     * @param standardErrors their standard errors
     */
    public CarryOver {
        differences = List.copyOf(differences);
        standardErrors = List.copyOf(standardErrors);
    }

    /**
     * Compares the residuals in one pass over the panel.
     *
     * @param effects a result. For the result of a {@link io.github.rowwise.panel.PanelShard shard}, all shards have to call
     *     this method; each gets the comparison of the whole panel
     * @return the differences
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static CarryOver of(UnitEffects effects) {
        Panel panel = effects.panel();
        try (PassRunner runner = SequentialPass.openResiduals(effects)) {
            PanelTotals totals = InternalPanels.totals(panel, runner);
            double share = SAMPLE / (double) totals.units();
            // Squares of outcomes of 1e-200 or 1e200 must neither vanish nor overflow.
            double scale = PanelView.scaleFor(totals.largestOutcome());
            CellHash hash = new CellHash(0, panel.unitNames(), List.of());
            return SequentialPass.over(
                            runner,
                            () -> new Differences(InternalPanels.positions(panel), scale),
                            (sums, block) -> sums.add(block, effects, hash, share),
                            Differences::merge)
                    .result();
        }
    }

    /**
     * Returns how long outcomes differ after treatment.
     *
     * @return the last of the consecutive periods, from the first on, whose difference exceeds four standard errors and has the
     *     sign of the first; 0 if there is none
     */
    public int lastPeriod() {
        int last = 0;
        while (last < differences.size()
                && Math.abs(differences.get(last)) > FOUND * standardErrors.get(last)
                && Math.signum(differences.get(last)) == Math.signum(differences.get(0))) {
            last++;
        }
        return last;
    }

    /** Weighted sums over units, by number of periods since treatment ended. */
    private static final class Differences implements PassScratch, Serializable {

        private static final long serialVersionUID = 1;

        private final double[] weights = new double[PERIODS];
        private final double[] sums = new double[PERIODS];

        /** Sums of squared weights, of these times the differences, and of these times their squares. */
        private final double[] squaredWeights = new double[PERIODS];

        private final double[] squaredSums = new double[PERIODS];
        private final double[] squares = new double[PERIODS];
        private final double[] units = new double[PERIODS];
        private final int[] times;
        private final int[] positions;
        private final double scale;

        Differences(int[] positions, double scale) {
            this.scale = scale;
            this.positions = positions;
            this.times = new int[positions.length];
        }

        Differences add(RowBlock block, UnitEffects effects, CellHash hash, double share) {
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                boolean isSampled = share >= 1 || (hash.unitBits(unit, 0) >>> 11) * 0x1p-53 < share;
                if (isSampled && effects.outcomeMatrix(0).isAvailable(unit) && setTimes(block, row)) {
                    addUnit(block, row, effects.outcomeRow(unit, 0));
                }
            }
            return this;
        }

        /**
         * Sets the number of periods since treatment ended for control cells, 0 for cells before a treatment and -1 for other
         * cells. Returns whether there is a cell after treatment.
         */
        private boolean setTimes(RowBlock block, int row) {
            int start = row * times.length;
            int lastTreated = -1;
            boolean found = false;
            for (int j = 0; j < times.length; j++) {
                int arm = block.arms()[start + j];
                lastTreated = arm > 0 ? j : lastTreated;
                times[j] = arm != 0 ? -1 : lastTreated < 0 ? 0 : positions[j] - positions[lastTreated];
                found |= times[j] > 0;
            }
            return found;
        }

        private void addUnit(RowBlock block, int row, double[] fit) {
            double[] after = new double[PERIODS];
            int[] cells = new int[PERIODS];
            double other = 0;
            int otherCells = 0;
            for (int j = 0; j < times.length; j++) {
                double residual = scale * (block.outcomes()[row * times.length + j] - fit[j]);
                if (times[j] > 0 && times[j] <= PERIODS) {
                    after[times[j] - 1] += residual;
                    cells[times[j] - 1]++;
                } else if (times[j] >= 0) {
                    other += residual;
                    otherCells++;
                }
            }
            for (int k = 0; k < PERIODS; k++) {
                if (cells[k] > 0 && otherCells > 0) {
                    double difference = after[k] / cells[k] - other / otherCells;
                    double weight = 1 / (1.0 / cells[k] + 1.0 / otherCells);
                    weights[k] += weight;
                    sums[k] += weight * difference;
                    squaredWeights[k] += weight * weight;
                    squaredSums[k] += weight * weight * difference;
                    squares[k] += weight * weight * difference * difference;
                    units[k]++;
                }
            }
        }

        Differences merge(Differences more) {
            Sums.add(weights, more.weights);
            Sums.add(sums, more.sums);
            Sums.add(squaredWeights, more.squaredWeights);
            Sums.add(squaredSums, more.squaredSums);
            Sums.add(squares, more.squares);
            Sums.add(units, more.units);
            return this;
        }

        CarryOver result() {
            List<Double> differences = new ArrayList<>();
            List<Double> standardErrors = new ArrayList<>();
            for (int k = 0; k < PERIODS; k++) {
                double mean = units[k] > 0 ? sums[k] / weights[k] : 0;
                mean = Math.abs(mean) < ROUNDING ? 0 : mean;
                double square = squares[k] - 2 * mean * squaredSums[k] + mean * mean * squaredWeights[k];
                differences.add(mean / scale);
                standardErrors.add(
                        units[k] < MIN_UNITS
                                ? Double.POSITIVE_INFINITY
                                : Math.sqrt(Math.max(0, square) * units[k] / (units[k] - 1)) / weights[k] / scale);
            }
            return new CarryOver(differences, standardErrors);
        }
    }
}
