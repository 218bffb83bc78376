package io.github.rowwise.vector;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tile products with the JDK's vector API.
 *
 * <p>Lanes run along the periods. The product processes 4 rows and 2 factors at a time, the sums 8 rows and 2 factors. The
 * periods after the last full vector are processed one by one.
 */
final class SimdTile implements Tile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 32;

    private final int columns;
    private final int body;
    private final double[] x;
    private final double[] lanes = new double[8 * LANES];

    SimdTile(int columns) {
        this.columns = columns;
        this.body = SPECIES.loopBound(columns);
        this.x = new double[ROWS * columns];
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void setRow(int row, double[] values, int offset) {
        System.arraycopy(values, offset, x, row * columns, columns);
    }

    @Override
    public void product(int rows, DenseMatrix factors, DenseMatrix product) {
        double[] f = factors.values();
        double[] p = product.values();
        int k = factors.rows();
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int at = product.rowStart(r);
            int c = 0;
            for (; c + 2 <= k; c += 2) {
                dot4x2(r * columns, f, factors.rowStart(c), factors.rowStart(c + 1));
                for (int i = 0; i < 8; i++) {
                    p[at + (i >> 1) * product.stride() + c + (i & 1)] =
                            laneSum(i) + tail((r + (i >> 1)) * columns, f, factors.rowStart(c + (i & 1)));
                }
            }
            for (; c < k; c++) {
                dot4(r * columns, f, factors.rowStart(c));
                for (int i = 0; i < 4; i++) {
                    p[at + i * product.stride() + c] = laneSum(i) + tail((r + i) * columns, f, factors.rowStart(c));
                }
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < k; c++) {
                dot(r * columns, f, factors.rowStart(c));
                p[product.rowStart(r) + c] = laneSum(0) + tail(r * columns, f, factors.rowStart(c));
            }
        }
    }

    @Override
    public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
        int k = sum.rows();
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
            int c = 0;
            for (; c + 2 <= k; c += 2) {
                axpy8x2(r * columns, left, r, c, sum);
            }
            for (; c < k; c++) {
                axpy8(r * columns, left, r, c, sum);
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < k; c++) {
                axpy(left.values()[left.rowStart(r) + c], r * columns, 0, sum.values(), sum.rowStart(c));
            }
        }
    }

    @Override
    public void addGram(int rows, DenseMatrix sum) {
        addTransposedProduct(rows, DenseMatrix.wrap(x, rows, columns), sum);
    }

    @Override
    public void close() {
        // Only heap memory.
    }

    private double laneSum(int accumulator) {
        double sum = 0;
        for (int lane = accumulator * LANES; lane < (accumulator + 1) * LANES; lane++) {
            sum += lanes[lane];
        }
        return sum;
    }

    private double tail(int row, double[] f, int factor) {
        double sum = 0;
        for (int j = body; j < columns; j++) {
            sum = Math.fma(x[row + j], f[factor + j], sum);
        }
        return sum;
    }

    private void dot(int row, double[] f, int factor) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int j = 0; j < body; j += LANES) {
            sum = DoubleVector.fromArray(SPECIES, x, row + j).fma(DoubleVector.fromArray(SPECIES, f, factor + j), sum);
        }
        sum.intoArray(lanes, 0);
    }

    private void dot4(int row, double[] f, int factor) {
        int row1 = row + columns;
        int row2 = row1 + columns;
        int row3 = row2 + columns;
        DoubleVector p0 = DoubleVector.zero(SPECIES);
        DoubleVector p1 = DoubleVector.zero(SPECIES);
        DoubleVector p2 = DoubleVector.zero(SPECIES);
        DoubleVector p3 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < body; j += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, f, factor + j);
            p0 = DoubleVector.fromArray(SPECIES, x, row + j).fma(b, p0);
            p1 = DoubleVector.fromArray(SPECIES, x, row1 + j).fma(b, p1);
            p2 = DoubleVector.fromArray(SPECIES, x, row2 + j).fma(b, p2);
            p3 = DoubleVector.fromArray(SPECIES, x, row3 + j).fma(b, p3);
        }
        p0.intoArray(lanes, 0);
        p1.intoArray(lanes, LANES);
        p2.intoArray(lanes, 2 * LANES);
        p3.intoArray(lanes, 3 * LANES);
    }

    private void dot4x2(int row, double[] f, int factor, int other) {
        int row1 = row + columns;
        int row2 = row1 + columns;
        int row3 = row2 + columns;
        DoubleVector p00 = DoubleVector.zero(SPECIES);
        DoubleVector p01 = DoubleVector.zero(SPECIES);
        DoubleVector p10 = DoubleVector.zero(SPECIES);
        DoubleVector p11 = DoubleVector.zero(SPECIES);
        DoubleVector p20 = DoubleVector.zero(SPECIES);
        DoubleVector p21 = DoubleVector.zero(SPECIES);
        DoubleVector p30 = DoubleVector.zero(SPECIES);
        DoubleVector p31 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < body; j += LANES) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, f, factor + j);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, f, other + j);
            DoubleVector a0 = DoubleVector.fromArray(SPECIES, x, row + j);
            DoubleVector a1 = DoubleVector.fromArray(SPECIES, x, row1 + j);
            DoubleVector a2 = DoubleVector.fromArray(SPECIES, x, row2 + j);
            DoubleVector a3 = DoubleVector.fromArray(SPECIES, x, row3 + j);
            p00 = a0.fma(b0, p00);
            p01 = a0.fma(b1, p01);
            p10 = a1.fma(b0, p10);
            p11 = a1.fma(b1, p11);
            p20 = a2.fma(b0, p20);
            p21 = a2.fma(b1, p21);
            p30 = a3.fma(b0, p30);
            p31 = a3.fma(b1, p31);
        }
        p00.intoArray(lanes, 0);
        p01.intoArray(lanes, LANES);
        p10.intoArray(lanes, 2 * LANES);
        p11.intoArray(lanes, 3 * LANES);
        p20.intoArray(lanes, 4 * LANES);
        p21.intoArray(lanes, 5 * LANES);
        p30.intoArray(lanes, 6 * LANES);
        p31.intoArray(lanes, 7 * LANES);
    }

    private void axpy(double factor, int row, int from, double[] s, int start) {
        DoubleVector l = DoubleVector.broadcast(SPECIES, factor);
        int j = from;
        for (; j + LANES <= columns; j += LANES) {
            l.fma(DoubleVector.fromArray(SPECIES, x, row + j), DoubleVector.fromArray(SPECIES, s, start + j))
                    .intoArray(s, start + j);
        }
        for (; j < columns; j++) {
            s[start + j] = Math.fma(factor, x[row + j], s[start + j]);
        }
    }

    private void axpy8(int row, DenseMatrix left, int r, int c, DenseMatrix sum) {
        double[] s = sum.values();
        int start = sum.rowStart(c);
        int row1 = row + columns;
        int row2 = row1 + columns;
        int row3 = row2 + columns;
        int row4 = row3 + columns;
        int row5 = row4 + columns;
        int row6 = row5 + columns;
        int row7 = row6 + columns;
        DoubleVector l0 = entry(left, r, c);
        DoubleVector l1 = entry(left, r + 1, c);
        DoubleVector l2 = entry(left, r + 2, c);
        DoubleVector l3 = entry(left, r + 3, c);
        DoubleVector l4 = entry(left, r + 4, c);
        DoubleVector l5 = entry(left, r + 5, c);
        DoubleVector l6 = entry(left, r + 6, c);
        DoubleVector l7 = entry(left, r + 7, c);
        for (int j = 0; j < body; j += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, s, start + j);
            t = l0.fma(DoubleVector.fromArray(SPECIES, x, row + j), t);
            t = l1.fma(DoubleVector.fromArray(SPECIES, x, row1 + j), t);
            t = l2.fma(DoubleVector.fromArray(SPECIES, x, row2 + j), t);
            t = l3.fma(DoubleVector.fromArray(SPECIES, x, row3 + j), t);
            t = l4.fma(DoubleVector.fromArray(SPECIES, x, row4 + j), t);
            t = l5.fma(DoubleVector.fromArray(SPECIES, x, row5 + j), t);
            t = l6.fma(DoubleVector.fromArray(SPECIES, x, row6 + j), t);
            t = l7.fma(DoubleVector.fromArray(SPECIES, x, row7 + j), t);
            t.intoArray(s, start + j);
        }
        axpyTail(row, left, r, c, s, start);
    }

    private void axpy8x2(int row, DenseMatrix left, int r, int c, DenseMatrix sum) {
        double[] s = sum.values();
        int start = sum.rowStart(c);
        int other = sum.rowStart(c + 1);
        int row1 = row + columns;
        int row2 = row1 + columns;
        int row3 = row2 + columns;
        int row4 = row3 + columns;
        int row5 = row4 + columns;
        int row6 = row5 + columns;
        int row7 = row6 + columns;
        DoubleVector l0 = entry(left, r, c);
        DoubleVector l1 = entry(left, r + 1, c);
        DoubleVector l2 = entry(left, r + 2, c);
        DoubleVector l3 = entry(left, r + 3, c);
        DoubleVector l4 = entry(left, r + 4, c);
        DoubleVector l5 = entry(left, r + 5, c);
        DoubleVector l6 = entry(left, r + 6, c);
        DoubleVector l7 = entry(left, r + 7, c);
        DoubleVector k0 = entry(left, r, c + 1);
        DoubleVector k1 = entry(left, r + 1, c + 1);
        DoubleVector k2 = entry(left, r + 2, c + 1);
        DoubleVector k3 = entry(left, r + 3, c + 1);
        DoubleVector k4 = entry(left, r + 4, c + 1);
        DoubleVector k5 = entry(left, r + 5, c + 1);
        DoubleVector k6 = entry(left, r + 6, c + 1);
        DoubleVector k7 = entry(left, r + 7, c + 1);
        for (int j = 0; j < body; j += LANES) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, s, start + j);
            DoubleVector u = DoubleVector.fromArray(SPECIES, s, other + j);
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, row + j);
            t = l0.fma(a, t);
            u = k0.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row1 + j);
            t = l1.fma(a, t);
            u = k1.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row2 + j);
            t = l2.fma(a, t);
            u = k2.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row3 + j);
            t = l3.fma(a, t);
            u = k3.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row4 + j);
            t = l4.fma(a, t);
            u = k4.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row5 + j);
            t = l5.fma(a, t);
            u = k5.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row6 + j);
            t = l6.fma(a, t);
            u = k6.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, row7 + j);
            t = l7.fma(a, t);
            u = k7.fma(a, u);
            t.intoArray(s, start + j);
            u.intoArray(s, other + j);
        }
        axpyTail(row, left, r, c, s, start);
        axpyTail(row, left, r, c + 1, s, other);
    }

    private void axpyTail(int row, DenseMatrix left, int r, int c, double[] s, int start) {
        for (int j = body; j < columns; j++) {
            double t = s[start + j];
            for (int i = 0; i < 8; i++) {
                t = Math.fma(left.values()[left.rowStart(r + i) + c], x[row + i * columns + j], t);
            }
            s[start + j] = t;
        }
    }

    private static DoubleVector entry(DenseMatrix left, int row, int column) {
        return DoubleVector.broadcast(SPECIES, left.values()[left.rowStart(row) + column]);
    }
}
