package io.github.rowwise.internal.spectral;

/**
 * A rank rule in terms of singular values, descending, in scaled outcomes.
 *
 * <p>While a spectrum is still converging from below it is asked again after every pass.
 */
public interface RankDecision {

    /** How many factors to keep; more than there are values where they are still too few to tell. */
    int keep(double[] singularValues);

    /** How many of the leading values the decision rests on, and so must have settled. */
    int look(double[] singularValues);

    /** The value or gap compared with; NaN where there is none. */
    double threshold();

    /** Keeps a given number. */
    static RankDecision fixed(int rank) {
        return new RankDecision() {
            @Override
            public int keep(double[] singularValues) {
                return rank;
            }

            @Override
            public int look(double[] singularValues) {
                return 0;
            }

            @Override
            public double threshold() {
                return Double.NaN;
            }
        };
    }

    /** Keeps the values above a threshold. */
    static RankDecision above(double threshold) {
        return new RankDecision() {
            @Override
            public int keep(double[] singularValues) {
                return countFrom(singularValues, threshold, true);
            }

            @Override
            public int look(double[] singularValues) {
                return Math.min(keep(singularValues) + 1, singularValues.length);
            }

            @Override
            public double threshold() {
                return threshold;
            }
        };
    }

    /** Keeps the k, from 1 to {@code highest}, with the largest ratio of the squares of neighbours. */
    static RankDecision eigenvalueRatio(int highest) {
        return new RankDecision() {
            @Override
            public int keep(double[] singularValues) {
                int best = 0;
                double bestRatio = 0;
                for (int k = 1; k <= Math.min(highest, singularValues.length - 1); k++) {
                    // Values that are rounding of the largest are zeros: their ratios say nothing.
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
            public int look(double[] singularValues) {
                return highest + 1;
            }

            @Override
            public double threshold() {
                return Double.NaN;
            }
        };
    }

    /** Keeps the largest s whose value stands at least {@code gap} above the next. */
    static RankDecision spectralGap(double gap) {
        return new RankDecision() {
            @Override
            public int keep(double[] singularValues) {
                for (int s = countFrom(singularValues, gap, false); s > 0; s--) {
                    double next = s < singularValues.length ? singularValues[s] : 0;
                    if (singularValues[s - 1] - next >= gap) {
                        return s;
                    }
                }
                return 0;
            }

            @Override
            public int look(double[] singularValues) {
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
