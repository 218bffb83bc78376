package io.github.rowwise.vector;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.NormalKernel;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Products by X'X with the JDK's vector API: matrices in double precision, their flipped copies by {@link SimdFlips}. */
final class SimdNormalKernel implements NormalKernel {

    private static final VectorSpecies<Double> SPECIES = SimdDoubleRows.SPECIES;
    private static final VectorSpecies<Long> BITS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SimdDoubleRows.LANES;
    private static final int ROWS = SimdDoubleRows.ROWS;
    private static final int LINE = 8;

    private final SimdDoubleRows rows;
    private final SimdFlips flips;
    private final double[] row;

    /** Keeps the reads of {@link #touch} from being optimised away. */
    double touched;

    SimdNormalKernel(int periods) {
        this.rows = new SimdDoubleRows(periods);
        this.flips = new SimdFlips(rows, periods);
        this.row = new double[periods];
    }

    @Override
    public void add(RowBlock block, List<NormalOperand> operands, List<DenseMatrix> sums) {
        flips.start(operands);
        for (int first = 0; first < block.rows(); first += ROWS) {
            int count = Math.min(ROWS, block.rows() - first);
            touched += touch(block, first, count);
            flips.startRows();
            for (int o = 0; o < operands.size(); o++) {
                NormalOperand operand = operands.get(o);
                if (o == 0 || operand.matrix() != operands.get(o - 1).matrix()) {
                    load(block, first, count, operand.matrix());
                }
                if (operand.flippedCopy() == NormalOperand.PLAIN) {
                    addPlain(operand.vectors(), sums.get(o));
                } else {
                    flips.add(block, first, count, operand, o);
                }
            }
            flips.endRows(count, sums);
        }
        flips.end(sums);
    }

    private void addPlain(DenseMatrix vectors, DenseMatrix sum) {
        for (int k = 0; k < vectors.rows(); k += 2) {
            rows.addNormal(
                    vectors.values(),
                    vectors.rowStart(k),
                    vectors.rowStart(k + 1),
                    sum.values(),
                    sum.rowStart(k),
                    sum.rowStart(k + 1));
        }
    }

    /**
     * Reads one number from each cache line of some rows, so that many lines are loaded from memory at the same time. Filling
     * the rows computes too much per line for the processor to load many lines ahead.
     */
    private static double touch(RowBlock block, int first, int count) {
        double[] outcomes = block.outcomes();
        byte[] arms = block.arms();
        int from = first * block.columns();
        int to = (first + count) * block.columns();
        double sum = 0;
        for (int cell = from; cell < to; cell += LINE) {
            sum += outcomes[cell];
        }
        for (int cell = from; cell < to; cell += LINE * Double.BYTES) {
            sum += arms[cell];
        }
        return sum;
    }

    private void load(RowBlock block, int first, int count, ArmMatrix matrix) {
        for (int r = 0; r < count; r++) {
            fill(block, first + r, matrix, r * rows.stride);
        }
        // Unused rows are zero.
        Arrays.fill(rows.x, count * rows.stride, rows.x.length, 0);
        flips.forgetRows();
    }

    private void fill(RowBlock block, int blockRow, ArmMatrix matrix, int at) {
        double[] x = rows.x;
        if (LANES != ByteVector.SPECIES_64.length() || matrix.hasHiddenCells()) {
            matrix.fillRow(block, blockRow, row);
            System.arraycopy(row, 0, x, at, row.length);
            return;
        }
        int unit = block.firstRow() + blockRow;
        int m = row.length;
        int start = blockRow * m;
        double[] outcomes = block.outcomes();
        byte[] arms = block.arms();
        double[] periodMeans = matrix.periodMeans();
        double unitMean = matrix.unitMeans()[unit];
        double scale = matrix.scale();
        double factor = matrix.rowFactor(unit);
        byte arm = (byte) matrix.arm();
        DoubleVector scales = DoubleVector.broadcast(SPECIES, scale);
        DoubleVector negativeMeans = DoubleVector.broadcast(SPECIES, -unitMean);
        int body = SPECIES.loopBound(m);
        for (int j = 0; j < body; j += LANES) {
            // All bits set in the cells of the arm, none elsewhere.
            LongVector members = ((LongVector) ByteVector.fromArray(ByteVector.SPECIES_64, arms, start + j)
                            .castShape(BITS, 0))
                    .lanewise(VectorOperators.XOR, arm)
                    .and(0xFF)
                    .sub(1)
                    .lanewise(VectorOperators.ASHR, Long.SIZE - 1);
            DoubleVector.fromArray(SPECIES, outcomes, start + j)
                    .fma(scales, negativeMeans.sub(DoubleVector.fromArray(SPECIES, periodMeans, j)))
                    .mul(factor)
                    .reinterpretAsLongs()
                    .and(members)
                    .reinterpretAsDoubles()
                    .intoArray(x, at + j);
        }
        for (int j = body; j < m; j++) {
            x[at + j] = arms[start + j] == arm
                    ? Math.fma(outcomes[start + j], scale, -unitMean - periodMeans[j]) * factor
                    : 0;
        }
    }
}
