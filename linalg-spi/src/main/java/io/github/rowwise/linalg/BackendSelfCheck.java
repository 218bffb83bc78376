package io.github.rowwise.linalg;

import java.util.Locale;
import java.util.Optional;

/**
 * Quick check that a backend's results are correct on this processor.
 *
 * <p>A native library can load, run and return wrong factorisations without an error: OpenBLAS 0.3.19 does so on
 * AVX-512 processors. For native code the matrix is large enough for the blocked code of such libraries. Java code gives the
 * same results on every processor, so a small matrix shows whether it works. The large one would take a quarter of the time that
 * a small panel takes from the start of the program.
 */
final class BackendSelfCheck {

    private static final double TOLERANCE = 1e-10;

    private BackendSelfCheck() {}

    /** Returns a description of the first wrong result; empty if all are correct. */
    static Optional<String> failure(LinearAlgebra algebra, boolean usesNativeCode) {
        return usesNativeCode ? failure(algebra, matrix(200, 130)) : failure(algebra, matrix(40, 26));
    }

    private static Optional<String> failure(LinearAlgebra algebra, DenseMatrix a) {
        DenseMatrix gram = plainProduct(a, true, a, false);

        DenseMatrix product = DenseMatrix.zeros(a.columns(), a.columns());
        algebra.multiply(1, a, true, a, false, 0, product);
        double productResidual = relativeDistance(product, gram);
        if (!(productResidual <= TOLERANCE)) {
            return wrong(a, "product", productResidual);
        }

        Qr qr = algebra.qr(a);
        double qrResidual = Math.max(
                relativeDistance(plainProduct(qr.orthogonal(), false, qr.triangular(), false), a),
                distanceFromOrthonormal(qr.orthogonal()));
        if (!(qrResidual <= TOLERANCE)) {
            return wrong(a, "QR", qrResidual);
        }

        Svd svd = algebra.svd(a);
        double svdResidual = Math.max(
                relativeDistance(
                        plainProduct(scaleColumns(svd.left(), svd.singularValues()), false, svd.right(), true), a),
                Math.max(distanceFromOrthonormal(svd.left()), distanceFromOrthonormal(svd.right())));
        if (!(svdResidual <= TOLERANCE)) {
            return wrong(a, "SVD", svdResidual);
        }

        SymmetricEigen eigen = algebra.symmetricEigen(gram);
        double eigenResidual = Math.max(
                relativeDistance(
                        plainProduct(scaleColumns(eigen.vectors(), eigen.values()), false, eigen.vectors(), true),
                        gram),
                distanceFromOrthonormal(eigen.vectors()));
        if (!(eigenResidual <= TOLERANCE)) {
            return wrong(a, "symmetric eigendecomposition", eigenResidual);
        }

        double tileResidual = tileResidual(algebra, a);
        return tileResidual <= TOLERANCE ? Optional.empty() : wrong(a, "tile product", tileResidual);
    }

    private static Optional<String> wrong(DenseMatrix a, String operation, double residual) {
        return Optional.of(String.format(
                Locale.ROOT,
                "returns wrong results: the %s of a %d x %d matrix has a relative residual of %.1e, above %.0e",
                operation,
                a.rows(),
                a.columns(),
                residual,
                TOLERANCE));
    }

    private static double tileResidual(LinearAlgebra algebra, DenseMatrix a) {
        try (Tile tile = algebra.newTile(a.columns())) {
            int rows = Math.min(tile.rows(), a.rows());
            DenseMatrix part = a.rowRange(0, rows);
            for (int row = 0; row < rows; row++) {
                tile.setRow(row, a.values(), a.rowStart(row));
            }
            DenseMatrix factors = matrix(7, a.columns());
            DenseMatrix product = DenseMatrix.zeros(rows, 7);
            tile.product(rows, factors, product);
            DenseMatrix sum = DenseMatrix.zeros(7, a.columns());
            tile.addTransposedProduct(rows, product, sum);
            DenseMatrix expected = plainProduct(part, false, factors, true);
            return Math.max(
                    relativeDistance(product, expected),
                    relativeDistance(sum, plainProduct(expected, true, part, false)));
        }
    }

    /** Returns a full-rank matrix without structure: fractional parts of multiples of the golden ratio. */
    private static DenseMatrix matrix(int rows, int columns) {
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        double[] values = matrix.values();
        for (int k = 0; k < values.length; k++) {
            double multiple = (k + 1.0) * (k % 17 + 1) * 0.6180339887498949;
            values[k] = multiple - Math.floor(multiple) - 0.5;
        }
        return matrix;
    }

    private static DenseMatrix scaleColumns(DenseMatrix matrix, double[] factors) {
        DenseMatrix scaled = matrix.copy();
        for (int i = 0; i < scaled.rows(); i++) {
            for (int j = 0; j < scaled.columns(); j++) {
                scaled.set(i, j, scaled.get(i, j) * factors[j]);
            }
        }
        return scaled;
    }

    private static DenseMatrix plainProduct(DenseMatrix a, boolean transposeA, DenseMatrix b, boolean transposeB) {
        int rows = transposeA ? a.columns() : a.rows();
        int inner = transposeA ? a.rows() : a.columns();
        int columns = transposeB ? b.rows() : b.columns();
        double[] left = rowMajor(a, transposeA);
        double[] right = rowMajor(b, transposeB);
        DenseMatrix c = DenseMatrix.zeros(rows, columns);
        double[] values = c.values();
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                addScaled(values, i * columns, left[i * inner + k], right, k * columns, columns);
            }
        }
        return c;
    }

    /** A method of its own, so that it is compiled early in a new JVM. */
    private static void addScaled(double[] target, int at, double factor, double[] row, int start, int length) {
        for (int j = 0; j < length; j++) {
            target[at + j] += factor * row[start + j];
        }
    }

    private static double[] rowMajor(DenseMatrix matrix, boolean transpose) {
        int rows = transpose ? matrix.columns() : matrix.rows();
        int columns = transpose ? matrix.rows() : matrix.columns();
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = transpose ? matrix.get(j, i) : matrix.get(i, j);
            }
        }
        return values;
    }

    private static double distanceFromOrthonormal(DenseMatrix q) {
        DenseMatrix identity = DenseMatrix.zeros(q.columns(), q.columns());
        for (int j = 0; j < q.columns(); j++) {
            identity.set(j, j, 1);
        }
        return relativeDistance(plainProduct(q, true, q, false), identity);
    }

    /** Returns the Frobenius distance relative to the norm of the second matrix; infinite if the shapes differ. */
    private static double relativeDistance(DenseMatrix a, DenseMatrix b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < b.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                double d = a.get(i, j) - b.get(i, j);
                difference += d * d;
                norm += b.get(i, j) * b.get(i, j);
            }
        }
        return Math.sqrt(difference / norm);
    }
}
