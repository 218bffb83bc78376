package io.github.rowwise.internal.factor;

import org.jspecify.annotations.Nullable;

/** The kernel in plain counted loops, which become vector instructions so far as the compiler sees how. */
final class PlainRows implements RowKernel {

    @Override
    public void addEight(double[] target, int at, double[] table, int[] starts, int width) {
        int a = starts[0];
        int b = starts[1];
        int c = starts[2];
        int d = starts[3];
        int e = starts[4];
        int f = starts[5];
        int g = starts[6];
        int h = starts[7];
        for (int i = 0; i < width; i++) {
            target[at + i] += ((table[a + i] + table[b + i]) + (table[c + i] + table[d + i]))
                    + ((table[e + i] + table[f + i]) + (table[g + i] + table[h + i]));
        }
    }

    @Override
    public void addTwo(double[] target, int at, double[] table, int first, int second, int width) {
        for (int i = 0; i < width; i++) {
            target[at + i] += table[first + i] + table[second + i];
        }
    }

    @Override
    public void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        for (int i = 0; i < width; i++) {
            target[at + i] = Math.fma(factor, table[start + i], target[at + i]);
        }
    }

    @Override
    public void set(double[] table, int at, int first, int second, int width) {
        for (int i = 0; i < width; i++) {
            table[at + i] = table[first + i] + table[second + i];
        }
    }

    @Override
    public void combine(
            double[] factors, int from, double[][] rows, int count, int @Nullable [] bits, double[] target) {
        double[] sum = bits == null ? target : new double[target.length];
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            addFour(
                    sum,
                    rows,
                    k,
                    factors[from + k],
                    factors[from + k + 1],
                    factors[from + k + 2],
                    factors[from + k + 3]);
        }
        for (; k < count; k++) {
            addScaled(sum, 0, rows[k], 0, factors[from + k], target.length);
        }
        if (bits != null) {
            select(sum, bits);
            addScaled(target, 0, sum, 0, 1, target.length);
        }
    }

    private static void addFour(double[] target, double[][] rows, int first, double p, double q, double r, double s) {
        double[] a = rows[first];
        double[] b = rows[first + 1];
        double[] c = rows[first + 2];
        double[] d = rows[first + 3];
        for (int i = 0; i < target.length; i++) {
            target[i] = Math.fma(p, a[i], Math.fma(q, b[i], Math.fma(r, c[i], Math.fma(s, d[i], target[i]))));
        }
    }

    /** Sets what no bit chooses to 0. */
    private static void select(double[] values, int[] bits) {
        int j = 0;
        for (; j + Byte.SIZE <= values.length; j += Byte.SIZE) {
            int member = Rows.members(bits, j);
            for (int i = 0; i < Byte.SIZE; i++) {
                values[j + i] *= Rows.MEMBERS[member + i];
            }
        }
        for (; j < values.length; j++) {
            values[j] *= (bits[j / CellBits.WORD] >>> j) & 1;
        }
    }

    @Override
    public void products(double[] vector, int @Nullable [] bits, double[][] rows, int count, double[] target, int at) {
        double[] values = vector;
        if (bits != null) {
            values = vector.clone();
            select(values, bits);
        }
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            double[] a = rows[k];
            double[] b = rows[k + 1];
            double[] c = rows[k + 2];
            double[] d = rows[k + 3];
            double p = 0;
            double q = 0;
            double r = 0;
            double s = 0;
            for (int j = 0; j < values.length; j++) {
                double x = values[j];
                p = Math.fma(x, a[j], p);
                q = Math.fma(x, b[j], q);
                r = Math.fma(x, c[j], r);
                s = Math.fma(x, d[j], s);
            }
            target[at + k] += p;
            target[at + k + 1] += q;
            target[at + k + 2] += r;
            target[at + k + 3] += s;
        }
        for (; k < count; k++) {
            target[at + k] += inner(values, 0, rows[k], 0, values.length);
        }
    }

    @Override
    public void spread(
            double[][] vectors, int @Nullable [][] bits, double[][] factors, int from, double[][] target, int count) {
        double[][] chosen = vectors;
        if (bits != null) {
            chosen = new double[vectors.length][];
            for (int v = 0; v < vectors.length; v++) {
                chosen[v] = vectors[v].clone();
                select(chosen[v], bits[v]);
            }
        }
        for (int k = 0; k < count; k++) {
            int at = from + k;
            addFour(target[k], chosen, 0, factors[0][at], factors[1][at], factors[2][at], factors[3][at]);
        }
    }

    @Override
    public double inner(double[] a, int first, double[] b, int second, int length) {
        double p = 0;
        double q = 0;
        double r = 0;
        double s = 0;
        int k = 0;
        for (; k + 4 <= length; k += 4) {
            p = Math.fma(a[first + k], b[second + k], p);
            q = Math.fma(a[first + k + 1], b[second + k + 1], q);
            r = Math.fma(a[first + k + 2], b[second + k + 2], r);
            s = Math.fma(a[first + k + 3], b[second + k + 3], s);
        }
        for (; k < length; k++) {
            p = Math.fma(a[first + k], b[second + k], p);
        }
        return (p + q) + (r + s);
    }

    @Override
    public void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target) {
        double own = 0;
        double next = 0;
        double beside = 0;
        double formerY = 0;
        double formerZ = 0;
        for (int j = 0; j < y.length; j++) {
            double z = y[j] - 2 * fit[j];
            double square = y[j] * z;
            own = Math.fma(u[j], square, own);
            next = Math.fma(v[j], square, next);
            beside = Math.fma(u[j], y[j] * formerZ + formerY * z, beside);
            formerY = y[j];
            formerZ = z;
        }
        target[0] = own;
        target[1] = next;
        target[2] = beside;
    }
}
