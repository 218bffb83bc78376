package io.github.rowwise.benchmarks;

import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.SplittableRandom;

/** The inputs of the benchmarks, each from a seed. */
final class Inputs {

    private Inputs() {}

    /** A matrix of independent standard normal entries. */
    static DenseMatrix normal(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DenseMatrix matrix = DenseMatrix.zeros(rows, columns);
        double[] values = matrix.values();
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextGaussian();
        }
        return matrix;
    }

    static DenseMatrix normal(Shape shape, long seed) {
        return normal(shape.rows(), shape.columns(), seed);
    }

    /** The mean of a matrix and its transpose. */
    static DenseMatrix symmetric(int side, long seed) {
        DenseMatrix matrix = normal(side, side, seed);
        DenseMatrix symmetric = DenseMatrix.zeros(side, side);
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                symmetric.set(i, j, (matrix.get(i, j) + matrix.get(j, i)) / 2);
            }
        }
        return symmetric;
    }

    /** A panel of rank 3 with one cell in a hundred missing. */
    static Panel panel(Shape shape) {
        return PanelSimulation.withDefaults()
                .withSize(shape.rows(), shape.columns())
                .withMissing(0.01)
                .generate()
                .panel();
    }
}
