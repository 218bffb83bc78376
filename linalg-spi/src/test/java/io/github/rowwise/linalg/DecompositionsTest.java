package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Decompositions neither keep nor return the arrays of their values. */
class DecompositionsTest {

    private static final DenseMatrix MATRIX = DenseMatrix.zeros(2, 2);

    @Test
    void singularValuesAreCopied() {
        double[] values = {2, 1};
        Svd svd = new Svd(MATRIX, values, MATRIX);
        values[0] = 777;
        svd.singularValues()[1] = 777;
        assertThat(svd.singularValues()).containsExactly(2, 1);
    }

    @Test
    void eigenvaluesAreCopied() {
        double[] values = {2, -1};
        SymmetricEigen eigen = new SymmetricEigen(values, MATRIX);
        values[0] = 777;
        eigen.values()[1] = 777;
        assertThat(eigen.values()).containsExactly(2, -1);
    }
}
