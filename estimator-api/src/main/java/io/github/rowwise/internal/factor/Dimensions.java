package io.github.rowwise.internal.factor;

/**
 * The sizes that follow from the rank and the form of the effects.
 *
 * <p>A cell's expected outcome is {@code (1, f_j, nu_j)' (b_i, 1) + D_ij (1, f_j)' d_i}: the first vector is the period's
 * <em>extended</em> vector, and a unit's <em>coefficients</em> are {@code (b_i, d_i)}. Effects that are constant over
 * time have a d_i with one entry.
 *
 * @param rank number of factors
 * @param constantEffects whether effects do not change with the period
 */
record Dimensions(int rank, boolean constantEffects) {

    /** Entries of b_i: the constant and the factors. */
    int levels() {
        return rank + 1;
    }

    /** Entries of d_i; they go with the first entries of the extended vector. */
    int effects() {
        return constantEffects ? 1 : rank + 1;
    }

    /** Entries of (b_i, d_i). */
    int coefficients() {
        return levels() + effects();
    }

    /** Entries of the extended vector (1, f_j, nu_j). */
    int extended() {
        return rank + 2;
    }

    /** What is random of a period: (f_j, nu_j). */
    int latent() {
        return rank + 1;
    }

    /** Entries of (b_i, 1, d_i). */
    int augmented() {
        return extended() + effects();
    }

    /** Unordered pairs of entries of the extended vector. */
    int pairs() {
        return extended() * (extended() + 1) / 2;
    }

    /** The first pairs, which hold an entry that effects go with. */
    int effectPairs() {
        return pair(effects() - 1, extended() - 1) + 1;
    }

    /** Index of a pair with {@code a <= c}. */
    int pair(int a, int c) {
        return a * extended() - a * (a - 1) / 2 + c - a;
    }

    /** Index of an ordered pair of an entry that effects go with and any entry. */
    int effectBy(int effect, int any) {
        return effect * extended() + any;
    }

    /** Where a coefficient stands in (b_i, 1, d_i). */
    int augmentedIndex(int coefficient) {
        return coefficient < levels() ? coefficient : coefficient + 1;
    }
}
