package io.github.rowwise.internal;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass that multiplies X'X of several matrices, each with its own vectors.
 *
 * <p>The rows of a tile are filled for one matrix after the other while their outcomes are in the cache; a tile's two
 * products follow each other while X is.
 */
final class NormalPass {

    /** A matrix, plain or as a copy with random signs; operands on the same matrix stand side by side. */
    record Operand(ArmMatrix matrix, int flippedCopy, DenseMatrix vectors) {

        static final int PLAIN = -1;
    }

    private NormalPass() {}

    /** Returns vectors (X'X)' for each operand, vectors as rows. */
    static List<DenseMatrix> run(PanelView panel, LinearAlgebra algebra, List<Operand> operands) {
        return panel.runner()
                .sum(
                        () -> new OperandScratch(algebra.newTile(panel.periods())),
                        (scratch, block) -> block(scratch, block, operands),
                        NormalPass::add);
    }

    private static List<DenseMatrix> block(OperandScratch scratch, RowBlock block, List<Operand> operands) {
        List<DenseMatrix> sums = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            sums.add(DenseMatrix.zeros(operand.vectors().rows(), block.columns()));
        }
        Tile tile = scratch.tile();
        for (int first = 0; first < block.rows(); first += tile.rows()) {
            int rows = Math.min(tile.rows(), block.rows() - first);
            scratch.startRows(block, first, rows);
            for (int o = 0; o < operands.size(); o++) {
                Operand operand = operands.get(o);
                scratch.load(operand);
                DenseMatrix product = DenseMatrix.zeros(rows, operand.vectors().rows());
                tile.product(rows, operand.vectors(), product);
                tile.addTransposedProduct(rows, product, sums.get(o));
            }
        }
        return sums;
    }

    private static List<DenseMatrix> add(List<DenseMatrix> first, List<DenseMatrix> second) {
        for (int o = 0; o < first.size(); o++) {
            double[] sum = first.get(o).values();
            double[] more = second.get(o).values();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += more[k];
            }
        }
        return first;
    }
}
