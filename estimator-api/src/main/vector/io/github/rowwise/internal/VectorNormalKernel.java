package io.github.rowwise.internal;

import io.github.rowwise.internal.NormalPass.Operand;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernel with the JDK's vector API: four rows by two vectors at a time, lanes along the periods, signs of flipped
 * copies on the way from the cache to the product.
 *
 * <p>Four rows and their random bits fit the first cache. Lanes are added up in a fixed order, because the API's own sum
 * over lanes may change its order when a method is compiled.
 */
final class VectorNormalKernel implements NormalKernel {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> BITS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;

    private final int stride;
    private final double[] x;
    private final long[] bits;
    private final double[] row;
    private final long[] rowBits;
    private final double[] lanes = new double[2 * ROWS * LANES];
    private final double[] product = new double[2 * ROWS];
    private int count;
    private @Nullable ArmMatrix loaded;
    private boolean hasBits;

    VectorNormalKernel(int periods) {
        this.stride = NormalKernel.paddedLength(periods);
        this.x = new double[ROWS * stride];
        this.bits = new long[ROWS * stride];
        this.row = new double[periods];
        this.rowBits = new long[periods];
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public void startRows(int rows) {
        count = rows;
        loaded = null;
        hasBits = false;
    }

    @Override
    public void add(RowBlock block, int first, Operand operand, DenseMatrix sum) {
        load(block, first, operand);
        int copy = operand.flippedCopy();
        DenseMatrix vectors = operand.vectors();
        double[] f = vectors.values();
        double[] z = sum.values();
        for (int k = 0; k < vectors.rows(); k += 2) {
            if (copy == Operand.PLAIN) {
                dotTwoPlain(f, vectors.rowStart(k), vectors.rowStart(k + 1));
                sumLanes();
                addTwoPlain(z, sum.rowStart(k), sum.rowStart(k + 1));
            } else {
                int shift = Long.SIZE - 1 - copy;
                dotTwo(f, vectors.rowStart(k), vectors.rowStart(k + 1), shift);
                sumLanes();
                addTwo(z, sum.rowStart(k), sum.rowStart(k + 1), shift);
            }
        }
    }

    private void load(RowBlock block, int first, Operand operand) {
        if (loaded != operand.matrix()) {
            loaded = operand.matrix();
            for (int r = 0; r < count; r++) {
                fill(block, first + r, operand.matrix(), r * stride);
            }
            // Rows that are left over count as zeros.
            Arrays.fill(x, count * stride, x.length, 0);
        }
        if (operand.flippedCopy() != Operand.PLAIN && !hasBits) {
            // They belong to the cell, whatever the arm.
            hasBits = true;
            for (int r = 0; r < count; r++) {
                operand.matrix().fillBits(block, first + r, rowBits);
                System.arraycopy(rowBits, 0, bits, r * stride, row.length);
            }
        }
    }

    private void fill(RowBlock block, int blockRow, ArmMatrix matrix, int at) {
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
        long arm = matrix.arm();
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector scales = DoubleVector.broadcast(SPECIES, scale);
        DoubleVector negativeMeans = DoubleVector.broadcast(SPECIES, -unitMean);
        int body = SPECIES.loopBound(m);
        for (int j = 0; j < body; j += LANES) {
            VectorMask<Long> members = ((LongVector)
                            ByteVector.fromArray(ByteVector.SPECIES_64, arms, start + j).castShape(BITS, 0))
                    .compare(VectorOperators.EQ, arm);
            DoubleVector centred = DoubleVector.fromArray(SPECIES, outcomes, start + j)
                    .fma(scales, negativeMeans.sub(DoubleVector.fromArray(SPECIES, periodMeans, j)))
                    .mul(factor);
            zero.blend(centred, members.cast(SPECIES)).intoArray(x, at + j);
        }
        for (int j = body; j < m; j++) {
            x[at + j] = arms[start + j] == arm
                    ? Math.fma(outcomes[start + j], scale, -unitMean - periodMeans[j]) * factor
                    : 0;
        }
    }

    private void sumLanes() {
        for (int p = 0; p < product.length; p++) {
            double total = 0;
            for (int lane = p * LANES; lane < (p + 1) * LANES; lane++) {
                total += lanes[lane];
            }
            product[p] = total;
        }
    }

    /** Entries of X with the signs of a copy. */
    private DoubleVector entries(int at, int shift) {
        LongVector signs = LongVector.fromArray(BITS, bits, at)
                .lanewise(VectorOperators.LSHL, shift)
                .and(Long.MIN_VALUE);
        return DoubleVector.fromArray(SPECIES, x, at)
                .reinterpretAsLongs()
                .lanewise(VectorOperators.XOR, signs)
                .reinterpretAsDoubles();
    }

    private void dotTwo(double[] f, int first, int second, int shift) {
        DoubleVector p00 = DoubleVector.zero(SPECIES);
        DoubleVector p01 = DoubleVector.zero(SPECIES);
        DoubleVector p10 = DoubleVector.zero(SPECIES);
        DoubleVector p11 = DoubleVector.zero(SPECIES);
        DoubleVector p20 = DoubleVector.zero(SPECIES);
        DoubleVector p21 = DoubleVector.zero(SPECIES);
        DoubleVector p30 = DoubleVector.zero(SPECIES);
        DoubleVector p31 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < stride; j += LANES) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, f, first + j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, f, second + j);
            DoubleVector a = entries(j, shift);
            p00 = a.fma(b0, p00);
            p01 = a.fma(b1, p01);
            a = entries(stride + j, shift);
            p10 = a.fma(b0, p10);
            p11 = a.fma(b1, p11);
            a = entries(2 * stride + j, shift);
            p20 = a.fma(b0, p20);
            p21 = a.fma(b1, p21);
            a = entries(3 * stride + j, shift);
            p30 = a.fma(b0, p30);
            p31 = a.fma(b1, p31);
        }
        p00.intoArray(lanes, 0);
        p10.intoArray(lanes, LANES);
        p20.intoArray(lanes, 2 * LANES);
        p30.intoArray(lanes, 3 * LANES);
        p01.intoArray(lanes, 4 * LANES);
        p11.intoArray(lanes, 5 * LANES);
        p21.intoArray(lanes, 6 * LANES);
        p31.intoArray(lanes, 7 * LANES);
    }

    private void dotTwoPlain(double[] f, int first, int second) {
        DoubleVector p00 = DoubleVector.zero(SPECIES);
        DoubleVector p01 = DoubleVector.zero(SPECIES);
        DoubleVector p10 = DoubleVector.zero(SPECIES);
        DoubleVector p11 = DoubleVector.zero(SPECIES);
        DoubleVector p20 = DoubleVector.zero(SPECIES);
        DoubleVector p21 = DoubleVector.zero(SPECIES);
        DoubleVector p30 = DoubleVector.zero(SPECIES);
        DoubleVector p31 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < stride; j += LANES) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, f, first + j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, f, second + j);
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
            p00 = a.fma(b0, p00);
            p01 = a.fma(b1, p01);
            a = DoubleVector.fromArray(SPECIES, x, stride + j);
            p10 = a.fma(b0, p10);
            p11 = a.fma(b1, p11);
            a = DoubleVector.fromArray(SPECIES, x, 2 * stride + j);
            p20 = a.fma(b0, p20);
            p21 = a.fma(b1, p21);
            a = DoubleVector.fromArray(SPECIES, x, 3 * stride + j);
            p30 = a.fma(b0, p30);
            p31 = a.fma(b1, p31);
        }
        p00.intoArray(lanes, 0);
        p10.intoArray(lanes, LANES);
        p20.intoArray(lanes, 2 * LANES);
        p30.intoArray(lanes, 3 * LANES);
        p01.intoArray(lanes, 4 * LANES);
        p11.intoArray(lanes, 5 * LANES);
        p21.intoArray(lanes, 6 * LANES);
        p31.intoArray(lanes, 7 * LANES);
    }

    private void addTwo(double[] sum, int first, int second, int shift) {
        DoubleVector l0 = DoubleVector.broadcast(SPECIES, product[0]);
        DoubleVector l1 = DoubleVector.broadcast(SPECIES, product[1]);
        DoubleVector l2 = DoubleVector.broadcast(SPECIES, product[2]);
        DoubleVector l3 = DoubleVector.broadcast(SPECIES, product[3]);
        DoubleVector k0 = DoubleVector.broadcast(SPECIES, product[4]);
        DoubleVector k1 = DoubleVector.broadcast(SPECIES, product[5]);
        DoubleVector k2 = DoubleVector.broadcast(SPECIES, product[6]);
        DoubleVector k3 = DoubleVector.broadcast(SPECIES, product[7]);
        for (int j = 0; j < stride; j += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, sum, first + j);
            DoubleVector u = DoubleVector.fromArray(SPECIES, sum, second + j);
            DoubleVector a = entries(j, shift);
            t = l0.fma(a, t);
            u = k0.fma(a, u);
            a = entries(stride + j, shift);
            t = l1.fma(a, t);
            u = k1.fma(a, u);
            a = entries(2 * stride + j, shift);
            t = l2.fma(a, t);
            u = k2.fma(a, u);
            a = entries(3 * stride + j, shift);
            t = l3.fma(a, t);
            u = k3.fma(a, u);
            t.intoArray(sum, first + j);
            u.intoArray(sum, second + j);
        }
    }

    private void addTwoPlain(double[] sum, int first, int second) {
        DoubleVector l0 = DoubleVector.broadcast(SPECIES, product[0]);
        DoubleVector l1 = DoubleVector.broadcast(SPECIES, product[1]);
        DoubleVector l2 = DoubleVector.broadcast(SPECIES, product[2]);
        DoubleVector l3 = DoubleVector.broadcast(SPECIES, product[3]);
        DoubleVector k0 = DoubleVector.broadcast(SPECIES, product[4]);
        DoubleVector k1 = DoubleVector.broadcast(SPECIES, product[5]);
        DoubleVector k2 = DoubleVector.broadcast(SPECIES, product[6]);
        DoubleVector k3 = DoubleVector.broadcast(SPECIES, product[7]);
        for (int j = 0; j < stride; j += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, sum, first + j);
            DoubleVector u = DoubleVector.fromArray(SPECIES, sum, second + j);
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
            t = l0.fma(a, t);
            u = k0.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, stride + j);
            t = l1.fma(a, t);
            u = k1.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, 2 * stride + j);
            t = l2.fma(a, t);
            u = k2.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, 3 * stride + j);
            t = l3.fma(a, t);
            u = k3.fma(a, u);
            t.intoArray(sum, first + j);
            u.intoArray(sum, second + j);
        }
    }
}
