package io.github.rowwise.internal.factor.kernel;

/**
 * Arrays in which each eighth number from {@link #FIRST} on begins a cache line, so that loading or storing eight of them never
 * touches two lines: that costs twice the time.
 *
 * <p>Java says nothing of where an array lies. But G1, the default collector, begins a region of its own for an array that fills
 * more than half of one, and the numbers follow a header of 16 bytes. So these arrays are at least that long where regions have
 * up to 2 MiB, which they have by default up to some 16 GiB of heap. Elsewhere they lie anywhere, as arrays do, and all that is
 * lost is time.
 */
public final class CacheLines {

    public static final int FIRST = 6;

    private static final int LEAST_BYTES = 1 << 20;

    private CacheLines() {}

    /**
     * Makes room for some numbers from {@link #FIRST} on.
     *
     * @param isWorthIt false where the numbers are used so little that an array of no more than their number is faster
     */
    public static double[] doubles(int count, boolean isWorthIt) {
        return new double[isWorthIt ? Math.max(FIRST + count, LEAST_BYTES / Double.BYTES) : FIRST + count];
    }
}
