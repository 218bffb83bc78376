package io.github.rowwise.internal.factor.kernel;

import java.io.Serializable;

/**
 * The sizes that follow from the rank, the form of the effects and the number of treatments.
 *
 * <p>A cell's expected outcome is {@code (1, f_j, nu_j)' (b_i, 1) + (1, f_j)' d_ai} in arm a, without the second part
 * under control: the first vector is the period's <em>extended</em> vector, and a unit's <em>coefficients</em> are
 * {@code (b_i, d_1i, ..., d_Ki)}. Effects that are constant over time have d_ai of one entry. A unit's coefficients
 * <em>in an arm</em>, {@code (b_i + d_ai, 1)}, go with the extended vector.
 *
 * @param rank number of factors
 * @param constantEffects whether effects do not change with the period
 * @param treatments number of arms besides control
 */
public record Dimensions(int rank, boolean constantEffects, int treatments) implements Serializable {

    /** Rows of the grouped sums are this many doubles or a multiple, so that they are added in full vectors. */
    private static final int VECTOR = 8;

    /** Arms, control among them. */
    public int arms() {
        return treatments + 1;
    }

    /** Entries of b_i: the constant and the factors. */
    public int levels() {
        return rank + 1;
    }

    /** Entries of d_ai; they go with the first entries of the extended vector. */
    public int effects() {
        return constantEffects ? 1 : rank + 1;
    }

    /** Entries of (b_i, d_1i, ..., d_Ki). */
    public int coefficients() {
        return levels() + treatments * effects();
    }

    /** Where the effects of an arm, 1 or more, begin among the coefficients. */
    public int firstEffect(int arm) {
        return levels() + (arm - 1) * effects();
    }

    /** Entries of the extended vector (1, f_j, nu_j). */
    public int extended() {
        return rank + 2;
    }

    /** What is random of a period: (f_j, nu_j). */
    public int latent() {
        return rank + 1;
    }

    /** Blocks of coefficients that go with the factors. */
    public int blocksOnFactors() {
        return constantEffects ? 1 : arms();
    }

    /** Index of the pair of two entries of the extended vector with {@code a <= c}. */
    public int pair(int a, int c) {
        return a * extended() - a * (a - 1) / 2 + c - a;
    }

    /** Length of a row of unordered pairs, padded. */
    public int pairs() {
        return padded(extended() * (extended() + 1) / 2);
    }

    /** Length of a row of ordered pairs, padded. */
    public int orderedPairs() {
        return padded(extended() * extended());
    }

    /**
     * Length of a row of sums or moments of a period or a unit, of four parts: of two neighbouring cells alike, by unordered
     * pair; of one cell, and of the cell as the one before the next, by unordered pair; of a cell with both neighbours, by
     * ordered pair. So what a cell adds is one stretch, and what two neighbours add is another. Without correlation there is
     * the second alone.
     */
    public int row(boolean correlated) {
        return correlated ? crossStart() + orderedPairs() : pairs();
    }

    /** Length of a row without the last part, which only effects have. */
    public int symmetric(boolean correlated) {
        return correlated ? crossStart() : pairs();
    }

    /** Where the part of one cell begins in a row. */
    public int cellStart(boolean correlated) {
        return correlated ? pairs() : 0;
    }

    /** Where the part of the cell as the one before the next begins in a row. */
    public int nearStart() {
        return 2 * pairs();
    }

    /** Where the part of a cell with its neighbours begins in a row. */
    public int crossStart() {
        return 3 * pairs();
    }

    /** Length of a row with an extended vector, padded. */
    public int vector() {
        return padded(extended());
    }

    public static int padded(int width) {
        return (width + VECTOR - 1) / VECTOR * VECTOR;
    }
}
