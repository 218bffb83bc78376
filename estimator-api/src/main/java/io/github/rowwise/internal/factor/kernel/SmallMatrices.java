package io.github.rowwise.internal.factor.kernel;

/** Products of small row-major matrices. */
public final class SmallMatrices {

    private SmallMatrices() {}

    /** a (rows x inner) times b (inner x columns). */
    public static double[] times(double[] a, double[] b, int rows, int inner, int columns) {
        double[] c = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                double factor = a[i * inner + k];
                for (int j = 0; j < columns; j++) {
                    c[i * columns + j] += factor * b[k * columns + j];
                }
            }
        }
        return c;
    }

    public static double[] transposed(double[] a, int rows, int columns) {
        double[] t = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t[j * rows + i] = a[i * columns + j];
            }
        }
        return t;
    }

    /** t' a t, made symmetric to the last bit. */
    public static double[] congruence(double[] t, double[] a, int n) {
        return symmetric(times(transposed(t, n, n), times(a, t, n, n, n), n, n, n), n);
    }

    public static double[] symmetric(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (a[i * n + j] + a[j * n + i]) / 2;
                a[i * n + j] = mean;
                a[j * n + i] = mean;
            }
        }
        return a;
    }

    /** x' a y. */
    public static double form(double[] x, double[] a, double[] y, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += a[i * n + j] * y[j];
            }
            sum += x[i] * row;
        }
        return sum;
    }

    /** The sum of the products of two matrices' entries, the trace of their product where one is symmetric. */
    public static double inner(double[] a, double[] b) {
        return Vectors.inner(a, b);
    }

    public static double[] identity(int n) {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 1;
        }
        return a;
    }

    public static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
