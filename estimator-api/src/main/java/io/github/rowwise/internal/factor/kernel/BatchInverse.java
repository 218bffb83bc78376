package io.github.rowwise.internal.factor.kernel;

import java.util.Arrays;

/**
 * {@link PositiveDefinite#invert} of several matrices side by side: entry by entry for all of them, so that each step of the
 * elimination is a vector instruction and none waits for the one before.
 */
public final class BatchInverse {

    /** A pivot below this share of its diagonal entry is rounding. */
    private static final double ROUNDING = 1e-15;

    private final int n;
    private final int lanes;
    private final double[] factor;
    private final double[] inverse;
    private final double[] logDeterminants;

    public BatchInverse(int n, int lanes) {
        this.n = n;
        this.lanes = lanes;
        this.factor = new double[n * n * lanes];
        this.inverse = new double[n * n * lanes];
        this.logDeterminants = new double[lanes];
        for (int i = 0; i < n; i++) {
            for (int lane = 0; lane < lanes; lane++) {
                set(lane, i, i, 1);
            }
        }
    }

    /** Sets an entry of the lower triangle; every entry must be set before each inversion. */
    public void set(int lane, int row, int column, double value) {
        factor[at(row, column) + lane] = value;
    }

    /** Copies an inverse, both triangles. */
    public void copyInverse(int lane, double[] target) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = inverse[at(i, j) + lane];
                target[i * n + j] = value;
                target[j * n + i] = value;
            }
        }
    }

    /** The logarithm of a matrix's determinant. */
    public double logDeterminant(int lane) {
        return logDeterminants[lane];
    }

    /** Overwrites what was set. */
    public void invert() {
        factorise();
        invertFactor();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int target = at(i, j);
                scale(target, at(i, i));
                for (int k = i + 1; k < n; k++) {
                    Vectors.addProduct(inverse, target, 1, inverse, at(k, i), inverse, at(k, j), lanes);
                }
            }
        }
    }

    private int at(int row, int column) {
        return (row * n + column) * lanes;
    }

    private void factorise() {
        Arrays.fill(logDeterminants, 0);
        for (int j = 0; j < n; j++) {
            int diagonal = at(j, j);
            for (int lane = 0; lane < lanes; lane++) {
                // The least pivot, until the inverse takes its place.
                inverse[diagonal + lane] = Math.max(ROUNDING * factor[diagonal + lane], Double.MIN_NORMAL);
            }
            for (int i = j; i < n; i++) {
                for (int k = 0; k < j; k++) {
                    Vectors.addProduct(factor, at(i, j), -1, factor, at(i, k), factor, at(j, k), lanes);
                }
            }
            for (int lane = 0; lane < lanes; lane++) {
                double root = Math.sqrt(Math.max(factor[diagonal + lane], inverse[diagonal + lane]));
                factor[diagonal + lane] = root;
                inverse[diagonal + lane] = 1 / root;
                logDeterminants[lane] += 2 * Math.log(root);
            }
            for (int i = j + 1; i < n; i++) {
                int target = at(i, j);
                for (int lane = 0; lane < lanes; lane++) {
                    factor[target + lane] *= inverse[diagonal + lane];
                }
            }
        }
    }

    /** The inverse of the lower factor. */
    private void invertFactor() {
        for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < n; i++) {
                int target = at(i, j);
                for (int lane = 0; lane < lanes; lane++) {
                    inverse[target + lane] = 0;
                }
                for (int k = j; k < i; k++) {
                    Vectors.addProduct(inverse, target, 1, factor, at(i, k), inverse, at(k, j), lanes);
                }
                int diagonal = at(i, i);
                for (int lane = 0; lane < lanes; lane++) {
                    inverse[target + lane] *= -inverse[diagonal + lane];
                }
            }
        }
    }

    private void scale(int target, int by) {
        if (target == by) {
            for (int lane = 0; lane < lanes; lane++) {
                inverse[target + lane] *= inverse[target + lane];
            }
        } else {
            for (int lane = 0; lane < lanes; lane++) {
                inverse[target + lane] *= inverse[by + lane];
            }
        }
    }
}
