package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.spectral.NormalPass.Operand;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The kernel with the JDK's vector API: plain matrices in double precision, flipped copies by {@link VectorFlips}. */
final class VectorNormalKernel implements NormalKernel {

    private static final VectorSpecies<Double> SPECIES = VectorRows.SPECIES;
    private static final VectorSpecies<Long> BITS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = VectorRows.LANES;
    private static final int ROWS = VectorRows.ROWS;
    private static final int LINE = 8;

    private final VectorRows rows;
    private final VectorFlips flips;
    private final double[] row;

    /** Is there so that what is read for nothing else is read. */
    double touched;

    VectorNormalKernel(int periods) {
        this.rows = new VectorRows(periods);
        this.flips = new VectorFlips(rows, periods);
        this.row = new double[periods];
    }

    @Override
    public void add(RowBlock block, List<Operand> operands, List<DenseMatrix> sums) {
        flips.start(operands);
        for (int first = 0; first < block.rows(); first += ROWS) {
            int count = Math.min(ROWS, block.rows() - first);
            touched += touch(block, first, count);
            flips.startRows();
            for (int o = 0; o < operands.size(); o++) {
                Operand operand = operands.get(o);
                if (o == 0 || operand.matrix() != operands.get(o - 1).matrix()) {
                    load(block, first, count, operand.matrix());
                }
                if (operand.flippedCopy() == Operand.PLAIN) {
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
     * Reads a number of each cache line of some rows and nothing else, so that many are on their way from memory at once:
     * filling computes too much for each line to get far ahead of itself.
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
        // Rows that are left over count as zeros.
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
            // All bits where the arm's own byte stands, else none.
            LongVector members = ((LongVector)
                            ByteVector.fromArray(ByteVector.SPECIES_64, arms, start + j).castShape(BITS, 0))
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
