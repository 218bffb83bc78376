package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.InvalidPanelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Puts cells that come in any order together to whole units. A unit is handed over, and its memory used for another, when
 * all its cells have come and the units before it went; so little is held where the cells of a unit come close together.
 */
final class UnitRowAssembler implements CellSink {

    /** Memory of a cell that is held. */
    static final int BYTES_PER_CELL = 9;

    private static final byte MISSING = -1;
    private static final byte UNSET = -2;

    private final int[] awaited;
    private final int periods;
    private final UnitRows sink;
    private final @Nullable Row[] open;
    private final Deque<Row> free = new ArrayDeque<>();
    private int next;

    /**
     * Starts with no cell.
     *
     * @param cells how many cells of each unit will come
     * @param periods the number of periods
     * @param sink takes the units
     */
    UnitRowAssembler(int[] cells, int periods, UnitRows sink) {
        this.awaited = cells.clone();
        this.periods = periods;
        this.sink = sink;
        this.open = new Row[cells.length];
    }

    /**
     * The most units that are held at a time where cells come in the file's order.
     *
     * @param first number of the row with the first cell of each unit, rising
     * @param last number of the row with the last cell of each unit
     */
    static int mostHeld(long[] first, long[] last) {
        int most = 0;
        int gone = 0;
        long lastOfNext = first.length == 0 ? 0 : last[0];
        for (int unit = 0; unit < first.length; unit++) {
            while (gone < unit && lastOfNext < first[unit]) {
                gone++;
                lastOfNext = Math.max(lastOfNext, last[gone]);
            }
            most = Math.max(most, unit + 1 - gone);
        }
        return most;
    }

    @Override
    public void set(int unit, int period, int arm, double outcome) {
        Row row = open[unit];
        if (row == null) {
            row = free.isEmpty() ? new Row(periods) : free.pop();
            open[unit] = row;
        }
        if (awaited[unit] == 0 || row.arms[period] != UNSET) {
            throw new InvalidPanelException("a unit has one outcome a period");
        }
        row.arms[period] = (byte) arm;
        row.outcomes[period] = outcome;
        awaited[unit]--;
        while (next < awaited.length && awaited[next] == 0) {
            handOver(next++);
        }
    }

    private void handOver(int unit) {
        Row row = open[unit];
        if (row != null) {
            for (int period = 0; period < periods; period++) {
                if (row.arms[period] == UNSET) {
                    row.arms[period] = MISSING;
                }
            }
            sink.add(row.arms, row.outcomes);
            row.clear();
            free.push(row);
            open[unit] = null;
        }
    }

    /** Whether every unit was handed over. */
    boolean isDone() {
        return next == awaited.length;
    }

    /** Room for the cells of a unit. */
    private static final class Row {
        private final byte[] arms;
        private final double[] outcomes;

        Row(int periods) {
            arms = new byte[periods];
            outcomes = new double[periods];
            clear();
        }

        void clear() {
            Arrays.fill(arms, UNSET);
            Arrays.fill(outcomes, Double.NaN);
        }
    }
}
