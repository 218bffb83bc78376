package io.github.rowwise.internal.factor.kernel;

import io.github.rowwise.linalg.Kernels;

/**
 * The {@link VectorOps} of this JVM, for use in passes over the panel: those of an installed {@link VectorOpsProvider}, or
 * plain Java. A JVM always uses the same ones.
 */
public final class Vectors {

    /** A constant, so that the JIT compiler inlines its methods. */
    private static final VectorOps KERNEL = kernel();

    private Vectors() {}

    private static VectorOps kernel() {
        return Kernels.installed().orElse(null) instanceof VectorOpsProvider provider
                ? provider.newVectorOps()
                : new ScalarVectorOps();
    }

    /** Adds eight rows of a table. */
    static void addEight(double[] target, int at, double[] table, int[] starts, int width) {
        KERNEL.addEight(target, at, table, starts, width);
    }

    /** Adds four rows of a table. */
    static void addFour(double[] target, int at, double[] table, int[] starts, int width) {
        KERNEL.addFour(target, at, table, starts, width);
    }

    public static void add(double[] target, int at, double[] table, int start, int width) {
        KERNEL.addScaled(target, at, table, start, 1, width);
    }

    public static void subtract(double[] target, int at, double[] table, int start, int width) {
        KERNEL.addScaled(target, at, table, start, -1, width);
    }

    /** Adds a row times a factor. */
    public static void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        KERNEL.addScaled(target, at, table, start, factor, width);
    }

    public static void add(double[] target, double[] more) {
        KERNEL.addScaled(target, 0, more, 0, 1, target.length);
    }

    /** Adds the entrywise product of two rows and a sign. */
    static void addProduct(
            double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width) {
        KERNEL.addProduct(target, at, sign, a, first, b, second, width);
    }

    /** See {@link VectorOps#subsets}. */
    static void subsets(double[] table, int[] starts, double[] target, int at, int width) {
        KERNEL.subsets(table, starts, target, at, width);
    }

    /** Adds the fit of the coefficients of one unit; see {@link VectorOps#combine}. */
    public static void combine(
            double[] coefficients, int from, Dimensions size, double[][] rows, int[][] bitsByArm, double[] target) {
        KERNEL.combine(coefficients, from, size.levels(), size.effects(), rows, bitsByArm, target);
    }

    /** Adds the products of a vector with the regressors of one unit; see {@link VectorOps#project}. */
    public static void project(double[] vector, Dimensions size, double[][] rows, int[][] bitsByArm, double[] target) {
        KERNEL.project(vector, rows, size.levels(), size.effects(), bitsByArm, target);
    }

    /** Returns the sum of the entries whose bit is set. */
    public static double sum(double[] vector, int[] bits) {
        return KERNEL.sum(vector, bits);
    }

    /** Copies the entries whose bit is set, and sets the others to 0. */
    public static void select(double[] vector, int[] bits, double[] target) {
        KERNEL.select(vector, bits, target);
    }

    /** See {@link VectorOps#spread}. */
    public static void spread(double[][] vectors, double[][] factors, int from, double[][] target, int count) {
        KERNEL.spread(vectors, factors, from, target, count);
    }

    /** See {@link VectorOps#residuals}. */
    public static void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target) {
        KERNEL.residuals(y, fit, u, v, target);
    }

    /** See {@link VectorOps#subtractBefore}. */
    static void subtractBefore(double[] values, double share, double[] target) {
        KERNEL.subtractBefore(values, share, target);
    }

    /** See {@link VectorOps#weightAfter}. */
    public static void weightAfter(double[] u, double[] v, double share, double[] x, double[] target) {
        KERNEL.weightAfter(u, v, share, x, target);
    }

    public static double inner(double[] a, double[] b) {
        return KERNEL.inner(a, 0, b, 0, a.length);
    }

    /** Returns the inner product of two slices. */
    public static double inner(double[] a, int first, double[] b, int second, int length) {
        return KERNEL.inner(a, first, b, second, length);
    }
}
