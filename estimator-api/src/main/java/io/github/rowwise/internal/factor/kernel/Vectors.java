package io.github.rowwise.internal.factor.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Sums of rows of flat arrays, in the order given: what a pass over the panel consists of. With the JDK's vector API where the
 * JVM was started with {@code --add-modules jdk.incubator.vector}, in plain Java elsewhere; a JVM always gives the same kernel.
 */
public final class Vectors {

    /** Never changes, so that the compiler sees through it. */
    private static final VectorOps KERNEL = kernel();

    /** Ones and zeros for each byte of eight bits, the lowest first. */
    static final double[] MEMBERS = new double[Byte.SIZE << Byte.SIZE];

    static {
        for (int k = 0; k < MEMBERS.length; k++) {
            MEMBERS[k] = ((k / Byte.SIZE) >>> (k % Byte.SIZE)) & 1;
        }
    }

    private Vectors() {}

    /** Where the {@link #MEMBERS} of the eight bits from a multiple of eight on begin. */
    static int members(int[] bits, int first) {
        return ((bits[first / CellBits.WORD] >>> first) & 0xFF) * Byte.SIZE;
    }

    /** The class is named and not referred to, because it does not load without the module. */
    private static VectorOps kernel() {
        Optional<Module> vectors = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (vectors.isEmpty()) {
            return new ScalarVectorOps();
        }
        Vectors.class.getModule().addReads(vectors.get());
        try {
            Class<?> kernel = Class.forName("io.github.rowwise.internal.factor.kernel.SimdVectorOps");
            return (VectorOps) MethodHandles.lookup()
                    .findConstructor(kernel, MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            // A later JDK may change what is still an incubating API.
            return new ScalarVectorOps();
        }
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

    /** Adds one row times a factor. */
    public static void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        KERNEL.addScaled(target, at, table, start, factor, width);
    }

    public static void add(double[] target, double[] more) {
        KERNEL.addScaled(target, 0, more, 0, 1, target.length);
    }

    /** Adds the products, entry by entry, of two rows and a sign. */
    static void addProduct(
            double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width) {
        KERNEL.addProduct(target, at, sign, a, first, b, second, width);
    }

    /** Sets 15 rows from the second on to the sums over the subsets of four rows of a table. */
    static void subsets(double[] table, int[] starts, double[] target, int at, int width) {
        KERNEL.subsets(table, starts, target, at, width);
    }

    /** Adds the fit of one unit's coefficients; see {@link VectorOps#combine}. */
    public static void combine(
            double[] coefficients, int from, Dimensions size, double[][] rows, CellBits bits, double[] target) {
        KERNEL.combine(coefficients, from, size.levels(), size.effects(), rows, bits.byArm(), target);
    }

    /** Adds the products that one unit's coefficients go with; see {@link VectorOps#project}. */
    public static void project(double[] vector, Dimensions size, double[][] rows, CellBits bits, double[] target) {
        KERNEL.project(vector, rows, size.levels(), size.effects(), bits.byArm(), target);
    }

    /** The sum of a vector where a bit is set. */
    public static double sum(double[] vector, int[] bits) {
        return KERNEL.sum(vector, bits);
    }

    /** Sets a target to a vector where a bit is set, and to 0 elsewhere. */
    public static void select(double[] vector, int[] bits, double[] target) {
        KERNEL.select(vector, bits, target);
    }

    /** Adds four vectors to the first rows of a matrix, times a factor for each vector and row. */
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

    /** The inner product of two stretches. */
    public static double inner(double[] a, int first, double[] b, int second, int length) {
        return KERNEL.inner(a, first, b, second, length);
    }
}
