package io.github.rowwise.linalg;

/**
 * Tile products in plain Java.
 *
 * <p>The product uses {@code Math.fma} with 16 accumulators, for 4 rows and 4 factors at a time; smaller kernels compute
 * the rest. The JIT compiler does not vectorise such sums. It does vectorise loops that add multiples of rows to a row,
 * provided that every row is an array of its own, which is why the rows are.
 */
final class PortableTile implements Tile {

    private static final int ROWS = 32;

    private final int columns;
    private final double[][] x;
    private final double[] sumRow;

    PortableTile(int columns) {
        this.columns = columns;
        this.x = new double[ROWS][columns];
        this.sumRow = new double[columns];
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
        System.arraycopy(values, offset, x[row], 0, columns);
    }

    @Override
    public void product(int rows, DenseMatrix factors, DenseMatrix product) {
        double[] f = factors.values();
        double[] p = product.values();
        int k = factors.rows();
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int c = 0;
            for (; c + 4 <= k; c += 4) {
                dot4x4(r, f, factors.rowStart(c), factors.stride(), p, product.rowStart(r) + c, product.stride());
            }
            for (; c + 2 <= k; c += 2) {
                dot4x2(
                        r,
                        f,
                        factors.rowStart(c),
                        factors.rowStart(c + 1),
                        p,
                        product.rowStart(r) + c,
                        product.stride());
            }
            for (; c < k; c++) {
                dot4x1(r, f, factors.rowStart(c), p, product.rowStart(r) + c, product.stride());
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < k; c++) {
                p[product.rowStart(r) + c] = dot(x[r], f, factors.rowStart(c));
            }
        }
    }

    @Override
    public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
        double[] l = left.values();
        int stride = left.stride();
        for (int c = 0; c < sum.rows(); c++) {
            System.arraycopy(sum.values(), sum.rowStart(c), sumRow, 0, columns);
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                int at = left.rowStart(r) + c;
                addFour(l[at], l[at + stride], l[at + 2 * stride], l[at + 3 * stride], r, 0);
            }
            for (; r < rows; r++) {
                add(l[left.rowStart(r) + c], x[r], sumRow, 0);
            }
            System.arraycopy(sumRow, 0, sum.values(), sum.rowStart(c), columns);
        }
    }

    @Override
    public void addGram(int rows, DenseMatrix sum) {
        for (int j = 0; j < columns; j++) {
            System.arraycopy(sum.values(), sum.rowStart(j), sumRow, 0, columns);
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                addFour(x[r][j], x[r + 1][j], x[r + 2][j], x[r + 3][j], r, j);
            }
            for (; r < rows; r++) {
                add(x[r][j], x[r], sumRow, j);
            }
            System.arraycopy(sumRow, 0, sum.values(), sum.rowStart(j), columns);
        }
    }

    @Override
    public void close() {
        // Only heap memory.
    }

    private static double dot(double[] a, double[] b, int start) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = 0;
        for (; j + 4 <= a.length; j += 4) {
            sum0 = Math.fma(a[j], b[start + j], sum0);
            sum1 = Math.fma(a[j + 1], b[start + j + 1], sum1);
            sum2 = Math.fma(a[j + 2], b[start + j + 2], sum2);
            sum3 = Math.fma(a[j + 3], b[start + j + 3], sum3);
        }
        for (; j < a.length; j++) {
            sum0 = Math.fma(a[j], b[start + j], sum0);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private void dot4x1(int r, double[] f, int start, double[] p, int pStart, int pStride) {
        double[] x0 = x[r];
        double[] x1 = x[r + 1];
        double[] x2 = x[r + 2];
        double[] x3 = x[r + 3];
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0;
        for (int j = 0; j < columns; j++) {
            double b = f[start + j];
            p0 = Math.fma(x0[j], b, p0);
            p1 = Math.fma(x1[j], b, p1);
            p2 = Math.fma(x2[j], b, p2);
            p3 = Math.fma(x3[j], b, p3);
        }
        p[pStart] = p0;
        p[pStart + pStride] = p1;
        p[pStart + 2 * pStride] = p2;
        p[pStart + 3 * pStride] = p3;
    }

    private void dot4x2(int r, double[] f, int f0, int f1, double[] p, int pStart, int pStride) {
        double[] x0 = x[r];
        double[] x1 = x[r + 1];
        double[] x2 = x[r + 2];
        double[] x3 = x[r + 3];
        double p00 = 0, p01 = 0, p10 = 0, p11 = 0;
        double p20 = 0, p21 = 0, p30 = 0, p31 = 0;
        for (int j = 0; j < columns; j++) {
            double b0 = f[f0 + j];
            double b1 = f[f1 + j];
            double a0 = x0[j];
            double a1 = x1[j];
            double a2 = x2[j];
            double a3 = x3[j];
            p00 = Math.fma(a0, b0, p00);
            p01 = Math.fma(a0, b1, p01);
            p10 = Math.fma(a1, b0, p10);
            p11 = Math.fma(a1, b1, p11);
            p20 = Math.fma(a2, b0, p20);
            p21 = Math.fma(a2, b1, p21);
            p30 = Math.fma(a3, b0, p30);
            p31 = Math.fma(a3, b1, p31);
        }
        set(p, pStart, p00, p01);
        set(p, pStart + pStride, p10, p11);
        set(p, pStart + 2 * pStride, p20, p21);
        set(p, pStart + 3 * pStride, p30, p31);
    }

    private void dot4x4(int r, double[] f, int f0, int fStride, double[] p, int pStart, int pStride) {
        double[] x0 = x[r];
        double[] x1 = x[r + 1];
        double[] x2 = x[r + 2];
        double[] x3 = x[r + 3];
        int f1 = f0 + fStride;
        int f2 = f1 + fStride;
        int f3 = f2 + fStride;
        double p00 = 0, p01 = 0, p02 = 0, p03 = 0;
        double p10 = 0, p11 = 0, p12 = 0, p13 = 0;
        double p20 = 0, p21 = 0, p22 = 0, p23 = 0;
        double p30 = 0, p31 = 0, p32 = 0, p33 = 0;
        for (int j = 0; j < columns; j++) {
            double a0 = x0[j];
            double a1 = x1[j];
            double a2 = x2[j];
            double a3 = x3[j];
            double b = f[f0 + j];
            p00 = Math.fma(a0, b, p00);
            p10 = Math.fma(a1, b, p10);
            p20 = Math.fma(a2, b, p20);
            p30 = Math.fma(a3, b, p30);
            b = f[f1 + j];
            p01 = Math.fma(a0, b, p01);
            p11 = Math.fma(a1, b, p11);
            p21 = Math.fma(a2, b, p21);
            p31 = Math.fma(a3, b, p31);
            b = f[f2 + j];
            p02 = Math.fma(a0, b, p02);
            p12 = Math.fma(a1, b, p12);
            p22 = Math.fma(a2, b, p22);
            p32 = Math.fma(a3, b, p32);
            b = f[f3 + j];
            p03 = Math.fma(a0, b, p03);
            p13 = Math.fma(a1, b, p13);
            p23 = Math.fma(a2, b, p23);
            p33 = Math.fma(a3, b, p33);
        }
        set(p, pStart, p00, p01);
        set(p, pStart + 2, p02, p03);
        int p1 = pStart + pStride;
        set(p, p1, p10, p11);
        set(p, p1 + 2, p12, p13);
        int p2 = p1 + pStride;
        set(p, p2, p20, p21);
        set(p, p2 + 2, p22, p23);
        int p3 = p2 + pStride;
        set(p, p3, p30, p31);
        set(p, p3 + 2, p32, p33);
    }

    private static void set(double[] p, int at, double first, double second) {
        p[at] = first;
        p[at + 1] = second;
    }

    private static void add(double factor, double[] row, double[] sum, int from) {
        for (int j = from; j < sum.length; j++) {
            sum[j] = Math.fma(factor, row[j], sum[j]);
        }
    }

    private void addFour(double l0, double l1, double l2, double l3, int r, int from) {
        addFour(l0, x[r], l1, x[r + 1], l2, x[r + 2], l3, x[r + 3], sumRow, from);
    }

    /** A separate method whose loop uses only its arguments, because the JIT compiler vectorises such loops. */
    private static void addFour(
            double l0,
            double[] x0,
            double l1,
            double[] x1,
            double l2,
            double[] x2,
            double l3,
            double[] x3,
            double[] sum,
            int from) {
        for (int j = from; j < sum.length; j++) {
            sum[j] = Math.fma(l0, x0[j], Math.fma(l1, x1[j], Math.fma(l2, x2[j], Math.fma(l3, x3[j], sum[j]))));
        }
    }
}
