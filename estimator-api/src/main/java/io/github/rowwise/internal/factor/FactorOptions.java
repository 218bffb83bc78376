package io.github.rowwise.internal.factor;

/**
 * Options of the EM algorithm.
 *
 * @param rankLimit maximum initial number of factors
 * @param tolerance the first phase ends after two consecutive increases of the bound below this share
 * @param iterations maximum number of iterations of the first phase
 * @param lastIterations maximum number of iterations of the last round
 */
public record FactorOptions(int rankLimit, double tolerance, int iterations, int lastIterations) {

    /**
     * Returns the initial number of factors: at most a quarter of the shorter side of the panel. Two units or two periods have
     * none, because one factor would describe them without noise.
     */
    int rank(int units, int periods) {
        int shorter = Math.min(units, periods);
        return shorter <= 2 ? 0 : Math.max(1, Math.min(rankLimit, shorter / 4));
    }
}
