package io.github.rowwise.benchmarks;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.internal.spectral.NormalPass;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.List;

/**
 * Reference for the factor model: the textbook randomised SVD of the row-scaled matrices of all arms at once, with the kernel
 * of Algorithm 1. Only the singular values and right singular vectors are computed.
 *
 * <p>Source: Halko, Martinsson and Tropp (2011), doi:10.1137/090771806, algorithm 4.4, with each pair of products with X and
 * X' combined into one product with X'X.
 */
final class RandomisedSvd {

    static final int COLUMNS = 20;
    static final int POWER_ITERATIONS = 4;

    private RandomisedSvd() {}

    /**
     * Decomposes the matrices.
     *
     * @param view the panel
     * @param algebra the backend
     * @param matrices the matrix of each arm
     * @return the decomposition of each arm
     */
    static List<Factors> of(PanelView view, LinearAlgebra algebra, List<ArmMatrix> matrices) {
        List<NormalOperand> operands = new ArrayList<>();
        for (ArmMatrix matrix : matrices) {
            DenseMatrix drawn = Inputs.normal(COLUMNS, view.periods(), 2 + matrix.arm());
            operands.add(new NormalOperand(matrix, NormalOperand.PLAIN, drawn));
        }
        for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
            List<DenseMatrix> images = NormalPass.run(view, algebra, operands);
            for (int arm = 0; arm < images.size(); arm++) {
                DenseMatrix basis =
                        transposed(algebra.qr(transposed(images.get(arm))).orthogonal());
                operands.set(arm, new NormalOperand(matrices.get(arm), NormalOperand.PLAIN, basis));
            }
        }
        List<DenseMatrix> images = NormalPass.run(view, algebra, operands);
        List<Factors> factors = new ArrayList<>();
        for (int arm = 0; arm < images.size(); arm++) {
            factors.add(Factors.of(algebra, operands.get(arm).vectors(), images.get(arm)));
        }
        return factors;
    }

    private static DenseMatrix transposed(DenseMatrix a) {
        DenseMatrix t = DenseMatrix.zeros(a.columns(), a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                t.set(j, i, a.get(i, j));
            }
        }
        return t;
    }

    /**
     * Decomposition of the matrix of an arm.
     *
     * @param values singular values in decreasing order
     * @param right right singular vectors, one row per vector
     */
    record Factors(double[] values, DenseMatrix right) {

        /** Computes the decomposition from an orthonormal basis, as rows, and its image under X'X. */
        private static Factors of(LinearAlgebra algebra, DenseMatrix basis, DenseMatrix image) {
            int k = basis.rows();
            DenseMatrix projected = DenseMatrix.zeros(k, k);
            algebra.multiply(1, basis, false, image, true, 0, projected);
            SymmetricEigen eigen = algebra.symmetricEigen(projected);
            double[] values = eigen.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.sqrt(Math.max(0, values[i]));
            }
            DenseMatrix right = DenseMatrix.zeros(k, basis.columns());
            algebra.multiply(1, eigen.vectors(), true, basis, false, 0, right);
            return new Factors(values, right);
        }
    }
}
