package io.github.rowwise.spark.panel;

import io.github.rowwise.engine.ShardRows;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive units of a partition with all their cells, row-major: what Spark caches. Of plain fields and arrays, so that
 * any serialiser of Spark takes it. The arrays are its own from the start and are never changed.
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

    private UnitBlock(
            String[] units,
            int periods,
            double @Nullable [] doubles,
            float @Nullable [] floats,
            byte[] arms,
            long[] cellsPerArm,
            double largestOutcome) {
        this.units = units;
        this.periods = periods;
        this.doubles = doubles;
        this.floats = floats;
        this.arms = arms;
        this.cellsPerArm = cellsPerArm;
        this.largestOutcome = largestOutcome;
    }

    /**
     * Keeps outcomes as doubles.
     *
     * @param units one or more names
     * @param periods m
     * @param outcomes finite; 0 where a cell is missing
     * @param arms below {@code armCount}; {@link ShardRows#MISSING} where a cell is missing
     * @param armCount arms of the whole panel
     */
    public static UnitBlock ofDoubles(String[] units, int periods, double[] outcomes, byte[] arms, int armCount) {
        requireCells(units, periods, outcomes.length, arms.length);
        double largest = 0;
        for (double outcome : outcomes) {
            largest = Math.max(largest, Math.abs(outcome));
        }
        return new UnitBlock(units, periods, outcomes, null, arms, counts(arms, armCount), largest);
    }

    /** Keeps outcomes as floats. */
    static UnitBlock ofFloats(String[] units, int periods, float[] outcomes, byte[] arms, int armCount) {
        requireCells(units, periods, outcomes.length, arms.length);
        double largest = 0;
        for (float outcome : outcomes) {
            largest = Math.max(largest, Math.abs(outcome));
        }
        return new UnitBlock(units, periods, null, outcomes, arms, counts(arms, armCount), largest);
    }

    /** Names, in the order of the rows; shared. */
    public String[] units() {
        return units;
    }

    int periods() {
        return periods;
    }

    /** Observed cells by arm; shared. */
    public long[] cellsPerArm() {
        return cellsPerArm;
    }

    /** The largest absolute outcome, 0 without any. */
    public double largestOutcome() {
        return largestOutcome;
    }

    /**
     * Returns the cells.
     *
     * @param room where floats are widened; good until it is used again
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
