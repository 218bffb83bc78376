package io.github.rowwise.internal.pass;

import java.util.Arrays;

/** Functions that merge arrays: each adds the second argument to the first, in place. */
public final class Sums {

    private Sums() {}

    /** Adds entry by entry. */
    public static double[] add(double[] sum, double[] more) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += more[k];
        }
        return sum;
    }

    /** Adds row by row. */
    public static double[][] add(double[][] sum, double[][] more) {
        for (int k = 0; k < sum.length; k++) {
            add(sum[k], more[k]);
        }
        return sum;
    }

    /** Takes the larger of each pair of entries. */
    public static double[] max(double[] largest, double[] more) {
        for (int k = 0; k < largest.length; k++) {
            largest[k] = Math.max(largest[k], more[k]);
        }
        return largest;
    }

    /** Returns the entries of both arrays, one after the other. */
    public static double[] append(double[] first, double[] more) {
        double[] both = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, both, first.length, more.length);
        return both;
    }
}
