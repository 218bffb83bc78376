package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import io.github.rowwise.linalg.Tile;
import java.util.List;

/** An operation on one matrix, so that rules for every operation are stated once. */
enum Operation {
    /** Computes a' a. */
    MULTIPLY {
        @Override
        List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a) {
            DenseMatrix c = DenseMatrix.zeros(a.columns(), a.columns());
            algebra.multiply(1, a, true, a, false, 0, c);
            return List.of(c);
        }
    },

    SVD {
        @Override
        List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a) {
            Svd svd = algebra.svd(a);
            return List.of(svd.left(), row(svd.singularValues()), svd.right());
        }

        @Override
        DenseMatrix recompose(List<DenseMatrix> results) {
            return Oracle.recomposed(results.get(0), results.get(1).values(), results.get(2));
        }
    },

    SYMMETRIC_EIGEN {
        @Override
        List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a) {
            SymmetricEigen eigen = algebra.symmetricEigen(a);
            return List.of(row(eigen.values()), eigen.vectors());
        }

        @Override
        DenseMatrix recompose(List<DenseMatrix> results) {
            return Oracle.recomposed(results.get(1), results.get(0).values(), results.get(1));
        }
    },

    QR {
        @Override
        List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a) {
            Qr qr = algebra.qr(a);
            return List.of(qr.orthogonal(), qr.triangular());
        }

        @Override
        DenseMatrix recompose(List<DenseMatrix> results) {
            return Oracle.product(results.get(0), results.get(1));
        }
    },

    /** Computes all three tile products. */
    TILE {
        @Override
        List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a) {
            try (Tile tile = algebra.newTile(a.columns())) {
                int rows = Math.min(tile.rows(), a.rows());
                for (int row = 0; row < rows; row++) {
                    tile.setRow(row, a.values(), a.rowStart(row));
                }
                DenseMatrix factors = Matrices.ordinary(5, a.columns());
                DenseMatrix product = DenseMatrix.zeros(rows, 5);
                tile.product(rows, factors, product);
                DenseMatrix sum = DenseMatrix.zeros(5, a.columns());
                tile.addTransposedProduct(rows, product, sum);
                DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
                tile.addGram(rows, gram);
                for (int row = 1; row < a.columns(); row++) {
                    for (int column = 0; column < row; column++) {
                        gram.set(row, column, 0);
                    }
                }
                return List.of(product, sum, gram);
            }
        }
    };

    /** Returns the results: the matrices of the backend, and vectors as matrices with one row. */
    abstract List<DenseMatrix> apply(LinearAlgebra algebra, DenseMatrix a);

    /** Returns the product of the factors of a factorisation. */
    DenseMatrix recompose(List<DenseMatrix> factors) {
        throw new UnsupportedOperationException(name());
    }

    /** Returns an input matrix, symmetric, so that every operation accepts it. */
    static DenseMatrix input(int n, int number) {
        return Matrices.scaled(1 + number / 7.0, Matrices.symmetric(n));
    }

    private static DenseMatrix row(double[] values) {
        return DenseMatrix.wrap(values, 1, values.length);
    }
}
