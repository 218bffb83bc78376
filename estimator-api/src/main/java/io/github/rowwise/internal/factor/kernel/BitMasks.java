package io.github.rowwise.internal.factor.kernel;

/** Sets of periods as bits, 32 periods per word, the first period in the lowest bit; and the same as numbers 0 and 1. */
public final class BitMasks {

    private static final double[] MEMBERS = new double[Byte.SIZE << Byte.SIZE];

    static {
        for (int k = 0; k < MEMBERS.length; k++) {
            MEMBERS[k] = ((k / Byte.SIZE) >>> (k % Byte.SIZE)) & 1;
        }
    }

    private BitMasks() {}

    /** Returns eight numbers, 1 or 0, for each of the 256 values of a byte, the lowest bit first; a shared array. */
    public static double[] membersByByte() {
        return MEMBERS;
    }

    /** Returns the index in {@link #membersByByte} of the eight periods that start at {@code first}, a multiple of 8. */
    public static int index(int[] bits, int first) {
        return ((bits[first / Integer.SIZE] >>> first) & 0xFF) * Byte.SIZE;
    }

    public static boolean isMember(int[] bits, int period) {
        return ((bits[period / Integer.SIZE] >>> period) & 1) != 0;
    }
}
