package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One pass that multiplies X'X of several matrices, each with its own vectors.
 *
 * <p>Some rows are filled for one matrix after the other while their outcomes are in the cache; the two products follow
 * each other while X is.
 */
public final class NormalPass {

    /** A matrix, plain or as a copy with random signs; operands on the same matrix stand side by side. */
    public record Operand(ArmMatrix matrix, int flippedCopy, DenseMatrix vectors) {

        public static final int PLAIN = -1;
    }

    private NormalPass() {}

    /** Returns vectors (X'X)' for each operand, vectors as rows. */
    public static List<DenseMatrix> run(PanelView panel, LinearAlgebra algebra, List<Operand> operands) {
        return run(panel, () -> NormalKernel.newKernel(algebra, panel.periods()), operands);
    }

    static List<DenseMatrix> run(PanelView panel, Supplier<NormalKernel> newKernel, List<Operand> operands) {
        List<Operand> padded = operands.stream()
                .map(operand -> new Operand(operand.matrix(), operand.flippedCopy(), padded(operand.vectors())))
                .toList();
        double[][] sums =
                panel.runner().reduceBlocks(newKernel, (kernel, block) -> block(kernel, block, padded), Sums::add);
        return IntStream.range(0, sums.length)
                .mapToObj(o -> matrix(sums[o], operands.get(o).vectors().rows(), panel.periods())
                        .copy())
                .toList();
    }

    private static DenseMatrix padded(DenseMatrix vectors) {
        int rows = vectors.rows() + vectors.rows() % 2;
        DenseMatrix copy = matrix(zeros(rows, vectors.columns()), rows, vectors.columns());
        for (int k = 0; k < vectors.rows(); k++) {
            System.arraycopy(vectors.values(), vectors.rowStart(k), copy.values(), copy.rowStart(k), vectors.columns());
        }
        return copy;
    }

    private static double[] zeros(int rows, int columns) {
        return new double[rows * NormalKernel.paddedLength(columns)];
    }

    private static DenseMatrix matrix(double[] values, int rows, int columns) {
        return DenseMatrix.wrap(values, 0, rows, columns, NormalKernel.paddedLength(columns));
    }

    private static double[][] block(NormalKernel kernel, RowBlock block, List<Operand> operands) {
        double[][] sums = new double[operands.size()][];
        List<DenseMatrix> matrices = new ArrayList<>(sums.length);
        for (int o = 0; o < sums.length; o++) {
            int rows = operands.get(o).vectors().rows();
            sums[o] = zeros(rows, block.columns());
            matrices.add(matrix(sums[o], rows, block.columns()));
        }
        kernel.add(block, operands, matrices);
        return sums;
    }
}
