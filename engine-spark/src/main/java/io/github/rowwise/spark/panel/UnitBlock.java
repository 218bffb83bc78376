package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive units of a partition with all their cells, row-major; Spark caches these. It has plain fields and arrays, so that
 * every serialiser of Spark supports it. It takes over the arrays, which must not change.
 */
public final class UnitBlock implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String[] units;
    private final int periods;
    private final double @Nullable [] doubles;
    private final float @Nullable [] floats;
    private final byte[] arms;
    private final long[] cellsPerArm;
    private final double largestOutcome;
    private final int zeroRows;

    private UnitBlock(
            String[] units,
            int periods,
            double @Nullable [] doubles,
            float @Nullable [] floats,
            byte[] arms,
            long[] cellsPerArm,
            double largestOutcome,
            int zeroRows) {
        this.units = units;
        this.periods = periods;
        this.doubles = doubles;
        this.floats = floats;
        this.arms = arms;
        this.cellsPerArm = cellsPerArm;
        this.largestOutcome = largestOutcome;
        this.zeroRows = zeroRows;
    }

    /**
     * Creates a block with outcomes as doubles.
     *
     * @param units names of one or more units
     * @param periods number of periods
     * @param outcomes finite outcomes; 0 if a cell is missing
     * @param arms arms below {@code armCount}; {@link ShardRows#MISSING} if a cell is missing
     * @param armCount number of arms of the panel
     */
    public static UnitBlock ofDoubles(String[] units, int periods, double[] outcomes, byte[] arms, int armCount) {
        requireCells(units, periods, outcomes.length, arms.length);
        double largest = 0;
        for (double outcome : outcomes) {
            largest = Math.max(largest, Math.abs(outcome));
        }
        return new UnitBlock(units, periods, outcomes, null, arms, counts(arms, armCount), largest, 0);
    }

    /** Creates a block with outcomes as floats. */
    static UnitBlock ofFloats(String[] units, int periods, float[] outcomes, byte[] arms, int armCount) {
        requireCells(units, periods, outcomes.length, arms.length);
        double largest = 0;
        for (float outcome : outcomes) {
            largest = Math.max(largest, Math.abs(outcome));
        }
        return new UnitBlock(units, periods, null, outcomes, arms, counts(arms, armCount), largest, 0);
    }

    /** Returns a block of the same cells, some of which had no row and count as an outcome of 0. */
    UnitBlock withZeroRows(int number) {
        return new UnitBlock(units, periods, doubles, floats, arms, cellsPerArm, largestOutcome, number);
    }

    /** Returns the names in the order of the rows; not a copy. */
    public String[] units() {
        return units;
    }

    int periods() {
        return periods;
    }

    /** Returns the number of observed cells by arm; not a copy. */
    public long[] cellsPerArm() {
        return cellsPerArm;
    }

    /** Returns the number of cells without a row that count as an outcome of 0. */
    int zeroRows() {
        return zeroRows;
    }

    /** Returns the largest absolute outcome, 0 without any. */
    public double largestOutcome() {
        return largestOutcome;
    }

    /**
     * Returns the cells.
     *
     * @param room buffer for widened floats; the result is valid until the next use of the buffer
     */
    public ShardRows rows(Room room) {
        if (doubles != null) {
            return new ShardRows(doubles, arms);
        }
        if (floats == null) {
            throw new IllegalStateException("a block without outcomes");
        }
        double[] wide = room.of(floats.length);
        for (int i = 0; i < wide.length; i++) {
            wide[i] = floats[i];
        }
        return new ShardRows(wide, arms);
    }

    private static long[] counts(byte[] arms, int armCount) {
        long[] counts = new long[armCount];
        for (byte arm : arms) {
            if (arm != ShardRows.MISSING) {
                counts[arm]++;
            }
        }
        return counts;
    }

    private static void requireCells(String[] units, int periods, int outcomes, int arms) {
        long cells = (long) units.length * periods;
        if (units.length == 0 || outcomes != cells || arms != cells) {
            throw new IllegalArgumentException(units.length + " units by " + periods + " periods with " + outcomes
                    + " outcomes and " + arms + " arms: give one of each a cell, and one unit or more");
        }
    }

    /** A buffer for widened outcomes, kept from block to block. */
    public static final class Room {

        private double[] wide = new double[0];

        private double[] of(int length) {
            if (wide.length != length) {
                wide = new double[length];
            }
            return wide;
        }
    }
}
