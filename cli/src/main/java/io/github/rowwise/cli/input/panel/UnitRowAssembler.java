package io.github.rowwise.cli.input.panel;

import io.github.rowwise.panel.InvalidPanelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Assembles complete units from cells in any order. A unit is passed on, and its memory reused, once all its cells have
 * arrived and all earlier units have been passed on. Memory use is small if the cells of a unit are close together.
 */
final class UnitRowAssembler implements CellSink {

    /** Memory per cell of an open unit. */
    static final int BYTES_PER_CELL = 9;

    private static final byte MISSING = -1;
    private static final byte UNSET = -2;

    private final int[] remaining;
    private final int periods;
    private final int covariates;
    private final UnitRows sink;
    private final @Nullable ZeroRows zeros;
    private final @Nullable Row[] open;
    private final Deque<Row> free = new ArrayDeque<>();
    private int nextUnit;

    /**
     * Creates an assembler without cells.
     *
     * @param cells number of cells that will arrive for each unit
     * @param periods number of periods
     * @param covariates number of covariates
     * @param sink receives the units
     * @param zeros fills the cells without a row before, or {@code null}
     */
    UnitRowAssembler(int[] cells, int periods, int covariates, UnitRows sink, @Nullable ZeroRows zeros) {
        this.remaining = cells.clone();
        this.periods = periods;
        this.covariates = covariates;
        this.sink = sink;
        this.zeros = zeros;
        this.open = new Row[cells.length];
    }

    /**
     * Returns the maximum number of units in memory at a time if cells arrive in the order of the rows.
     *
     * @param first row of the first cell of each unit, in increasing order
     * @param last row of the last cell of each unit
     * @return the maximum over all rows
     */
    static int maxOpenUnits(long[] first, long[] last) {
        int max = 0;
        int passedOn = 0;
        long lastOfNext = first.length == 0 ? 0 : last[0];
        for (int unit = 0; unit < first.length; unit++) {
            while (passedOn < unit && lastOfNext < first[unit]) {
                passedOn++;
                lastOfNext = Math.max(lastOfNext, last[passedOn]);
            }
            max = Math.max(max, unit + 1 - passedOn);
        }
        return max;
    }

    @Override
    public void set(int unit, int period, int arm, double outcome, double[] values) {
        Row row = open[unit];
        if (row == null) {
            row = free.isEmpty() ? new Row(periods, covariates) : free.pop();
            open[unit] = row;
        }
        if (remaining[unit] == 0 || row.arms[period] != UNSET) {
            throw new InvalidPanelException("a unit has one outcome per period");
        }
        row.arms[period] = (byte) arm;
        row.outcomes[period] = outcome;
        for (int k = 0; k < covariates; k++) {
            row.covariates[k][period] = values[k];
        }
        remaining[unit]--;
        while (nextUnit < remaining.length && remaining[nextUnit] == 0) {
            passOn(nextUnit++);
        }
    }

    private void passOn(int unit) {
        Row row = open[unit];
        if (row != null) {
            if (zeros != null) {
                zeros.fill(unit, row.arms, row.outcomes, UNSET);
            }
            for (int period = 0; period < periods; period++) {
                if (row.arms[period] == UNSET) {
                    row.arms[period] = MISSING;
                }
            }
            sink.add(row.arms, row.outcomes, row.covariates);
            row.clear();
            free.push(row);
            open[unit] = null;
        }
    }

    /** Returns whether all units have been passed on. */
    boolean isComplete() {
        return nextUnit == remaining.length;
    }

    /** Buffer for the cells of a unit. */
    private static final class Row {
        private final byte[] arms;
        private final double[] outcomes;
        private final double[][] covariates;

        Row(int periods, int covariateCount) {
            covariates = new double[covariateCount][periods];
            arms = new byte[periods];
            outcomes = new double[periods];
            clear();
        }

        void clear() {
            Arrays.fill(arms, UNSET);
            Arrays.fill(outcomes, Double.NaN);
            for (double[] covariate : covariates) {
                Arrays.fill(covariate, Double.NaN);
            }
        }
    }
}
