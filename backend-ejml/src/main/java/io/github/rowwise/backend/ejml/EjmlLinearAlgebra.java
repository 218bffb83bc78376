package io.github.rowwise.backend.ejml;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.EjmlVersion;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The small dense operations with EJML. The tile is the default one, which is faster than EJML's own products.
 *
 * <p>EJML stores matrices like {@link DenseMatrix}, but without a stride. Its factorisations square the entries. They
 * therefore work on a copy that is scaled by a power of two, which causes no rounding error.
 */
final class EjmlLinearAlgebra implements LinearAlgebra {

    static final String NAME = "ejml";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        try {
            // Read at run time, because the compiler would inline the constant of the version it compiles against.
            return (String) EjmlVersion.class.getField("VERSION").get(null);
        } catch (ReflectiveOperationException e) {
            return "";
        }
    }

    @Override
    public void multiply(
            double alpha,
            DenseMatrix a,
            boolean transposeA,
            DenseMatrix b,
            boolean transposeB,
            double beta,
            DenseMatrix c) {
        DMatrixRMaj left = operand(a);
        DMatrixRMaj right = operand(b);
        DMatrixRMaj product = new DMatrixRMaj(c.rows(), c.columns());
        if (transposeA && transposeB) {
            CommonOps_DDRM.multTransAB(alpha, left, right, product);
        } else if (transposeA) {
            CommonOps_DDRM.multTransA(alpha, left, right, product);
        } else if (transposeB) {
            CommonOps_DDRM.multTransB(alpha, left, right, product);
        } else {
            CommonOps_DDRM.mult(alpha, left, right, product);
        }
        double[] values = c.values();
        for (int row = 0; row < c.rows(); row++) {
            int start = c.rowStart(row);
            for (int column = 0; column < c.columns(); column++) {
                double entry = product.data[row * c.columns() + column];
                values[start + column] = beta == 0 ? entry : Math.fma(beta, values[start + column], entry);
            }
        }
    }

    @Override
    public Svd svd(DenseMatrix a) {
        DMatrixRMaj scaled = copy(a);
        double scale = scale(scaled);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.rows(), a.columns(), true, true, true);
        if (!svd.decompose(scaled)) {
            throw notConverged("singular value", a);
        }
        int k = svd.numberOfSingularValues();
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj right = svd.getV(null, false);
        double[] values = svd.getSingularValues();
        SingularOps_DDRM.descendingOrder(left, false, values, k, right, false);
        double[] singularValues = new double[k];
        for (int i = 0; i < k; i++) {
            singularValues[i] = values[i] / scale;
        }
        return new Svd(matrix(left), singularValues, matrix(right));
    }

    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix a) {
        DMatrixRMaj scaled = copy(a);
        double scale = scale(scaled);
        int n = a.rows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(scaled)) {
            throw notConverged("eigen", a);
        }
        double[] unordered = IntStream.range(0, n)
                .mapToDouble(k -> eigen.getEigenvalue(k).getReal())
                .toArray();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -unordered[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        DenseMatrix vectors = DenseMatrix.zeros(n, n);
        for (int k = 0; k < n; k++) {
            values[k] = unordered[order[k]] / scale;
            double[] vector = eigen.getEigenVector(order[k]).data;
            for (int row = 0; row < n; row++) {
                vectors.set(row, k, vector[row]);
            }
        }
        return new SymmetricEigen(values, vectors);
    }

    @Override
    public Qr qr(DenseMatrix a) {
        DMatrixRMaj scaled = copy(a);
        double scale = scale(scaled);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(a.rows(), a.columns());
        // The returned false only reports rank deficiency; the factors are correct.
        qr.decompose(scaled);
        DMatrixRMaj triangular = qr.getR(null, true);
        CommonOps_DDRM.divide(triangular, scale);
        return new Qr(matrix(qr.getQ(null, true)), matrix(triangular));
    }

    /** Shares the array if it starts with the matrix and has no stride; EJML only reads it. */
    private static DMatrixRMaj operand(DenseMatrix a) {
        return a.offset() == 0 && a.stride() == a.columns()
                ? DMatrixRMaj.wrap(a.rows(), a.columns(), a.values())
                : copy(a);
    }

    private static DMatrixRMaj copy(DenseMatrix a) {
        return DMatrixRMaj.wrap(a.rows(), a.columns(), a.copy().values());
    }

    /** Scales the matrix so that its largest entry is between 1 and 2, and returns the factor, a power of two. */
    private static double scale(DMatrixRMaj a) {
        double largest = CommonOps_DDRM.elementMaxAbs(a);
        double scale = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
        CommonOps_DDRM.scale(scale, a);
        return scale;
    }

    private static DenseMatrix matrix(DMatrixRMaj a) {
        return DenseMatrix.wrap(a.data, a.numRows, a.numCols);
    }

    private static ArithmeticException notConverged(String decomposition, DenseMatrix a) {
        return new ArithmeticException("EJML's " + decomposition + " decomposition of a " + a.rows() + " x "
                + a.columns() + " matrix did not converge; are all its entries finite?");
    }
}
