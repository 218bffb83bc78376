package io.github.rowwise.internal.factor.kernel;

/**
 * Sums and products of rows of flat arrays. Implementations have no state and are thread-safe.
 *
 * <p>A row is given by an array and an index. Sets of cells are {@link BitMasks}.
 */
public interface VectorOps {

    /** Adds eight rows of a table, {@code ((a + b) + (c + d)) + ((e + f) + (g + h))}. */
    void addEight(double[] target, int at, double[] table, int[] starts, int width);

    /** Adds four rows of a table, {@code (a + b) + (c + d)}. */
    void addFour(double[] target, int at, double[] table, int[] starts, int width);

    /** Adds a row times a factor. */
    void addScaled(double[] target, int at, double[] table, int start, double factor, int width);

    /** Adds the entrywise product of two rows and a sign. */
    void addProduct(double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width);

    /**
     * Computes the sums over the 15 nonempty subsets of four rows of a table. The sum of subset s is row s of the target; bit
     * k of s selects row k.
     */
    void subsets(double[] table, int[] starts, double[] target, int at, int width);

    /**
     * Adds the fit of the coefficients of one unit: the first rows of a matrix, each times its baseline coefficient, and for
     * each arm except the first, in the cells of that arm, the first rows times the arm's effects.
     *
     * @param coefficients from index {@code from}: the baseline coefficients, then the effects arm by arm
     * @param levels number of baseline coefficients
     * @param effects number of effects per arm
     * @param bits the cells of each arm
     */
    void combine(
            double[] coefficients, int from, int levels, int effects, double[][] rows, int[][] bits, double[] target);

    /**
     * The transpose of {@link #combine}: adds the inner products of a vector with the first rows of a matrix, and for each
     * arm except the first, the inner products over the cells of that arm.
     *
     * @param target the products for the baseline coefficients, then those for the effects arm by arm
     */
    void project(double[] vector, double[][] rows, int levels, int effects, int[][] bits, double[] target);

    /** Returns the sum of the entries whose bit is set. */
    double sum(double[] vector, int[] bits);

    /** Copies the entries whose bit is set, and sets the others to 0. */
    void select(double[] vector, int[] bits, double[] target);

    /**
     * Adds linear combinations of four vectors to the first rows of a matrix.
     *
     * @param factors by vector, and from index {@code from} by row of the matrix
     */
    void spread(double[][] vectors, double[][] factors, int from, double[][] target, int count);

    /** Computes {@code values_j - share values_(j-1)} for every j except the first. */
    void subtractBefore(double[] values, double share, double[] target);

    /** Computes {@code u_j x_j - share v_j x_(j+1)}; the last entry is {@code u_j x_j}. */
    void weightAfter(double[] u, double[] v, double share, double[] x, double[] target);

    /** Returns the inner product of two slices. */
    double inner(double[] a, int first, double[] b, int second, int length);

    /**
     * Computes three sums over j: of {@code u_j y_j z_j}, of {@code v_j y_j z_j} and of
     * {@code u_j (y_j z_(j-1) + y_(j-1) z_j)}, with {@code z = y - 2 fit}.
     */
    void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target);
}
