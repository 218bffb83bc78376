package io.github.rowwise.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Single-precision counterpart of {@link SimdDoubleRows}. */
final class SimdFloatRows {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int ROWS = 8;

    /** Length of a row, a multiple of the number of lanes; the entries after the last period are zero. */
    final int stride;

    /** The rows, contiguous. */
    final float[] x;

    private final float[] lanes = new float[2 * ROWS * LANES];
    private final float[] product = new float[2 * ROWS];

    SimdFloatRows(int periods) {
        this.stride = (periods + LANES - 1) / LANES * LANES;
        this.x = new float[ROWS * stride];
    }

    /** Adds X'X times two vectors to two sums. */
    void addNormal(float[] f, int first, int second, float[] sum, int firstSum, int secondSum) {
        dotTwo(f, first, second);
        sumLanes();
        addTwo(sum, firstSum, secondSum);
    }

    /** Adds up lanes in a fixed order, in two halves, because the additions of a single sum depend on each other. */
    private void sumLanes() {
        for (int p = 0; p < 2 * ROWS; p++) {
            int at = p * LANES;
            float sum0 = lanes[at];
            float sum1 = lanes[at + 1];
            for (int lane = at + 2; lane < at + LANES; lane += 2) {
                sum0 += lanes[lane];
                sum1 += lanes[lane + 1];
            }
            product[p] = sum0 + sum1;
        }
    }

    private void dotTwo(float[] f, int first, int second) {
        FloatVector p0 = FloatVector.zero(SPECIES);
        FloatVector q0 = FloatVector.zero(SPECIES);
        FloatVector p1 = FloatVector.zero(SPECIES);
        FloatVector q1 = FloatVector.zero(SPECIES);
        FloatVector p2 = FloatVector.zero(SPECIES);
        FloatVector q2 = FloatVector.zero(SPECIES);
        FloatVector p3 = FloatVector.zero(SPECIES);
        FloatVector q3 = FloatVector.zero(SPECIES);
        FloatVector p4 = FloatVector.zero(SPECIES);
        FloatVector q4 = FloatVector.zero(SPECIES);
        FloatVector p5 = FloatVector.zero(SPECIES);
        FloatVector q5 = FloatVector.zero(SPECIES);
        FloatVector p6 = FloatVector.zero(SPECIES);
        FloatVector q6 = FloatVector.zero(SPECIES);
        FloatVector p7 = FloatVector.zero(SPECIES);
        FloatVector q7 = FloatVector.zero(SPECIES);
        for (int j = 0; j < stride; j += LANES) {
            FloatVector b = FloatVector.fromArray(SPECIES, f, first + j);
            FloatVector c = FloatVector.fromArray(SPECIES, f, second + j);
            FloatVector a = FloatVector.fromArray(SPECIES, x, j);
            p0 = a.fma(b, p0);
            q0 = a.fma(c, q0);
            a = FloatVector.fromArray(SPECIES, x, stride + j);
            p1 = a.fma(b, p1);
            q1 = a.fma(c, q1);
            a = FloatVector.fromArray(SPECIES, x, 2 * stride + j);
            p2 = a.fma(b, p2);
            q2 = a.fma(c, q2);
            a = FloatVector.fromArray(SPECIES, x, 3 * stride + j);
            p3 = a.fma(b, p3);
            q3 = a.fma(c, q3);
            a = FloatVector.fromArray(SPECIES, x, 4 * stride + j);
            p4 = a.fma(b, p4);
            q4 = a.fma(c, q4);
            a = FloatVector.fromArray(SPECIES, x, 5 * stride + j);
            p5 = a.fma(b, p5);
            q5 = a.fma(c, q5);
            a = FloatVector.fromArray(SPECIES, x, 6 * stride + j);
            p6 = a.fma(b, p6);
            q6 = a.fma(c, q6);
            a = FloatVector.fromArray(SPECIES, x, 7 * stride + j);
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

    private void addTwo(float[] sum, int first, int second) {
        FloatVector l0 = FloatVector.broadcast(SPECIES, product[0]);
        FloatVector l1 = FloatVector.broadcast(SPECIES, product[1]);
        FloatVector l2 = FloatVector.broadcast(SPECIES, product[2]);
        FloatVector l3 = FloatVector.broadcast(SPECIES, product[3]);
        FloatVector l4 = FloatVector.broadcast(SPECIES, product[4]);
        FloatVector l5 = FloatVector.broadcast(SPECIES, product[5]);
        FloatVector l6 = FloatVector.broadcast(SPECIES, product[6]);
        FloatVector l7 = FloatVector.broadcast(SPECIES, product[7]);
        FloatVector k0 = FloatVector.broadcast(SPECIES, product[8]);
        FloatVector k1 = FloatVector.broadcast(SPECIES, product[9]);
        FloatVector k2 = FloatVector.broadcast(SPECIES, product[10]);
        FloatVector k3 = FloatVector.broadcast(SPECIES, product[11]);
        FloatVector k4 = FloatVector.broadcast(SPECIES, product[12]);
        FloatVector k5 = FloatVector.broadcast(SPECIES, product[13]);
        FloatVector k6 = FloatVector.broadcast(SPECIES, product[14]);
        FloatVector k7 = FloatVector.broadcast(SPECIES, product[15]);
        for (int j = 0; j < stride; j += LANES) {
            FloatVector t = FloatVector.fromArray(SPECIES, sum, first + j);
            FloatVector u = FloatVector.fromArray(SPECIES, sum, second + j);
            FloatVector a = FloatVector.fromArray(SPECIES, x, j);
            t = l0.fma(a, t);
            u = k0.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, stride + j);
            t = l1.fma(a, t);
            u = k1.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 2 * stride + j);
            t = l2.fma(a, t);
            u = k2.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 3 * stride + j);
            t = l3.fma(a, t);
            u = k3.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 4 * stride + j);
            t = l4.fma(a, t);
            u = k4.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 5 * stride + j);
            t = l5.fma(a, t);
            u = k5.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 6 * stride + j);
            t = l6.fma(a, t);
            u = k6.fma(a, u);
            a = FloatVector.fromArray(SPECIES, x, 7 * stride + j);
            t = l7.fma(a, t);
            u = k7.fma(a, u);
            t.intoArray(sum, first + j);
            u.intoArray(sum, second + j);
        }
    }
}
