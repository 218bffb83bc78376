package io.github.rowwise.internal.factor;

/**
 * What a tile is filled with: every sum over cells of the model is the product of one of these n x m matrices with a
 * matrix of few columns. A pair is a cell whose period before was observed too.
 *
 * <p>With innovation variance s2 and correlation rho, the precision of a stretch of AR(1) noise is
 * {@code ((1 - rho^2) I + rho^2 C - rho A) / s2}, with C the number of a cell's observed neighbours on the diagonal and
 * A a one between neighbours. So the sums come in three parts, weighted with each unit's own rho afterwards.
 */
enum CellMask {
    OBSERVED,
    TREATED,
    NEIGHBOURS,
    TREATED_NEIGHBOURS,
    PAIR,
    PAIR_TREATED_NOW,
    PAIR_TREATED_BEFORE,
    PAIR_TREATED_BOTH,
    OUTCOME,
    TREATED_OUTCOME,
    OUTCOME_NEIGHBOURS,
    TREATED_OUTCOME_NEIGHBOURS,
    OUTCOME_BESIDE,
    TREATED_OUTCOME_BESIDE
}
