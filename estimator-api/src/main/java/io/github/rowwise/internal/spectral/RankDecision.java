package io.github.rowwise.internal.spectral;

/**
 * A rank rule, as a function of the singular values in descending order, in scaled outcomes.
 *
 * <p>The rule is evaluated after each pass, while the singular values converge from below.
 */
public interface RankDecision {

    /**
     * Returns the number of factors to keep. It exceeds the number of values if more values are needed for the
     * decision.
     */
    int rank(double[] singularValues);

    /** Returns the number of leading values that the decision depends on. They must have settled before it is final. */
    int valuesUsed(double[] singularValues);

    /** Returns the value or spectral gap that the rule compares with; NaN if it has none. */
    double threshold();

    /** Returns a rule that keeps a fixed number of factors. */
    static RankDecision fixed(int rank) {
        return new RankDecision() {
            @Override
            public int rank(double[] singularValues) {
                return rank;
            }

            @Override
            public int valuesUsed(double[] singularValues) {
                return 0;
            }

            @Override
            public double threshold() {
                return Double.NaN;
            }
        };
    }

    /** Relative error of singular values. */
    double ROUNDING = 1e-9;

    /** Returns a rule that keeps the values above a threshold. */
    static RankDecision above(double threshold) {
        return new RankDecision() {
            @Override
            public int rank(double[] singularValues) {
                // A value that equals the threshold up to rounding is not above it, whatever the backend.
                return countFrom(singularValues, threshold * (1 + ROUNDING), true);
            }

            @Override
            public int valuesUsed(double[] singularValues) {
                return Math.min(rank(singularValues) + 1, singularValues.length);
            }

            @Override
            public double threshold() {
                return threshold;
            }
        };
    }

    /**
     * Returns a rule that keeps k factors, from 1 to {@code highest}, such that the ratio of the squares of values k
     * and k + 1 is largest.
     */
    static RankDecision eigenvalueRatio(int highest) {
        return new RankDecision() {
            @Override
            public int rank(double[] singularValues) {
                int best = 0;
                double bestRatio = 0;
                for (int k = 1; k <= Math.min(highest, singularValues.length - 1); k++) {
                    // Values that are rounding errors of the largest count as zeros. Their ratios are meaningless.
                    if (singularValues[k - 1] <= 1e-7 * singularValues[0]) {
                        break;
                    }
                    double ratio = singularValues[k - 1] / Math.max(singularValues[k], 1e-12 * singularValues[0]);
                    if (ratio > bestRatio) {
                        bestRatio = ratio;
                        best = k;
                    }
                }
                return best;
            }

            @Override
            public int valuesUsed(double[] singularValues) {
                return highest + 1;
            }

            @Override
            public double threshold() {
                return Double.NaN;
            }
        };
    }

    /**
     * Returns a rule that keeps the largest number s of factors such that value s exceeds value s + 1 by at least
     * {@code gap}.
     */
    static RankDecision spectralGap(double gap) {
        return new RankDecision() {
            @Override
            public int rank(double[] singularValues) {
                for (int s = countFrom(singularValues, gap, false); s > 0; s--) {
                    double next = s < singularValues.length ? singularValues[s] : 0;
                    if (singularValues[s - 1] - next >= gap) {
                        return s;
                    }
                }
                return 0;
            }

            @Override
            public int valuesUsed(double[] singularValues) {
                return Math.min(countFrom(singularValues, gap, false) + 1, singularValues.length);
            }

            @Override
            public double threshold() {
                return gap;
            }
        };
    }

    private static int countFrom(double[] descending, double bound, boolean strictly) {
        int count = 0;
        while (count < descending.length
                && (strictly ? descending[count] > bound : descending[count] >= bound && bound > 0)) {
            count++;
        }
        return count;
    }
}
