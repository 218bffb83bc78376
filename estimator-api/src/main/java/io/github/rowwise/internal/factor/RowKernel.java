package io.github.rowwise.internal.factor;

import org.jspecify.annotations.Nullable;

/**
 * Sums and products of rows of flat arrays. Without state, so that all threads may use one.
 *
 * <p>Bits choose cells, 32 a word, the lowest first; no bits choose all.
 */
interface RowKernel {

    /** Adds eight rows of a table, {@code ((a + b) + (c + d)) + ((e + f) + (g + h))}. */
    void addEight(double[] target, int at, double[] table, int[] starts, int width);

    /** Adds two rows of a table. */
    void addTwo(double[] target, int at, double[] table, int first, int second, int width);

    /** Adds one row times a factor. */
    void addScaled(double[] target, int at, double[] table, int start, double factor, int width);

    /** Sets one row of a table to the sum of two others. */
    void set(double[] table, int at, int first, int second, int width);

    /** Adds the first rows of a matrix, each times a factor, where a bit is set. */
    void combine(double[] factors, int from, double[][] rows, int count, int @Nullable [] bits, double[] target);

    /** Adds the inner products of a vector, where a bit is set, with the first rows of a matrix. */
    void products(double[] vector, int @Nullable [] bits, double[][] rows, int count, double[] target, int at);

    /**
     * Adds four vectors, each where its bits are set, to the first rows of a matrix, times a factor for each vector and row.
     *
     * @param bits of each vector
     * @param factors by vector; those of the rows begin at {@code from}
     */
    void spread(
            double[][] vectors, int @Nullable [][] bits, double[][] factors, int from, double[][] target, int count);

    /** The inner product of two stretches. */
    double inner(double[] a, int first, double[] b, int second, int length);

    /**
     * Sets three sums over j, of {@code u_j y_j z_j}, {@code v_j y_j z_j} and {@code u_j (y_j z_(j-1) + y_(j-1) z_j)}, with
     * {@code z = y - 2 fit}.
     */
    void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target);
}
