package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.List;

/**
 * The arithmetic of one thread in a pass that multiplies by X'X. It processes a few rows of a block
 * at a time, and for these rows one operand after the other.
 */
public interface NormalKernel extends PassScratch {

    /**
     * Adds vectors X'X of the rows of a block to the sums, for each operand to the sum with the same index.
     *
     * <p>The number of vectors is even. The rows of vectors and sums have {@link #paddedLength} entries; those after the last
     * period are zero.
     */
    void add(RowBlock block, List<NormalOperand> operands, List<DenseMatrix> sums);

    /** Returns the number of periods rounded up to a multiple of eight, so that kernels need no code for a rest. */
    static int paddedLength(int periods) {
        return (periods + 7) / 8 * 8;
    }
}
