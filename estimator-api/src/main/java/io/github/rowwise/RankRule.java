package io.github.rowwise;

import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many factors of an arm's row-scaled, zero-filled matrix are kept.
 *
 * <p>One factor too many ruins the row-wise guarantee of Algorithm 1, one too few costs little: when in doubt a rule
 * must keep fewer. Immutable.
 *
 * <pre class="example">{@code
 * SpectralEstimator three =
 *         SpectralEstimator.withDefaults().withRank(RankRule.fixed(3));
 * SpectralEstimator byArm =
 *         SpectralEstimator.withDefaults().withRank(RankRule.fixed(3, 4));
 * }</pre>
 */
public sealed interface RankRule {

    /**
     * Given ranks.
     *
     * @param ranks one for all arms, or one per arm, control first; each 0 or more, at most the smaller of units and
     *     periods
     */
    record Fixed(List<Integer> ranks) implements RankRule {
        /**
         * Rejects no rank and a negative one.
         *
         * @param ranks as above
         */
        public Fixed {
            ranks = List.copyOf(ranks);
            if (ranks.isEmpty()) {
                throw new IllegalArgumentException("no rank: give one for all arms, or one per arm");
            }
            for (int rank : ranks) {
                if (rank < 0) {
                    throw new IllegalArgumentException("rank " + rank + " is negative: give 0 or more");
                }
            }
        }

        /**
         * Returns the rank of an arm.
         *
         * @param arm the arm, 0 for control
         * @return 0 or more
         * @throws IndexOutOfBoundsException if there are ranks by arm and none for this one
         */
        public int rank(int arm) {
            return ranks.get(ranks.size() == 1 ? 0 : arm);
        }

        /** Rejects a panel that the ranks do not fit. */
        void require(Panel panel, int units) {
            if (ranks.size() != 1 && ranks.size() != panel.arms()) {
                throw new IllegalArgumentException("ranks " + label() + " for the " + panel.arms() + " arms "
                        + panel.armNames() + ": give one rank for all arms, or one per arm");
            }
            int highest = Math.min(units, panel.periods());
            for (int rank : ranks) {
                if (rank > highest) {
                    throw new IllegalArgumentException("rank " + rank + " is above " + highest + ", the smaller of "
                            + units + " units and " + panel.periods() + " periods: give a rank from 0 to "
                            + highest);
                }
            }
        }

        /**
         * Returns the ranks as they are written in options.
         *
         * @return such as {@code 3} or {@code 3,4}
         */
        public String label() {
            return ranks.stream().map(String::valueOf).collect(Collectors.joining(","));
        }

        @Override
        public String toString() {
            return "fixed";
        }
    }

    /**
     * Sign-flip parallel analysis: flips the sign of every entry at random, which destroys the low-rank part and keeps
     * every entry's variance, and keeps the singular values above the largest of the flipped copies. Source: Hong,
     * Sheng, Dobriban, arXiv:2012.02985. Conservative when an arm is rare.
     *
     * @param copies number of flipped copies, 1 to 64
     */
    record SignFlip(int copies) implements RankRule {
        /**
         * Rejects fewer than 1 and more than 64 copies.
         *
         * @param copies as above
         */
        public SignFlip {
            if (copies < 1 || copies > 64) {
                throw new IllegalArgumentException(copies + " sign-flipped copies: give 1 to 64");
            }
        }

        @Override
        public String toString() {
            return "sign-flip, " + copies + (copies == 1 ? " copy" : " copies");
        }
    }

    /**
     * The k with the largest ratio of s_k^2 to s_{k+1}^2, at least 1. Source: Ahn and Horenstein (2013),
     * doi:10.3982/ECTA8968. Good when the arms are balanced; gives 1 when an arm is rare.
     *
     * @param highest the highest rank considered, 1 or more; lowered to what the matrix allows
     */
    record EigenvalueRatio(int highest) implements RankRule {
        /**
         * Rejects a highest rank below 1.
         *
         * @param highest as above
         */
        public EigenvalueRatio {
            if (highest < 1) {
                throw new IllegalArgumentException("highest rank " + highest + ": give 1 or more");
            }
        }

        @Override
        public String toString() {
            return "eigenvalue-ratio, up to " + highest;
        }
    }

    /**
     * The paper's rule: the largest s with s_s - s_{s+1} at least {@code c K T(a)},
     * T(a) = √((m + r<sub>p</sub> n) log(m + n) / q) + ‖P(a)‖, here under row-homogeneous assignment
     * (r<sub>p</sub> = 1, P(a) = 0) with q the least positive row propensity of the arm. Source: arXiv:2605.30319.
     * With the proof's c = 96 it keeps nothing on any panel that fits one machine.
     *
     * @param c the constant, above 0; 96 in the proof
     * @param k the bound K on signal and noise in units of the outcome, above 0; 0 takes the largest absolute centred
     *     outcome
     */
    record SpectralGap(double c, double k) implements RankRule {
        /**
         * Rejects constants that are not positive.
         *
         * @param c as above
         * @param k as above
         */
        public SpectralGap {
            if (!(c > 0) || !(k >= 0) || Double.isInfinite(c) || Double.isInfinite(k)) {
                throw new IllegalArgumentException("spectral gap with c = " + c + " and K = " + k
                        + ": give c above 0, and K above 0 or 0 for the largest absolute centred outcome");
            }
        }

        @Override
        public String toString() {
            return "spectral-gap, c = " + c + ", K = " + (k == 0 ? "largest outcome" : Double.toString(k));
        }
    }

    /**
     * Cross-validation on hidden observed cells with the one-standard-error rule: the smallest rank whose mean squared
     * error is within one standard error, over the folds, of the least.
     *
     * @param highest the highest rank considered, 0 or more
     * @param folds number of folds, 2 to 20
     */
    record HeldOut(int highest, int folds) implements RankRule {
        /**
         * Rejects folds outside 2 to 20 and a negative rank.
         *
         * @param highest as above
         * @param folds as above
         */
        public HeldOut {
            if (highest < 0 || folds < 2 || folds > 20) {
                throw new IllegalArgumentException("held-out with ranks up to " + highest + " and " + folds
                        + " folds: give a rank of 0 or more, and 2 to 20 folds");
            }
        }

        @Override
        public String toString() {
            return "held-out, up to " + highest + ", " + folds + " folds";
        }
    }

    /**
     * Keeps given numbers of factors.
     *
     * @param ranks one for all arms, or one per arm, control first; each 0 or more
     * @return the rule
     */
    static RankRule fixed(int... ranks) {
        return new Fixed(IntStream.of(ranks).boxed().toList());
    }

    /**
     * Sign-flip parallel analysis with the default number of copies: the default rule.
     *
     * @return the rule
     */
    static RankRule signFlip() {
        return new SignFlip(5);
    }

    /**
     * The eigenvalue ratio, up to rank 10.
     *
     * @return the rule
     */
    static RankRule eigenvalueRatio() {
        return new EigenvalueRatio(10);
    }

    /**
     * The paper's spectral gap with the constants of its proof.
     *
     * @return the rule
     */
    static RankRule spectralGap() {
        return new SpectralGap(96, 0);
    }

    /**
     * Held-out cells in 5 folds, up to rank 8.
     *
     * @return the rule
     */
    static RankRule heldOut() {
        return new HeldOut(8, 5);
    }
}
