package io.github.rowwise.internal.pass;

import java.util.List;

/**
 * Random numbers that depend only on the seed and on the names of units and periods.
 *
 * <p>They need no state, do not depend on the order of units and periods, and are the same in each pass.
 */
public final class CellHash {

    private static final long FOLD_SALT = 0x9E3779B97F4A7C15L;

    private final long[] units;
    private final long[] periods;

    public CellHash(long seed, List<String> unitNames, List<String> periodNames) {
        this.units = hashes(mix(seed), unitNames);
        this.periods = hashes(mix(~seed), periodNames);
    }

    private CellHash(long[] units, long[] periods) {
        this.units = units;
        this.periods = periods;
    }

    /**
     * Returns the same numbers for rows in which absent periods are columns.
     *
     * @param columns the column of each period
     * @param width number of columns
     */
    CellHash spaced(int[] columns, int width) {
        long[] spaced = new long[width];
        for (int column = 0; column < width; column++) {
            spaced[column] = mix(FOLD_SALT * (column + 1));
        }
        for (int period = 0; period < columns.length; period++) {
            spaced[columns[period]] = periods[period];
        }
        return new CellHash(units, spaced);
    }

    /** Returns 64 random bits for a cell. Bit c is the sign of the cell in sign-flipped copy c. */
    public long bits(int unit, int period) {
        return mix(units[unit] ^ periods[period]);
    }

    /** Sets {@code target[j]} to {@link #bits(int, int) bits(unit, j)}. */
    public void bits(int unit, long[] target) {
        mixAll(units[unit], periods, target);
    }

    /** Returns the cross-validation fold of a cell, from 0 to folds - 1. It is independent of {@link #bits}. */
    public int fold(int unit, int period, int folds) {
        long bits = mix((units[unit] ^ periods[period]) + FOLD_SALT);
        return (int) (((bits >>> 32) * folds) >>> 32);
    }

    /** Returns a number that is uniform on (-1, 1), for a period and an index. */
    public double uniform(int period, int index) {
        return mix(periods[period] + FOLD_SALT * (index + 1)) * 0x1p-63;
    }

    /** Returns 64 random bits for a unit and an index. */
    public long unitBits(int unit, int index) {
        return mix(units[unit] + FOLD_SALT * (index + 1));
    }

    private static long[] hashes(long seed, List<String> names) {
        long[] hashes = new long[names.size()];
        for (int k = 0; k < hashes.length; k++) {
            long hash = seed;
            String name = names.get(k);
            for (int c = 0; c < name.length(); c++) {
                hash = (hash ^ name.charAt(c)) * 0x100000001B3L;
            }
            hashes[k] = mix(hash);
        }
        return hashes;
    }

    /** Works on its parameters only, so that the compiler vectorises the loop. */
    private static void mixAll(long unit, long[] periods, long[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = mix(unit ^ periods[j]);
        }
    }

    /** Finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195). */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
