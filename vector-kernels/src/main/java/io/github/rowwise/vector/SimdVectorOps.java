package io.github.rowwise.vector;

import io.github.rowwise.internal.factor.kernel.BitMasks;
import io.github.rowwise.internal.factor.kernel.VectorOps;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The operations of the factor model's passes with the JDK's vector API. */
final class SimdVectorOps implements VectorOps {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Number of rows that are multiplied together. */
    private static final int GROUP = 4;

    private static final double[] MEMBERS = BitMasks.membersByByte();

    private static DoubleVector load(double[] array, int at) {
        return DoubleVector.fromArray(SPECIES, array, at);
    }

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
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            DoubleVector first = load(table, a + i)
                    .add(load(table, b + i))
                    .add(load(table, c + i).add(load(table, d + i)));
            DoubleVector second = load(table, e + i)
                    .add(load(table, f + i))
                    .add(load(table, g + i).add(load(table, h + i)));
            load(target, at + i).add(first.add(second)).intoArray(target, at + i);
        }
        for (; i < width; i++) {
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
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            DoubleVector sum = load(table, a + i)
                    .add(load(table, b + i))
                    .add(load(table, c + i).add(load(table, d + i)));
            load(target, at + i).add(sum).intoArray(target, at + i);
        }
        for (; i < width; i++) {
            target[at + i] += (table[a + i] + table[b + i]) + (table[c + i] + table[d + i]);
        }
    }

    @Override
    public void addScaled(double[] target, int at, double[] table, int start, double factor, int width) {
        DoubleVector times = DoubleVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            times.fma(load(table, start + i), load(target, at + i)).intoArray(target, at + i);
        }
        for (; i < width; i++) {
            target[at + i] = Math.fma(factor, table[start + i], target[at + i]);
        }
    }

    @Override
    public void addProduct(
            double[] target, int at, double sign, double[] a, int first, double[] b, int second, int width) {
        DoubleVector times = DoubleVector.broadcast(SPECIES, sign);
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            times.mul(load(a, first + i))
                    .fma(load(b, second + i), load(target, at + i))
                    .intoArray(target, at + i);
        }
        for (; i < width; i++) {
            target[at + i] = Math.fma(sign * a[first + i], b[second + i], target[at + i]);
        }
    }

    @Override
    public void subsets(double[] table, int[] starts, double[] target, int at, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            DoubleVector a = load(table, starts[0] + i);
            DoubleVector b = load(table, starts[1] + i);
            DoubleVector c = load(table, starts[2] + i);
            DoubleVector d = load(table, starts[3] + i);
            DoubleVector ab = b.add(a);
            DoubleVector ac = c.add(a);
            DoubleVector bc = c.add(b);
            DoubleVector abc = c.add(ab);
            int to = at + i;
            a.intoArray(target, to + width);
            b.intoArray(target, to + 2 * width);
            ab.intoArray(target, to + 3 * width);
            c.intoArray(target, to + 4 * width);
            ac.intoArray(target, to + 5 * width);
            bc.intoArray(target, to + 6 * width);
            abc.intoArray(target, to + 7 * width);
            d.intoArray(target, to + 8 * width);
            d.add(a).intoArray(target, to + 9 * width);
            d.add(b).intoArray(target, to + 10 * width);
            d.add(ab).intoArray(target, to + 11 * width);
            d.add(c).intoArray(target, to + 12 * width);
            d.add(ac).intoArray(target, to + 13 * width);
            d.add(bc).intoArray(target, to + 14 * width);
            d.add(abc).intoArray(target, to + 15 * width);
        }
        for (; i < width; i++) {
            for (int row = 0; row < starts.length; row++) {
                int bit = 1 << row;
                for (int subset = 0; subset < bit; subset++) {
                    double rest = subset == 0 ? 0 : target[at + subset * width + i];
                    target[at + (bit + subset) * width + i] = table[starts[row] + i] + rest;
                }
            }
        }
    }

    /** Returns lanes of 1 for members and 0 for others. */
    private static DoubleVector members(int[] bits, int first) {
        return load(MEMBERS, BitMasks.index(bits, first & -Byte.SIZE) + first % Byte.SIZE);
    }

    @Override
    public void combine(
            double[] coefficients, int from, int levels, int effects, double[][] rows, int[][] bits, double[] target) {
        double[] factors = new double[2 * GROUP];
        double[][] group = new double[GROUP][];
        for (int k = 0; k < levels; k += GROUP) {
            setGroup(rows, k, levels, group);
            setFactors(coefficients, from, k, levels, factors, 0);
            for (int arm = 1; arm == 1 || arm < bits.length; arm++) {
                int first = from + levels + (arm - 1) * effects;
                setFactors(coefficients, first, k, arm < bits.length ? effects : 0, factors, GROUP);
                addGroup(factors, group, bits[Math.min(arm, bits.length - 1)], target);
                Arrays.fill(factors, 0);
            }
        }
        for (int j = target.length / LANES * LANES; j < target.length; j++) {
            for (int k = 0; k < levels; k++) {
                target[j] = Math.fma(coefficients[from + k], rows[k][j], target[j]);
            }
            for (int arm = 1, at = from + levels; arm < bits.length; arm++, at += effects) {
                for (int k = 0; k < effects && BitMasks.isMember(bits[arm], j); k++) {
                    target[j] = Math.fma(coefficients[at + k], rows[k][j], target[j]);
                }
            }
        }
    }

    /** Selects the next rows of a matrix; beyond the last row, the last row again. */
    private static void setGroup(double[][] rows, int first, int count, double[][] group) {
        for (int k = 0; k < GROUP; k++) {
            group[k] = rows[Math.min(first + k, count - 1)];
        }
    }

    /** Copies the next coefficients; 0 beyond the last one. */
    private static void setFactors(double[] coefficients, int from, int first, int count, double[] factors, int at) {
        for (int k = 0; k < GROUP; k++) {
            factors[at + k] = first + k < count ? coefficients[from + first + k] : 0;
        }
    }

    /** Adds four rows times the first four factors, and in member cells also times the last four factors. */
    private static void addGroup(double[] factors, double[][] rows, int[] bits, double[] target) {
        double[] a = rows[0];
        double[] b = rows[1];
        double[] c = rows[2];
        double[] d = rows[3];
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, factors[0]);
        DoubleVector b1 = DoubleVector.broadcast(SPECIES, factors[1]);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, factors[2]);
        DoubleVector d1 = DoubleVector.broadcast(SPECIES, factors[3]);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, factors[4]);
        DoubleVector b2 = DoubleVector.broadcast(SPECIES, factors[5]);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, factors[6]);
        DoubleVector d2 = DoubleVector.broadcast(SPECIES, factors[7]);
        for (int j = 0; j + LANES <= target.length; j += LANES) {
            DoubleVector ofA = load(a, j);
            DoubleVector ofB = load(b, j);
            DoubleVector ofC = load(c, j);
            DoubleVector ofD = load(d, j);
            DoubleVector level = d1.fma(ofD, c1.fma(ofC, b1.fma(ofB, a1.fma(ofA, load(target, j)))));
            DoubleVector effect = d2.fma(ofD, c2.fma(ofC, b2.fma(ofB, a2.mul(ofA))));
            members(bits, j).fma(effect, level).intoArray(target, j);
        }
    }

    @Override
    public void project(double[] vector, double[][] rows, int levels, int effects, int[][] bits, double[] target) {
        double[] lanes = new double[2 * GROUP * LANES];
        double[][] group = new double[GROUP][];
        for (int k = 0; k < levels; k += GROUP) {
            setGroup(rows, k, levels, group);
            for (int arm = 1; arm == 1 || arm < bits.length; arm++) {
                multiplyGroup(vector, group, bits[Math.min(arm, bits.length - 1)], lanes);
                for (int i = 0; arm == 1 && i < Math.min(GROUP, levels - k); i++) {
                    target[k + i] += sum(lanes, i * LANES);
                }
                int first = levels + (arm - 1) * effects;
                for (int i = 0; arm < bits.length && i < Math.min(GROUP, effects - k); i++) {
                    target[first + k + i] += sum(lanes, (GROUP + i) * LANES);
                }
            }
        }
        for (int j = vector.length / LANES * LANES; j < vector.length; j++) {
            for (int k = 0; k < levels; k++) {
                target[k] = Math.fma(vector[j], rows[k][j], target[k]);
            }
            for (int arm = 1, at = levels; arm < bits.length; arm++, at += effects) {
                for (int k = 0; k < effects && BitMasks.isMember(bits[arm], j); k++) {
                    target[at + k] = Math.fma(vector[j], rows[k][j], target[at + k]);
                }
            }
        }
    }

    /** Computes the lanes of the products with four rows: over all cells, then over member cells. */
    private static void multiplyGroup(double[] vector, double[][] rows, int[] bits, double[] lanes) {
        double[] a = rows[0];
        double[] b = rows[1];
        double[] c = rows[2];
        double[] d = rows[3];
        DoubleVector a1 = DoubleVector.zero(SPECIES);
        DoubleVector b1 = DoubleVector.zero(SPECIES);
        DoubleVector c1 = DoubleVector.zero(SPECIES);
        DoubleVector d1 = DoubleVector.zero(SPECIES);
        DoubleVector a2 = DoubleVector.zero(SPECIES);
        DoubleVector b2 = DoubleVector.zero(SPECIES);
        DoubleVector c2 = DoubleVector.zero(SPECIES);
        DoubleVector d2 = DoubleVector.zero(SPECIES);
        for (int j = 0; j + LANES <= vector.length; j += LANES) {
            DoubleVector x = load(vector, j);
            DoubleVector chosen = x.mul(members(bits, j));
            DoubleVector row = load(a, j);
            a1 = row.fma(x, a1);
            a2 = row.fma(chosen, a2);
            row = load(b, j);
            b1 = row.fma(x, b1);
            b2 = row.fma(chosen, b2);
            row = load(c, j);
            c1 = row.fma(x, c1);
            c2 = row.fma(chosen, c2);
            row = load(d, j);
            d1 = row.fma(x, d1);
            d2 = row.fma(chosen, d2);
        }
        a1.intoArray(lanes, 0);
        b1.intoArray(lanes, LANES);
        c1.intoArray(lanes, 2 * LANES);
        d1.intoArray(lanes, 3 * LANES);
        a2.intoArray(lanes, 4 * LANES);
        b2.intoArray(lanes, 5 * LANES);
        c2.intoArray(lanes, 6 * LANES);
        d2.intoArray(lanes, 7 * LANES);
    }

    @Override
    public double sum(double[] vector, int[] bits) {
        DoubleVector even = DoubleVector.zero(SPECIES);
        DoubleVector odd = DoubleVector.zero(SPECIES);
        int j = 0;
        for (; j + 2 * LANES <= vector.length; j += 2 * LANES) {
            even = load(vector, j).fma(members(bits, j), even);
            odd = load(vector, j + LANES).fma(members(bits, j + LANES), odd);
        }
        double[] lanes = new double[LANES];
        even.add(odd).intoArray(lanes, 0);
        double sum = sum(lanes, 0);
        for (; j < vector.length; j++) {
            sum += BitMasks.isMember(bits, j) ? vector[j] : 0;
        }
        return sum;
    }

    @Override
    public void select(double[] vector, int[] bits, double[] target) {
        int j = 0;
        for (; j + LANES <= target.length; j += LANES) {
            load(vector, j).mul(members(bits, j)).intoArray(target, j);
        }
        for (; j < target.length; j++) {
            target[j] = BitMasks.isMember(bits, j) ? vector[j] : 0;
        }
    }

    @Override
    public void spread(double[][] vectors, double[][] factors, int from, double[][] target, int count) {
        int k = 0;
        for (; k + 2 <= count; k += 2) {
            spreadTwo(vectors, factors, from + k, target[k], target[k + 1]);
        }
        for (; k < count; k++) {
            spreadOne(vectors, factors, from + k, target[k]);
        }
    }

    private static void spreadOne(double[][] vectors, double[][] factors, int at, double[] target) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, factors[0][at]);
        DoubleVector b = DoubleVector.broadcast(SPECIES, factors[1][at]);
        DoubleVector c = DoubleVector.broadcast(SPECIES, factors[2][at]);
        DoubleVector d = DoubleVector.broadcast(SPECIES, factors[3][at]);
        int j = 0;
        for (; j + LANES <= target.length; j += LANES) {
            load(vectors[0], j)
                    .fma(a, load(vectors[1], j).fma(b, load(target, j)))
                    .add(load(vectors[2], j).fma(c, load(vectors[3], j).mul(d)))
                    .intoArray(target, j);
        }
        for (; j < target.length; j++) {
            for (int v = 0; v < vectors.length; v++) {
                target[j] = Math.fma(vectors[v][j], factors[v][at], target[j]);
            }
        }
    }

    private static void spreadTwo(double[][] vectors, double[][] factors, int at, double[] first, double[] second) {
        double[] a = vectors[0];
        double[] b = vectors[1];
        double[] c = vectors[2];
        double[] d = vectors[3];
        DoubleVector a1 = DoubleVector.broadcast(SPECIES, factors[0][at]);
        DoubleVector b1 = DoubleVector.broadcast(SPECIES, factors[1][at]);
        DoubleVector c1 = DoubleVector.broadcast(SPECIES, factors[2][at]);
        DoubleVector d1 = DoubleVector.broadcast(SPECIES, factors[3][at]);
        DoubleVector a2 = DoubleVector.broadcast(SPECIES, factors[0][at + 1]);
        DoubleVector b2 = DoubleVector.broadcast(SPECIES, factors[1][at + 1]);
        DoubleVector c2 = DoubleVector.broadcast(SPECIES, factors[2][at + 1]);
        DoubleVector d2 = DoubleVector.broadcast(SPECIES, factors[3][at + 1]);
        int j = 0;
        for (; j + LANES <= first.length; j += LANES) {
            DoubleVector ofA = load(a, j);
            DoubleVector ofB = load(b, j);
            DoubleVector ofC = load(c, j);
            DoubleVector ofD = load(d, j);
            ofA.fma(a1, ofB.fma(b1, load(first, j)))
                    .add(ofC.fma(c1, ofD.mul(d1)))
                    .intoArray(first, j);
            ofA.fma(a2, ofB.fma(b2, load(second, j)))
                    .add(ofC.fma(c2, ofD.mul(d2)))
                    .intoArray(second, j);
        }
        for (; j < first.length; j++) {
            for (int v = 0; v < vectors.length; v++) {
                first[j] = Math.fma(vectors[v][j], factors[v][at], first[j]);
                second[j] = Math.fma(vectors[v][j], factors[v][at + 1], second[j]);
            }
        }
    }

    @Override
    public void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target) {
        DoubleVector own = DoubleVector.zero(SPECIES);
        DoubleVector next = DoubleVector.zero(SPECIES);
        DoubleVector lagged = DoubleVector.zero(SPECIES);
        int j = 1;
        for (; j + LANES <= y.length; j += LANES) {
            DoubleVector now = load(y, j);
            DoubleVector former = load(y, j - 1);
            DoubleVector z = load(fit, j).mul(-2).add(now);
            DoubleVector formerZ = load(fit, j - 1).mul(-2).add(former);
            DoubleVector weight = load(u, j);
            DoubleVector square = now.mul(z);
            own = weight.fma(square, own);
            next = load(v, j).fma(square, next);
            lagged = weight.fma(now.fma(formerZ, former.mul(z)), lagged);
        }
        double[] lanes = new double[3 * LANES];
        own.intoArray(lanes, 0);
        next.intoArray(lanes, LANES);
        lagged.intoArray(lanes, 2 * LANES);
        double first = y[0] * (y[0] - 2 * fit[0]);
        target[0] = sum(lanes, 0) + u[0] * first;
        target[1] = sum(lanes, LANES) + v[0] * first;
        target[2] = sum(lanes, 2 * LANES);
        for (; j < y.length; j++) {
            double z = y[j] - 2 * fit[j];
            target[0] += u[j] * y[j] * z;
            target[1] += v[j] * y[j] * z;
            target[2] += u[j] * (y[j] * (y[j - 1] - 2 * fit[j - 1]) + y[j - 1] * z);
        }
    }

    @Override
    public void subtractBefore(double[] values, double share, double[] target) {
        DoubleVector less = DoubleVector.broadcast(SPECIES, -share);
        int j = 1;
        for (; j + LANES <= target.length; j += LANES) {
            less.fma(load(values, j - 1), load(values, j)).intoArray(target, j);
        }
        for (; j < target.length; j++) {
            target[j] = Math.fma(-share, values[j - 1], values[j]);
        }
    }

    @Override
    public void weightAfter(double[] u, double[] v, double share, double[] x, double[] target) {
        DoubleVector less = DoubleVector.broadcast(SPECIES, -share);
        int last = target.length - 1;
        int j = 0;
        for (; j + LANES <= last; j += LANES) {
            less.mul(load(v, j)).fma(load(x, j + 1), load(u, j).mul(load(x, j))).intoArray(target, j);
        }
        for (; j < last; j++) {
            target[j] = Math.fma(-share * v[j], x[j + 1], u[j] * x[j]);
        }
        target[last] = u[last] * x[last];
    }

    @Override
    public double inner(double[] a, int first, double[] b, int second, int length) {
        DoubleVector even = DoubleVector.zero(SPECIES);
        DoubleVector odd = DoubleVector.zero(SPECIES);
        int k = 0;
        for (; k + 2 * LANES <= length; k += 2 * LANES) {
            even = load(a, first + k).fma(load(b, second + k), even);
            odd = load(a, first + k + LANES).fma(load(b, second + k + LANES), odd);
        }
        double[] lanes = new double[LANES];
        even.add(odd).intoArray(lanes, 0);
        double sum = sum(lanes, 0);
        for (; k < length; k++) {
            sum = Math.fma(a[first + k], b[second + k], sum);
        }
        return sum;
    }

    /**
     * Adds up lanes, even and odd ones separately. The lanes are read from memory, because the API's operations on single
     * lanes are so much code that the JIT compiler stops inlining and then keeps the sums of a loop on the heap.
     */
    private static double sum(double[] lanes, int at) {
        double even = lanes[at];
        double odd = LANES > 1 ? lanes[at + 1] : 0;
        for (int lane = 2; lane < LANES; lane += 2) {
            even += lanes[at + lane];
            odd += lanes[at + lane + 1];
        }
        return even + odd;
    }
}
