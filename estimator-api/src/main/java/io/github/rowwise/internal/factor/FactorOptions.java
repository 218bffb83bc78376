package io.github.rowwise.internal.factor;

/**
 * What a fit is told.
 *
 * @param rankLimit most factors to start from
 * @param tolerance the first phase ends when the bound has twice risen by less than this share
 * @param iterations most iterations of the first phase
 * @param lastIterations most iterations of the last phase
 */
public record FactorOptions(int rankLimit, double tolerance, int iterations, int lastIterations) {

    /** The rank that a panel bears: never more than a quarter of its shorter side. */
    int rank(int units, int periods) {
        return Math.max(1, Math.min(rankLimit, Math.min(units, periods) / 4));
    }
}
