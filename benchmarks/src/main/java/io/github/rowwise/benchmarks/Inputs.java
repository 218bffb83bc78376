package io.github.rowwise.benchmarks;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs of the benchmarks, generated from seeds. */
final class Inputs {

    private Inputs() {}

    /** Returns a matrix of independent standard normal entries. */
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

    /** Returns the mean of a standard normal matrix and its transpose. */
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

    /** Returns a simulated panel of rank 3 with 1 % of missing cells. */
    static Panel panel(Shape shape) {
        return PanelSimulation.withDefaults()
                .withSize(shape.rows(), shape.columns())
                .withMissing(0.01)
                .generate()
                .panel();
    }

    /** Returns a copy of the cells of a panel in the core's representation. */
    static List<RowBlock> blocks(Panel input) {
        int m = input.periods();
        int height = RowBlock.defaultRows(m);
        List<RowBlock> blocks = new ArrayList<>();
        for (int first = 0; first < input.units(); first += height) {
            int rows = Math.min(height, input.units() - first);
            double[] outcomes = new double[rows * m];
            byte[] arms = new byte[rows * m];
            for (int cell = 0; cell < arms.length; cell++) {
                boolean observed = input.isObserved(first + cell / m, cell % m);
                outcomes[cell] = observed ? input.outcome(first + cell / m, cell % m) : 0;
                arms[cell] = observed ? (byte) input.arm(first + cell / m, cell % m) : RowBlock.MISSING;
            }
            blocks.add(new RowBlock(first, rows, m, outcomes, arms));
        }
        return blocks;
    }
}
