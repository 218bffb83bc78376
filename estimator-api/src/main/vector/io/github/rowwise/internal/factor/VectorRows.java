package io.github.rowwise.internal.factor;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernel with the JDK's vector API. Lanes of products are added up in a fixed order, because the API's own sum over lanes
 * may change its order when a method is compiled.
 */
final class VectorRows implements RowKernel {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

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
            DoubleVector first =
                    load(table, a + i).add(load(table, b + i)).add(load(table, c + i).add(load(table, d + i)));
            DoubleVector second =
                    load(table, e + i).add(load(table, f + i)).add(load(table, g + i).add(load(table, h + i)));
            load(target, at + i).add(first.add(second)).intoArray(target, at + i);
        }
        for (; i < width; i++) {
            target[at + i] += ((table[a + i] + table[b + i]) + (table[c + i] + table[d + i]))
                    + ((table[e + i] + table[f + i]) + (table[g + i] + table[h + i]));
        }
    }

    @Override
    public void addTwo(double[] target, int at, double[] table, int first, int second, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            load(target, at + i)
                    .add(load(table, first + i).add(load(table, second + i)))
                    .intoArray(target, at + i);
        }
        for (; i < width; i++) {
            target[at + i] += table[first + i] + table[second + i];
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
    public void set(double[] table, int at, int first, int second, int width) {
        int i = 0;
        for (; i + LANES <= width; i += LANES) {
            load(table, first + i).add(load(table, second + i)).intoArray(table, at + i);
        }
        for (; i < width; i++) {
            table[at + i] = table[first + i] + table[second + i];
        }
    }

    /** Lanes of ones and zeros. */
    private static DoubleVector members(int[] bits, int first) {
        return load(Rows.MEMBERS, Rows.members(bits, first & -Byte.SIZE) + first % Byte.SIZE);
    }

    private static boolean isMember(int @Nullable [] bits, int j) {
        return bits == null || ((bits[j / CellBits.WORD] >>> j) & 1) != 0;
    }

    @Override
    public void combine(
            double[] factors, int from, double[][] rows, int count, int @Nullable [] bits, double[] target) {
        int j = 0;
        for (; j + LANES <= target.length; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int k = 0; k < count; k++) {
                sum = load(rows[k], j).fma(DoubleVector.broadcast(SPECIES, factors[from + k]), sum);
            }
            DoubleVector former = load(target, j);
            (bits == null ? former.add(sum) : sum.fma(members(bits, j), former)).intoArray(target, j);
        }
        for (; j < target.length; j++) {
            for (int k = 0; k < count && isMember(bits, j); k++) {
                target[j] = Math.fma(factors[from + k], rows[k][j], target[j]);
            }
        }
    }

    @Override
    public void products(
            double[] vector, int @Nullable [] bits, double[][] rows, int count, double[] target, int at) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            double[] a = rows[k];
            double[] b = rows[k + 1];
            double[] c = rows[k + 2];
            double[] d = rows[k + 3];
            DoubleVector p = DoubleVector.zero(SPECIES);
            DoubleVector q = DoubleVector.zero(SPECIES);
            DoubleVector r = DoubleVector.zero(SPECIES);
            DoubleVector s = DoubleVector.zero(SPECIES);
            int j = 0;
            for (; j + LANES <= vector.length; j += LANES) {
                DoubleVector x = load(vector, j);
                if (bits != null) {
                    x = x.mul(members(bits, j));
                }
                p = x.fma(load(a, j), p);
                q = x.fma(load(b, j), q);
                r = x.fma(load(c, j), r);
                s = x.fma(load(d, j), s);
            }
            target[at + k] += sum(p);
            target[at + k + 1] += sum(q);
            target[at + k + 2] += sum(r);
            target[at + k + 3] += sum(s);
        }
        for (; k < count; k++) {
            double[] a = rows[k];
            DoubleVector p = DoubleVector.zero(SPECIES);
            for (int j = 0; j + LANES <= vector.length; j += LANES) {
                DoubleVector x = load(vector, j);
                if (bits != null) {
                    x = x.mul(members(bits, j));
                }
                p = x.fma(load(a, j), p);
            }
            target[at + k] += sum(p);
        }
        for (int j = vector.length / LANES * LANES; j < vector.length; j++) {
            for (k = 0; k < count && isMember(bits, j); k++) {
                target[at + k] = Math.fma(vector[j], rows[k][j], target[at + k]);
            }
        }
    }

    @Override
    public void spread(
            double[][] vectors, int @Nullable [][] bits, double[][] factors, int from, double[][] target, int count) {
        double[] ofA = factors[0];
        double[] ofB = factors[1];
        double[] ofC = factors[2];
        double[] ofD = factors[3];
        int m = vectors[0].length;
        int j = 0;
        for (; j + LANES <= m; j += LANES) {
            DoubleVector a = load(vectors[0], j);
            DoubleVector b = load(vectors[1], j);
            DoubleVector c = load(vectors[2], j);
            DoubleVector d = load(vectors[3], j);
            if (bits != null) {
                a = a.mul(members(bits[0], j));
                b = b.mul(members(bits[1], j));
                c = c.mul(members(bits[2], j));
                d = d.mul(members(bits[3], j));
            }
            for (int k = 0; k < count; k++) {
                DoubleVector sum = load(target[k], j);
                sum = a.fma(DoubleVector.broadcast(SPECIES, ofA[from + k]), sum);
                sum = b.fma(DoubleVector.broadcast(SPECIES, ofB[from + k]), sum);
                sum = c.fma(DoubleVector.broadcast(SPECIES, ofC[from + k]), sum);
                d.fma(DoubleVector.broadcast(SPECIES, ofD[from + k]), sum).intoArray(target[k], j);
            }
        }
        for (; j < m; j++) {
            for (int v = 0; v < vectors.length; v++) {
                for (int k = 0; k < count && (bits == null || isMember(bits[v], j)); k++) {
                    target[k][j] = Math.fma(vectors[v][j], factors[v][from + k], target[k][j]);
                }
            }
        }
    }

    @Override
    public void residuals(double[] y, double[] fit, double[] u, double[] v, double[] target) {
        DoubleVector own = DoubleVector.zero(SPECIES);
        DoubleVector next = DoubleVector.zero(SPECIES);
        DoubleVector beside = DoubleVector.zero(SPECIES);
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
            beside = weight.fma(now.fma(formerZ, former.mul(z)), beside);
        }
        double first = y[0] * (y[0] - 2 * fit[0]);
        target[0] = sum(own) + u[0] * first;
        target[1] = sum(next) + v[0] * first;
        target[2] = sum(beside);
        for (; j < y.length; j++) {
            double z = y[j] - 2 * fit[j];
            target[0] += u[j] * y[j] * z;
            target[1] += v[j] * y[j] * z;
            target[2] += u[j] * (y[j] * (y[j - 1] - 2 * fit[j - 1]) + y[j - 1] * z);
        }
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
        double sum = sum(even.add(odd));
        for (; k < length; k++) {
            sum = Math.fma(a[first + k], b[second + k], sum);
        }
        return sum;
    }

    private static double sum(DoubleVector vector) {
        double sum = 0;
        for (int lane = 0; lane < LANES; lane++) {
            sum += vector.lane(lane);
        }
        return sum;
    }
}
