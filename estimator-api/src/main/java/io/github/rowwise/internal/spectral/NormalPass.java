package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Kernels;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One pass over the panel that computes X'X times vectors for several matrices X, each with its own vectors.
 *
 * <p>The outcomes of a few rows are read once and stay in the cache while the rows of each matrix are filled and
 * multiplied.
 */
public final class NormalPass {

    private NormalPass() {}

    /** Returns X'X times the vectors of each operand, one vector per row. */
    public static List<DenseMatrix> run(PanelView panel, LinearAlgebra algebra, List<NormalOperand> operands) {
        return run(panel, () -> newKernel(algebra, panel.periods()), operands);
    }

    /** Returns a kernel of the installed {@link NormalKernelProvider}, or one that uses the tile of the backend. */
    public static NormalKernel newKernel(LinearAlgebra algebra, int periods) {
        return Kernels.installed().orElse(null) instanceof NormalKernelProvider provider
                ? provider.newNormalKernel(periods)
                : new TileNormalKernel(algebra.newTile(periods));
    }

    public static List<DenseMatrix> run(
            PanelView panel, Supplier<NormalKernel> newKernel, List<NormalOperand> operands) {
        List<NormalOperand> padded = operands.stream()
                .map(operand -> new NormalOperand(operand.matrix(), operand.flippedCopy(), padded(operand.vectors())))
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

    private static double[][] block(NormalKernel kernel, RowBlock block, List<NormalOperand> operands) {
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
