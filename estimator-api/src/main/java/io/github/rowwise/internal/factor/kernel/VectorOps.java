package io.github.rowwise.internal.factor.kernel;

/**
 * Sums and products of rows of flat arrays. Without state, so that all threads may use one.
 *
 * <p>Bits choose cells, 32 a word, the lowest first.
 */
interface VectorOps {

    /** Adds eight rows of a table, {@code ((a + b) + (c + d)) + ((e + f) + (g + h))}. */
    void addEight(double[] target, int at, double[] table, int[] starts, int width);

    /** Adds four rows of a table, {@code (a + b) + (c + d)}. */
    void addFour(double[] target, int at, double[] table, int[] starts, int width);

    /** Adds one row times a factor. */
    void addScaled(double[] target, int at, double[] table, int start, double factor, int width);

    /** Adds the products, entry by entry, of two rows and a sign. */
    void addProduct(double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width);

    /** Sets 15 rows from the second on to the sums over the subsets of four rows of a table; a bit for each, the first lowest. */
    void subsets(double[] table, int[] starts, double[] target, int at, int width);

    /**
     * Adds the fit of one unit's coefficients: the first rows of a matrix, each times a level; and for each arm from the second
     * on, where its bits are set, the first rows times that arm's effects.
     *
     * @param coefficients the levels, and the effects of an arm after the other, from {@code from} on
     * @param bits of each arm
     */
    void combine(
            double[] coefficients, int from, int levels, int effects, double[][] rows, int[][] bits, double[] target);

    /**
     * The transpose of {@link #combine}: adds the inner products of a vector with the first rows of a matrix; and for each arm
     * from the second on, of where its bits are set.
     *
     * @param target the products of the levels, and those of the effects of an arm after the other
     */
    void project(double[] vector, double[][] rows, int levels, int effects, int[][] bits, double[] target);

    /** The sum of a vector where a bit is set. */
    double sum(double[] vector, int[] bits);

    /** Sets a target to a vector where a bit is set, and to 0 elsewhere. */
    void select(double[] vector, int[] bits, double[] target);

    /**
     * Adds four vectors to the first rows of a matrix, times a factor for each vector and row.
     *
     * @param factors by vector; those of the rows begin at {@code from}
     */
    void spread(double[][] vectors, double[][] factors, int from, double[][] target, int count);

    /** Sets a target to each value from the second on less a share of the one before it. */
    void subtractBefore(double[] values, double share, double[] target);

    /** Sets a target to {@code u_j x_j - share v_j x_(j+1)}, the last to its first part. */
    void weightAfter(double[] u, double[] v, double share, double[] x, double[] target);

    /** The inner product of two stretches. */
    double inner(double[] a, int first, double[] b, int second, int length);

    /**
     * Sets three sums over j, of {@code u_j y_j z_j}, {@code v_j y_j z_j} and {@code u_j (y_j z_(j-1) + y_(j-1) z_j)}, with
     * {@code z = y - 2 fit}.
     */
    void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target);
}
