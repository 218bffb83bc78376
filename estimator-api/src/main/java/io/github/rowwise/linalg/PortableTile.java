package io.github.rowwise.linalg;

/**
 * The tile products in plain Java.
 *
 * <p>{@code Math.fma} on separate row offsets with several accumulators is what the compiler turns into the machine's
 * fused multiply-add. The product takes 4 rows by 4 factors at a time (16 accumulators), the sums 4 rows by 2
 * factors; smaller kernels take what is left.
 */
final class PortableTile implements Tile {

    private static final int ROWS = 32;

    private final int columns;
    private final double[] x;

    PortableTile(int columns) {
        this.columns = columns;
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
            int c = 0;
            for (; c + 4 <= k; c += 4) {
                dot4x4(
                        x,
                        r * columns,
                        columns,
                        f,
                        factors.rowStart(c),
                        factors.stride(),
                        p,
                        product.rowStart(r) + c,
                        product.stride());
            }
            for (; c + 2 <= k; c += 2) {
                dot4x2(
                        x,
                        r * columns,
                        columns,
                        f,
                        factors.rowStart(c),
                        factors.rowStart(c + 1),
                        p,
                        product.rowStart(r) + c,
                        product.stride());
            }
            for (; c < k; c++) {
                dot4x1(x, r * columns, columns, f, factors.rowStart(c), p, product.rowStart(r) + c, product.stride());
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < k; c++) {
                p[product.rowStart(r) + c] = dot(x, r * columns, f, factors.rowStart(c), columns);
            }
        }
    }

    @Override
    public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
        double[] l = left.values();
        double[] s = sum.values();
        int k = sum.rows();
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int c = 0;
            for (; c + 2 <= k; c += 2) {
                axpy4x2(
                        x,
                        r * columns,
                        columns,
                        l,
                        left.rowStart(r) + c,
                        left.stride(),
                        s,
                        sum.rowStart(c),
                        sum.rowStart(c + 1));
            }
            for (; c < k; c++) {
                for (int rr = r; rr < r + 4; rr++) {
                    axpy(l[left.rowStart(rr) + c], x, rr * columns, 0, s, sum.rowStart(c), columns);
                }
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < k; c++) {
                axpy(l[left.rowStart(r) + c], x, r * columns, 0, s, sum.rowStart(c), columns);
            }
        }
    }

    @Override
    public void addGram(int rows, DenseMatrix sum) {
        double[] s = sum.values();
        for (int j = 0; j < columns; j++) {
            int start = sum.rowStart(j);
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                axpy4(x, r * columns, columns, j, s, start);
            }
            for (; r < rows; r++) {
                axpy(x[r * columns + j], x, r * columns, j, s, start, columns);
            }
        }
    }

    @Override
    public void close() {
        // Heap memory only.
    }

    private static double dot(double[] a, int aStart, double[] b, int bStart, int length) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = 0;
        for (; j + 4 <= length; j += 4) {
            sum0 = Math.fma(a[aStart + j], b[bStart + j], sum0);
            sum1 = Math.fma(a[aStart + j + 1], b[bStart + j + 1], sum1);
            sum2 = Math.fma(a[aStart + j + 2], b[bStart + j + 2], sum2);
            sum3 = Math.fma(a[aStart + j + 3], b[bStart + j + 3], sum3);
        }
        for (; j < length; j++) {
            sum0 = Math.fma(a[aStart + j], b[bStart + j], sum0);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void dot4x2(
            double[] x, int xStart, int length, double[] f, int f0, int f1, double[] p, int pStart, int pStride) {
        int x1 = xStart + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        double p00 = 0, p01 = 0, p10 = 0, p11 = 0;
        double p20 = 0, p21 = 0, p30 = 0, p31 = 0;
        for (int j = 0; j < length; j++) {
            double b0 = f[f0 + j];
            double b1 = f[f1 + j];
            double a0 = x[xStart + j];
            double a1 = x[x1 + j];
            double a2 = x[x2 + j];
            double a3 = x[x3 + j];
            p00 = Math.fma(a0, b0, p00);
            p01 = Math.fma(a0, b1, p01);
            p10 = Math.fma(a1, b0, p10);
            p11 = Math.fma(a1, b1, p11);
            p20 = Math.fma(a2, b0, p20);
            p21 = Math.fma(a2, b1, p21);
            p30 = Math.fma(a3, b0, p30);
            p31 = Math.fma(a3, b1, p31);
        }
        p[pStart] = p00;
        p[pStart + 1] = p01;
        int p1 = pStart + pStride;
        p[p1] = p10;
        p[p1 + 1] = p11;
        int p2 = p1 + pStride;
        p[p2] = p20;
        p[p2 + 1] = p21;
        int p3 = p2 + pStride;
        p[p3] = p30;
        p[p3 + 1] = p31;
    }

    private static void dot4x1(
            double[] x, int xStart, int length, double[] f, int fStart, double[] p, int pStart, int pStride) {
        int x1 = xStart + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0;
        for (int j = 0; j < length; j++) {
            double b = f[fStart + j];
            p0 = Math.fma(x[xStart + j], b, p0);
            p1 = Math.fma(x[x1 + j], b, p1);
            p2 = Math.fma(x[x2 + j], b, p2);
            p3 = Math.fma(x[x3 + j], b, p3);
        }
        p[pStart] = p0;
        p[pStart + pStride] = p1;
        p[pStart + 2 * pStride] = p2;
        p[pStart + 3 * pStride] = p3;
    }

    private static void dot4x4(
            double[] x,
            int xStart,
            int length,
            double[] f,
            int fStart,
            int fStride,
            double[] p,
            int pStart,
            int pStride) {
        int x1 = xStart + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        int f1 = fStart + fStride;
        int f2 = f1 + fStride;
        int f3 = f2 + fStride;
        double p00 = 0, p01 = 0, p02 = 0, p03 = 0;
        double p10 = 0, p11 = 0, p12 = 0, p13 = 0;
        double p20 = 0, p21 = 0, p22 = 0, p23 = 0;
        double p30 = 0, p31 = 0, p32 = 0, p33 = 0;
        for (int j = 0; j < length; j++) {
            double a0 = x[xStart + j];
            double a1 = x[x1 + j];
            double a2 = x[x2 + j];
            double a3 = x[x3 + j];
            double b = f[fStart + j];
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
        p[pStart] = p00;
        p[pStart + 1] = p01;
        p[pStart + 2] = p02;
        p[pStart + 3] = p03;
        int p1 = pStart + pStride;
        p[p1] = p10;
        p[p1 + 1] = p11;
        p[p1 + 2] = p12;
        p[p1 + 3] = p13;
        int p2 = p1 + pStride;
        p[p2] = p20;
        p[p2 + 1] = p21;
        p[p2 + 2] = p22;
        p[p2 + 3] = p23;
        int p3 = p2 + pStride;
        p[p3] = p30;
        p[p3 + 1] = p31;
        p[p3 + 2] = p32;
        p[p3 + 3] = p33;
    }

    private static void axpy(double factor, double[] x, int xStart, int from, double[] s, int sStart, int length) {
        for (int j = from; j < length; j++) {
            s[sStart + j] = Math.fma(factor, x[xStart + j], s[sStart + j]);
        }
    }

    private static void axpy4(double[] x, int xStart, int length, int from, double[] s, int sStart) {
        int x1 = xStart + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        double l0 = x[xStart + from];
        double l1 = x[x1 + from];
        double l2 = x[x2 + from];
        double l3 = x[x3 + from];
        for (int j = from; j < length; j++) {
            double a = Math.fma(l0, x[xStart + j], Math.fma(l1, x[x1 + j], s[sStart + j]));
            s[sStart + j] = Math.fma(l2, x[x2 + j], Math.fma(l3, x[x3 + j], a));
        }
    }

    private static void axpy4x2(
            double[] x, int xStart, int length, double[] l, int lStart, int lStride, double[] s, int s0, int s1) {
        int x1 = xStart + length;
        int x2 = x1 + length;
        int x3 = x2 + length;
        int l1 = lStart + lStride;
        int l2 = l1 + lStride;
        int l3 = l2 + lStride;
        double l00 = l[lStart], l01 = l[lStart + 1];
        double l10 = l[l1], l11 = l[l1 + 1];
        double l20 = l[l2], l21 = l[l2 + 1];
        double l30 = l[l3], l31 = l[l3 + 1];
        for (int j = 0; j < length; j++) {
            double a0 = x[xStart + j];
            double a1 = x[x1 + j];
            double a2 = x[x2 + j];
            double a3 = x[x3 + j];
            s[s0 + j] = Math.fma(l00, a0, Math.fma(l10, a1, Math.fma(l20, a2, Math.fma(l30, a3, s[s0 + j]))));
            s[s1 + j] = Math.fma(l01, a0, Math.fma(l11, a1, Math.fma(l21, a2, Math.fma(l31, a3, s[s1 + j]))));
        }
    }
}
