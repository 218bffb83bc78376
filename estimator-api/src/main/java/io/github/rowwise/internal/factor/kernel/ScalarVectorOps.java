package io.github.rowwise.internal.factor.kernel;

import java.util.Arrays;

/** The operations in plain Java, as counted loops, which the JIT compiler partly vectorises. */
public final class ScalarVectorOps implements VectorOps {

    private static final double[] MEMBERS = BitMasks.membersByByte();

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
    public void addFour(double[] target, int at, double[] table, int[] starts, int width) {
        int a = starts[0];
        int b = starts[1];
        int c = starts[2];
        int d = starts[3];
        for (int i = 0; i < width; i++) {
            target[at + i] += (table[a + i] + table[b + i]) + (table[c + i] + table[d + i]);
        }
    }

    @Override
    public void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        for (int i = 0; i < width; i++) {
            target[at + i] = Math.fma(factor, table[start + i], target[at + i]);
        }
    }

    @Override
    public void addProduct(
            double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width) {
        for (int i = 0; i < width; i++) {
            target[at + i] = Math.fma(sign * a[first + i], b[second + i], target[at + i]);
        }
    }

    @Override
    public void subsets(double[] table, int[] starts, double[] target, int at, int width) {
        for (int row = 0; row < starts.length; row++) {
            int bit = 1 << row;
            System.arraycopy(table, starts[row], target, at + bit * width, width);
            for (int subset = 1; subset < bit; subset++) {
                add(target, at + (bit + subset) * width, at + bit * width, at + subset * width, width);
            }
        }
    }

    private static void add(double[] table, int at, int first, int second, int width) {
        for (int i = 0; i < width; i++) {
            table[at + i] = table[first + i] + table[second + i];
        }
    }

    @Override
    public void combine(
            double[] coefficients, int from, int levels, int effects, double[][] rows, int[][] bits, double[] target) {
        addCombined(coefficients, from, rows, levels, target);
        double[] sum = new double[target.length];
        for (int arm = 1; arm < bits.length; arm++) {
            Arrays.fill(sum, 0);
            addCombined(coefficients, from + levels + (arm - 1) * effects, rows, effects, sum);
            select(sum, bits[arm], sum);
            addScaled(target, 0, sum, 0, 1, target.length);
        }
    }

    private void addCombined(double[] factors, int from, double[][] rows, int count, double[] target) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            int at = from + k;
            addFour(target, rows, k, factors[at], factors[at + 1], factors[at + 2], factors[at + 3]);
        }
        for (; k < count; k++) {
            addScaled(target, 0, rows[k], 0, factors[from + k], target.length);
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

    @Override
    public void select(double[] vector, int[] bits, double[] target) {
        int j = 0;
        for (; j + Byte.SIZE <= target.length; j += Byte.SIZE) {
            int member = BitMasks.index(bits, j);
            for (int i = 0; i < Byte.SIZE; i++) {
                target[j + i] = vector[j + i] * MEMBERS[member + i];
            }
        }
        for (; j < target.length; j++) {
            target[j] = vector[j] * ((bits[j / Integer.SIZE] >>> j) & 1);
        }
    }

    @Override
    public void project(double[] vector, double[][] rows, int levels, int effects, int[][] bits, double[] target) {
        addProducts(vector, rows, levels, target, 0);
        double[] chosen = new double[vector.length];
        for (int arm = 1; arm < bits.length; arm++) {
            select(vector, bits[arm], chosen);
            addProducts(chosen, rows, effects, target, levels + (arm - 1) * effects);
        }
    }

    private void addProducts(double[] vector, double[][] rows, int count, double[] target, int at) {
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
            for (int j = 0; j < vector.length; j++) {
                double x = vector[j];
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
            target[at + k] += inner(vector, 0, rows[k], 0, vector.length);
        }
    }

    @Override
    public double sum(double[] vector, int[] bits) {
        double[] sums = new double[Byte.SIZE];
        int j = 0;
        for (; j + Byte.SIZE <= vector.length; j += Byte.SIZE) {
            int member = BitMasks.index(bits, j);
            for (int i = 0; i < Byte.SIZE; i++) {
                sums[i] = Math.fma(vector[j + i], MEMBERS[member + i], sums[i]);
            }
        }
        double sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        for (; j < vector.length; j++) {
            sum = Math.fma(vector[j], (bits[j / Integer.SIZE] >>> j) & 1, sum);
        }
        return sum;
    }

    @Override
    public void spread(double[][] vectors, double[][] factors, int from, double[][] target, int count) {
        for (int k = 0; k < count; k++) {
            int at = from + k;
            addFour(target[k], vectors, 0, factors[0][at], factors[1][at], factors[2][at], factors[3][at]);
        }
    }

    @Override
    public void subtractBefore(double[] values, double share, double[] target) {
        for (int j = 1; j < target.length; j++) {
            target[j] = Math.fma(-share, values[j - 1], values[j]);
        }
    }

    @Override
    public void weightAfter(double[] u, double[] v, double share, double[] x, double[] target) {
        int last = target.length - 1;
        for (int j = 0; j < last; j++) {
            target[j] = Math.fma(-share * v[j], x[j + 1], u[j] * x[j]);
        }
        target[last] = u[last] * x[last];
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
        double lagged = 0;
        double formerY = 0;
        double formerZ = 0;
        for (int j = 0; j < y.length; j++) {
            double z = y[j] - 2 * fit[j];
            double square = y[j] * z;
            own = Math.fma(u[j], square, own);
            next = Math.fma(v[j], square, next);
            lagged = Math.fma(u[j], y[j] * formerZ + formerY * z, lagged);
            formerY = y[j];
            formerZ = z;
        }
        target[0] = own;
        target[1] = next;
        target[2] = lagged;
    }
}
