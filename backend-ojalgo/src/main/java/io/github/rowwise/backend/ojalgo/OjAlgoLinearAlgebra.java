package io.github.rowwise.backend.ojalgo;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.lang.module.ModuleDescriptor;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * The small dense operations with ojAlgo. The tile is the default one, which is faster than ojAlgo's own products.
 *
 * <p>ojAlgo stores matrices in column-major order, so the array of a {@link DenseMatrix} is the transposed matrix to ojAlgo.
 * Its factorisations square the entries. They therefore work on a copy that is scaled by a power of two, which causes no
 * rounding error.
 */
final class OjAlgoLinearAlgebra implements LinearAlgebra {

    static final String NAME = "ojalgo";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        // On the module path ojAlgo does not know its version, because packages of modules have no manifest.
        ModuleDescriptor module = OjAlgoUtils.class.getModule().getDescriptor();
        return module == null ? OjAlgoUtils.getVersion() : module.rawVersion().orElseGet(OjAlgoUtils::getVersion);
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
        if (c.rows() == 0 || c.columns() == 0) {
            return; // ojAlgo does not support empty matrices.
        }
        // c' = op(b)' op(a)'. Operands are copied, because ojAlgo is four times slower with transposed views.
        R064Store product = R064Store.FACTORY.make(c.columns(), c.rows());
        if (a.rows() > 0 && a.columns() > 0) {
            product.fillByMultiplying(
                    transposeB ? R064Store.FACTORY.transpose(transposed(b)) : transposed(b),
                    transposeA ? R064Store.FACTORY.transpose(transposed(a)) : transposed(a));
        }
        double[] values = c.values();
        for (int row = 0; row < c.rows(); row++) {
            int start = c.rowStart(row);
            for (int column = 0; column < c.columns(); column++) {
                double entry = alpha * product.data[row * c.columns() + column];
                values[start + column] = beta == 0 ? entry : Math.fma(beta, values[start + column], entry);
            }
        }
    }

    @Override
    public Svd svd(DenseMatrix a) {
        double scale = scale(a);
        // a' = V diag(s) U'
        R064Store scaled = scaledTransposed(a, scale);
        SingularValue<Double> svd = SingularValue.R064.make(scaled, false);
        if (!svd.decompose(scaled)) {
            throw notConverged("singular value", a);
        }
        double[] singularValues = svd.getSingularValues().toRawCopy1D();
        for (int k = 0; k < singularValues.length; k++) {
            singularValues[k] /= scale;
        }
        return new Svd(matrix(svd.getV()), singularValues, matrix(svd.getU()));
    }

    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix a) {
        double scale = scale(a);
        R064Store scaled = scaledTransposed(a, scale);
        Eigenvalue<Double> eigen = Eigenvalue.R064.make(scaled, true);
        if (!eigen.decompose(scaled)) {
            throw notConverged("eigen", a);
        }
        int n = a.rows();
        double[] byMagnitude = new double[n];
        eigen.getEigenvalues(byMagnitude, Optional.empty());
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -byMagnitude[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values =
                IntStream.of(order).mapToDouble(k -> byMagnitude[k] / scale).toArray();
        return new SymmetricEigen(values, matrix(eigen.getV().columns(order)));
    }

    @Override
    public Qr qr(DenseMatrix a) {
        double scale = scale(a);
        R064Store scaled = R064Store.FACTORY.transpose(scaledTransposed(a, scale));
        QR<Double> qr = QR.R064.make(scaled, false);
        qr.decompose(scaled);
        DenseMatrix triangular = matrix(qr.getR());
        double[] values = triangular.values();
        for (int k = 0; k < values.length; k++) {
            values[k] /= scale;
        }
        return new Qr(matrix(qr.getQ()), triangular);
    }

    /** Shares the array if it contains only the matrix; ojAlgo only reads it. */
    private static R064Store transposed(DenseMatrix a) {
        boolean whole = a.offset() == 0 && a.stride() == a.columns() && a.values().length == a.rows() * a.columns();
        return R064Store.wrap(whole ? a.values() : a.copy().values(), a.columns());
    }

    private static R064Store scaledTransposed(DenseMatrix a, double scale) {
        double[] values = a.copy().values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= scale;
        }
        return R064Store.wrap(values, a.columns());
    }

    /** Returns the power of two that scales the largest entry to between 1 and 2. */
    private static double scale(DenseMatrix a) {
        double largest = 0;
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.columns(); column++) {
                largest = Math.max(largest, Math.abs(a.get(row, column)));
            }
        }
        return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
    }

    private static DenseMatrix matrix(MatrixStore<Double> a) {
        return DenseMatrix.wrap(R064Store.FACTORY.transpose(a).data, a.getRowDim(), a.getColDim());
    }

    private static ArithmeticException notConverged(String decomposition, DenseMatrix a) {
        return new ArithmeticException("ojAlgo's " + decomposition + " decomposition of a " + a.rows() + " x "
                + a.columns() + " matrix did not converge; are all its entries finite?");
    }
}
