package io.github.rowwise.vector;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The copies with random signs of the rows in {@link SimdDoubleRows}, in single precision.
 *
 * <p>Only the largest singular value of a copy is used, to a precision of 1e-4; single precision gives 1e-7. Sums are added to
 * double-precision sums after some rows, so that the error does not grow with the number of rows. The rows are flipped in
 * place, from one copy to the next, so that the rows, their signs and two vectors fit into the first-level cache.
 */
final class SimdFlips {

    private static final VectorSpecies<Float> SPECIES = SimdFloatRows.SPECIES;
    private static final VectorSpecies<Integer> SIGNS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final VectorShape HALF = VectorShape.forBitSize(SimdDoubleRows.SPECIES.vectorBitSize() / 2);
    private static final VectorSpecies<Float> HALF_FLOATS = VectorSpecies.of(float.class, HALF);
    private static final VectorSpecies<Integer> HALF_INTS = VectorSpecies.of(int.class, HALF);

    /** Number of rows whose sums are kept in single precision. */
    private static final int ROWS_OF_A_SUM = 256;

    private final SimdDoubleRows rows;
    private final SimdFloatRows flipped;
    private final int[] signs;
    private final long[] bits;
    private float[][] vectors = {};
    private float[][] sums = {};
    private int half;
    private boolean hasRows;
    private int shown;
    private int held;

    SimdFlips(SimdDoubleRows rows, int periods) {
        this.rows = rows;
        this.flipped = new SimdFloatRows(periods);
        this.signs = new int[flipped.x.length];
        this.bits = new long[periods];
    }

    /** Starts a block. */
    void start(List<NormalOperand> operands) {
        held = 0;
        vectors = new float[operands.size()][];
        sums = new float[operands.size()][];
        for (int o = 0; o < vectors.length; o++) {
            if (operands.get(o).flippedCopy() != NormalOperand.PLAIN) {
                DenseMatrix from = operands.get(o).vectors();
                vectors[o] = new float[from.rows() * flipped.stride];
                sums[o] = new float[vectors[o].length];
                for (int k = 0; k < from.rows(); k++) {
                    for (int j = 0; j < from.columns(); j++) {
                        vectors[o][k * flipped.stride + j] = (float) from.get(k, j);
                    }
                }
            }
        }
    }

    /** Starts new rows. Their signs belong to the cells, not to an arm. */
    void startRows() {
        half = -1;
    }

    /** Notes that the rows now belong to another matrix. */
    void forgetRows() {
        hasRows = false;
    }

    void add(RowBlock block, int first, int count, NormalOperand operand, int o) {
        int copy = operand.flippedCopy();
        if (half != copy / Integer.SIZE) {
            half = copy / Integer.SIZE;
            hasRows = false;
            for (int r = 0; r < count; r++) {
                operand.matrix().fillBits(block, first + r, bits);
                narrowBits(r * flipped.stride, half * Integer.SIZE);
            }
        }
        int shift = Integer.SIZE - 1 - copy % Integer.SIZE;
        if (hasRows) {
            flip(shown, shift);
        } else {
            narrow();
            flip(shift);
            hasRows = true;
        }
        shown = shift;
        for (int k = 0; k < operand.vectors().rows(); k += 2) {
            int at = k * flipped.stride;
            flipped.addNormal(vectors[o], at, at + flipped.stride, sums[o], at, at + flipped.stride);
        }
    }

    void endRows(int count, List<DenseMatrix> target) {
        held += count;
        if (held >= ROWS_OF_A_SUM) {
            end(target);
        }
    }

    /** Adds the sums to the double-precision sums. */
    void end(List<DenseMatrix> target) {
        held = 0;
        for (int o = 0; o < sums.length; o++) {
            DenseMatrix sum = target.get(o);
            for (int k = 0; sums[o] != null && k < sum.rows(); k++) {
                for (int j = 0; j < sum.columns(); j++) {
                    sum.values()[sum.rowStart(k) + j] += sums[o][k * flipped.stride + j];
                }
            }
            if (sums[o] != null) {
                Arrays.fill(sums[o], 0);
            }
        }
    }

    private void narrow() {
        for (int r = 0; r < SimdDoubleRows.ROWS; r++) {
            int to = r * flipped.stride - r * rows.stride;
            for (int at = r * rows.stride; at < (r + 1) * rows.stride; at += SimdDoubleRows.LANES) {
                ((FloatVector) DoubleVector.fromArray(SimdDoubleRows.SPECIES, rows.x, at)
                                .convertShape(VectorOperators.D2F, HALF_FLOATS, 0))
                        .intoArray(flipped.x, to + at);
            }
        }
    }

    private void narrowBits(int to, int shift) {
        int body = LONGS.loopBound(bits.length);
        for (int j = 0; j < body; j += LONGS.length()) {
            ((IntVector) LongVector.fromArray(LONGS, bits, j)
                            .lanewise(VectorOperators.LSHR, shift)
                            .convertShape(VectorOperators.L2I, HALF_INTS, 0))
                    .intoArray(signs, to + j);
        }
        for (int j = body; j < bits.length; j++) {
            signs[to + j] = (int) (bits[j] >>> shift);
        }
    }

    /** Flips from the plain rows to a copy. */
    private void flip(int to) {
        float[] x = flipped.x;
        for (int at = 0; at < x.length; at += SimdFloatRows.LANES) {
            change(at, IntVector.fromArray(SIGNS, signs, at).lanewise(VectorOperators.LSHL, to));
        }
    }

    /** Flips from one copy to another. */
    private void flip(int from, int to) {
        float[] x = flipped.x;
        for (int at = 0; at < x.length; at += SimdFloatRows.LANES) {
            IntVector sign = IntVector.fromArray(SIGNS, signs, at);
            change(
                    at,
                    sign.lanewise(VectorOperators.LSHL, from)
                            .lanewise(VectorOperators.XOR, sign.lanewise(VectorOperators.LSHL, to)));
        }
    }

    private void change(int at, IntVector sign) {
        FloatVector.fromArray(SPECIES, flipped.x, at)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, sign.and(Integer.MIN_VALUE))
                .reinterpretAsFloats()
                .intoArray(flipped.x, at);
    }
}
