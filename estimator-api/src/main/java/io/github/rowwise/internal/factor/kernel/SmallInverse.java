package io.github.rowwise.internal.factor.kernel;

/** Inverse and determinant of a small square matrix, row-major, by elimination with the largest pivot of a column. */
public final class SmallInverse {

    private SmallInverse() {}

    public static double[] of(double[] matrix, int n) {
        double[] inverse = SmallMatrices.identity(n);
        eliminate(matrix.clone(), inverse, n);
        return inverse;
    }

    public static double logAbsoluteDeterminant(double[] matrix, int n) {
        return eliminate(matrix.clone(), SmallMatrices.identity(n), n);
    }

    private static double eliminate(double[] a, double[] inverse, int n) {
        double logDeterminant = 0;
        for (int j = 0; j < n; j++) {
            int best = j;
            for (int i = j + 1; i < n; i++) {
                best = Math.abs(a[i * n + j]) > Math.abs(a[best * n + j]) ? i : best;
            }
            swap(a, n, j, best);
            swap(inverse, n, j, best);
            double pivot = a[j * n + j];
            logDeterminant += Math.log(Math.abs(pivot));
            for (int c = 0; c < n; c++) {
                a[j * n + c] /= pivot;
                inverse[j * n + c] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i * n + j];
                for (int c = 0; c < n && i != j; c++) {
                    a[i * n + c] -= factor * a[j * n + c];
                    inverse[i * n + c] -= factor * inverse[j * n + c];
                }
            }
        }
        return logDeterminant;
    }

    private static void swap(double[] a, int n, int first, int second) {
        for (int c = 0; c < n && first != second; c++) {
            double held = a[first * n + c];
            a[first * n + c] = a[second * n + c];
            a[second * n + c] = held;
        }
    }
}
