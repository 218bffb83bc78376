package io.github.rowwise.internal;

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
        List<DenseMatrix> sums =
                panel.runner().sum(newKernel, (kernel, block) -> block(kernel, block, padded), NormalPass::add);
        return IntStream.range(0, sums.size())
                .mapToObj(o -> sums.get(o)
                        .rowRange(0, operands.get(o).vectors().rows())
                        .copy())
                .toList();
    }

    private static DenseMatrix padded(DenseMatrix vectors) {
        DenseMatrix copy = zeros(vectors.rows() + vectors.rows() % 2, vectors.columns());
        for (int k = 0; k < vectors.rows(); k++) {
            System.arraycopy(vectors.values(), vectors.rowStart(k), copy.values(), copy.rowStart(k), vectors.columns());
        }
        return copy;
    }

    private static DenseMatrix zeros(int rows, int columns) {
        int stride = NormalKernel.paddedLength(columns);
        return DenseMatrix.wrap(new double[rows * stride], 0, rows, columns, stride);
    }

    private static List<DenseMatrix> block(NormalKernel kernel, RowBlock block, List<Operand> operands) {
        List<DenseMatrix> sums = new ArrayList<>(operands.size());
        for (Operand operand : operands) {
            sums.add(zeros(operand.vectors().rows(), block.columns()));
        }
        kernel.add(block, operands, sums);
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
