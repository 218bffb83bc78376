package io.github.rowwise.internal.pass;

import java.util.Arrays;

/** Merges of plain arrays: each adds the later to the earlier, in place. */
public final class Sums {

    private Sums() {}

    /** Entry by entry. */
    public static double[] add(double[] sum, double[] more) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += more[k];
        }
        return sum;
    }

    /** Row by row. */
    public static double[][] add(double[][] sum, double[][] more) {
        for (int k = 0; k < sum.length; k++) {
            add(sum[k], more[k]);
        }
        return sum;
    }

    /** The larger of each pair of entries. */
    public static double[] max(double[] largest, double[] more) {
        for (int k = 0; k < largest.length; k++) {
            largest[k] = Math.max(largest[k], more[k]);
        }
        return largest;
    }

    /** The later entries behind the earlier ones. */
    public static double[] append(double[] first, double[] more) {
        double[] both = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, both, first.length, more.length);
        return both;
    }
}
