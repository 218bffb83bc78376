package io.github.rowwise.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight rows of a matrix, which fit into the first-level cache, and their products with two vectors at a time. Lanes run along
 * the periods.
 */
final class SimdDoubleRows {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int ROWS = 8;

    /** Length of a row, a multiple of the number of lanes; the entries after the last period are zero. */
    final int stride;

    /** The rows, contiguous. */
    final double[] x;

    private final double[] lanes = new double[2 * ROWS * LANES];
    private final double[] product = new double[2 * ROWS];

    SimdDoubleRows(int periods) {
        this.stride = (periods + LANES - 1) / LANES * LANES;
        this.x = new double[ROWS * stride];
    }

    /** Adds X'X times two vectors to two sums. */
    void addNormal(double[] f, int first, int second, double[] sum, int firstSum, int secondSum) {
        dotTwo(f, first, second);
        sumLanes();
        addTwo(sum, firstSum, secondSum);
    }

    /** Adds up lanes in a fixed order, in two halves, because the additions of a single sum depend on each other. */
    private void sumLanes() {
        for (int p = 0; p < 2 * ROWS; p++) {
            int at = p * LANES;
            double sum0 = lanes[at];
            double sum1 = lanes[at + 1];
            for (int lane = at + 2; lane < at + LANES; lane += 2) {
                sum0 += lanes[lane];
                sum1 += lanes[lane + 1];
            }
            product[p] = sum0 + sum1;
        }
    }

    private void dotTwo(double[] f, int first, int second) {
        DoubleVector p0 = DoubleVector.zero(SPECIES);
        DoubleVector q0 = DoubleVector.zero(SPECIES);
        DoubleVector p1 = DoubleVector.zero(SPECIES);
        DoubleVector q1 = DoubleVector.zero(SPECIES);
        DoubleVector p2 = DoubleVector.zero(SPECIES);
        DoubleVector q2 = DoubleVector.zero(SPECIES);
        DoubleVector p3 = DoubleVector.zero(SPECIES);
        DoubleVector q3 = DoubleVector.zero(SPECIES);
        DoubleVector p4 = DoubleVector.zero(SPECIES);
        DoubleVector q4 = DoubleVector.zero(SPECIES);
        DoubleVector p5 = DoubleVector.zero(SPECIES);
        DoubleVector q5 = DoubleVector.zero(SPECIES);
        DoubleVector p6 = DoubleVector.zero(SPECIES);
        DoubleVector q6 = DoubleVector.zero(SPECIES);
        DoubleVector p7 = DoubleVector.zero(SPECIES);
        DoubleVector q7 = DoubleVector.zero(SPECIES);
        for (int j = 0; j < stride; j += LANES) {
            DoubleVector b = DoubleVector.fromArray(SPECIES, f, first + j);
            DoubleVector c = DoubleVector.fromArray(SPECIES, f, second + j);
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
            p0 = a.fma(b, p0);
            q0 = a.fma(c, q0);
            a = DoubleVector.fromArray(SPECIES, x, stride + j);
            p1 = a.fma(b, p1);
            q1 = a.fma(c, q1);
            a = DoubleVector.fromArray(SPECIES, x, 2 * stride + j);
            p2 = a.fma(b, p2);
            q2 = a.fma(c, q2);
            a = DoubleVector.fromArray(SPECIES, x, 3 * stride + j);
            p3 = a.fma(b, p3);
            q3 = a.fma(c, q3);
            a = DoubleVector.fromArray(SPECIES, x, 4 * stride + j);
            p4 = a.fma(b, p4);
            q4 = a.fma(c, q4);
            a = DoubleVector.fromArray(SPECIES, x, 5 * stride + j);
            p5 = a.fma(b, p5);
            q5 = a.fma(c, q5);
            a = DoubleVector.fromArray(SPECIES, x, 6 * stride + j);
            p6 = a.fma(b, p6);
            q6 = a.fma(c, q6);
            a = DoubleVector.fromArray(SPECIES, x, 7 * stride + j);
            p7 = a.fma(b, p7);
            q7 = a.fma(c, q7);
        }
        p0.intoArray(lanes, 0);
        p1.intoArray(lanes, LANES);
        p2.intoArray(lanes, 2 * LANES);
        p3.intoArray(lanes, 3 * LANES);
        p4.intoArray(lanes, 4 * LANES);
        p5.intoArray(lanes, 5 * LANES);
        p6.intoArray(lanes, 6 * LANES);
        p7.intoArray(lanes, 7 * LANES);
        q0.intoArray(lanes, 8 * LANES);
        q1.intoArray(lanes, 9 * LANES);
        q2.intoArray(lanes, 10 * LANES);
        q3.intoArray(lanes, 11 * LANES);
        q4.intoArray(lanes, 12 * LANES);
        q5.intoArray(lanes, 13 * LANES);
        q6.intoArray(lanes, 14 * LANES);
        q7.intoArray(lanes, 15 * LANES);
    }

    private void addTwo(double[] sum, int first, int second) {
        DoubleVector l0 = DoubleVector.broadcast(SPECIES, product[0]);
        DoubleVector l1 = DoubleVector.broadcast(SPECIES, product[1]);
        DoubleVector l2 = DoubleVector.broadcast(SPECIES, product[2]);
        DoubleVector l3 = DoubleVector.broadcast(SPECIES, product[3]);
        DoubleVector l4 = DoubleVector.broadcast(SPECIES, product[4]);
        DoubleVector l5 = DoubleVector.broadcast(SPECIES, product[5]);
        DoubleVector l6 = DoubleVector.broadcast(SPECIES, product[6]);
        DoubleVector l7 = DoubleVector.broadcast(SPECIES, product[7]);
        DoubleVector k0 = DoubleVector.broadcast(SPECIES, product[8]);
        DoubleVector k1 = DoubleVector.broadcast(SPECIES, product[9]);
        DoubleVector k2 = DoubleVector.broadcast(SPECIES, product[10]);
        DoubleVector k3 = DoubleVector.broadcast(SPECIES, product[11]);
        DoubleVector k4 = DoubleVector.broadcast(SPECIES, product[12]);
        DoubleVector k5 = DoubleVector.broadcast(SPECIES, product[13]);
        DoubleVector k6 = DoubleVector.broadcast(SPECIES, product[14]);
        DoubleVector k7 = DoubleVector.broadcast(SPECIES, product[15]);
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
            a = DoubleVector.fromArray(SPECIES, x, 4 * stride + j);
            t = l4.fma(a, t);
            u = k4.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, 5 * stride + j);
            t = l5.fma(a, t);
            u = k5.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, 6 * stride + j);
            t = l6.fma(a, t);
            u = k6.fma(a, u);
            a = DoubleVector.fromArray(SPECIES, x, 7 * stride + j);
            t = l7.fma(a, t);
            u = k7.fma(a, u);
            t.intoArray(sum, first + j);
            u.intoArray(sum, second + j);
        }
    }
}
