package io.github.rowwise.benchmarks;

import io.github.rowwise.panel.Panel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Rows of a panel, stored as a panel stores them: outcomes as doubles, and arms as bytes. */
final class CellBlock {

    /** Reads eight arms at once. Reading them one by one would take as long as reading the outcomes. */
    private static final VarHandle EIGHT_ARMS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final double[] outcomes;
    private final byte[] arms;

    /**
     * Sums over the cells.
     *
     * @param outcomes sum of the outcomes
     * @param arms sum of the arms' bytes, eight at a time as one long
     */
    public record Sum(double outcomes, long arms) {

        static final Sum ZERO = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(outcomes + other.outcomes, arms + other.arms);
        }
    }

    private CellBlock(double[] outcomes, byte[] arms) {
        this.outcomes = outcomes;
        this.arms = arms;
    }

    /** Copies rows. Missing outcomes become 0. */
    static CellBlock copy(Panel panel, int first, int rows) {
        double[] outcomes = new double[rows * panel.periods()];
        byte[] arms = new byte[outcomes.length];
        for (int cell = 0; cell < arms.length; cell++) {
            int unit = first + cell / panel.periods();
            int period = cell % panel.periods();
            outcomes[cell] = panel.isObserved(unit, period) ? panel.outcome(unit, period) : 0;
            arms[cell] = (byte) panel.arm(unit, period);
        }
        return new CellBlock(outcomes, arms);
    }

    /** Reads all cells once. With eight sums, the time depends on memory and not on the latency of an addition. */
    Sum sum() {
        double[] y = outcomes;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double sum4 = 0;
        double sum5 = 0;
        double sum6 = 0;
        double sum7 = 0;
        long armSum = 0;
        int cell = 0;
        for (; cell + 8 <= y.length; cell += 8) {
            sum0 += y[cell];
            sum1 += y[cell + 1];
            sum2 += y[cell + 2];
            sum3 += y[cell + 3];
            sum4 += y[cell + 4];
            sum5 += y[cell + 5];
            sum6 += y[cell + 6];
            sum7 += y[cell + 7];
            armSum += (long) EIGHT_ARMS.get(arms, cell);
        }
        for (; cell < y.length; cell++) {
            sum0 += y[cell];
            armSum += arms[cell];
        }
        return new Sum(((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7)), armSum);
    }
}
