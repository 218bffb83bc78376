package io.github.rowwise.internal.factor.kernel;

import java.io.Serializable;

/**
 * The sizes that follow from the form of the model.
 *
 * <p>The expected outcome of a cell in arm a is
 *
 * <pre>
 * (1, f_j, c_j, nu_j)' (b_i, 1)  +  (1, f_j)' d_ai  +  h(k_ij)' w_ai
 * </pre>
 *
 * <p>without the last two terms under control. The first vector is the period's <em>extended</em> vector: f_j are the
 * factors, c_j the fixed curves of the trends, nu_j the period effect. A unit's <em>coefficients</em> are {@code (b_i,
 * d_1i, ..., d_Ki, w_1i, ..., w_Ki)}. Effects that are constant over time have d_ai of one entry. The onset terms h depend on
 * the time k_ij since the unit entered the arm. A unit's coefficients <em>in an arm</em>, {@code (b_i + d_ai, 1)}, go with
 * the extended vector.
 *
 * @param rank number of factors
 * @param trends number of curves of the units' trends
 * @param constantEffects whether d_ai does not change with the period
 * @param treatments number of arms besides control
 * @param onsets number of onset terms per treatment
 */
public record Dimensions(int rank, int trends, boolean constantEffects, int treatments, int onsets)
        implements Serializable {

    /** Rows of the grouped sums are this many doubles or a multiple, so that they are added in full vectors. */
    private static final int VECTOR = 8;

    /** Arms, control among them. */
    public int arms() {
        return treatments + 1;
    }

    /** Entries of b_i: the constant, the factors and the trends. */
    public int levels() {
        return rank + 1 + trends;
    }

    /** Index of the first trend among the entries of b_i and of the extended vector. */
    public int firstTrend() {
        return rank + 1;
    }

    /** Entries of d_ai; they go with the first entries of the extended vector. */
    public int effects() {
        return constantEffects ? 1 : rank + 1;
    }

    /** Number of a unit's coefficients. */
    public int coefficients() {
        return onPeriods() + treatments * onsets;
    }

    /** Entries of (b_i, d_1i, ..., d_Ki), the coefficients that go with the extended vectors of the periods. */
    public int onPeriods() {
        return levels() + treatments * effects();
    }

    /** Index of the first onset coefficient of an arm, 1 or more. */
    public int firstOnset(int arm) {
        return onPeriods() + (arm - 1) * onsets;
    }

    /** Entries of (d_ai, w_ai), all that an arm's effects follow from. */
    public int armCoefficients() {
        return effects() + onsets;
    }

    /** Index among all coefficients of an entry of (d_ai, w_ai) of an arm, 1 or more. */
    public int armCoefficient(int arm, int k) {
        return k < effects() ? firstEffect(arm) + k : firstOnset(arm) + k - effects();
    }

    /** Where the effects of an arm, 1 or more, begin among the coefficients. */
    public int firstEffect(int arm) {
        return levels() + (arm - 1) * effects();
    }

    /** Entries of the extended vector (1, f_j, c_j, nu_j). */
    public int extended() {
        return levels() + 1;
    }

    /** Index in the extended vector of a latent entry, f_j or nu_j. */
    public int extendedOf(int latent) {
        return latent < rank ? latent + 1 : levels();
    }

    /** Index among the latent entries of an entry of the extended vector; -1 if it is known: the constant or a trend. */
    public int latentOf(int extended) {
        return extended == levels() ? rank : extended <= rank ? extended - 1 : -1;
    }

    /** Returns whether a coefficient is that of an effect on a factor. */
    public boolean isEffectOnFactor(int coefficient) {
        return coefficient >= levels() && coefficient < onPeriods() && (coefficient - levels()) % effects() > 0;
    }

    /** Returns the arm of a coefficient of an effect; 0 for the coefficients of the levels. */
    public int armOf(int coefficient) {
        if (coefficient < levels()) {
            return 0;
        }
        return 1
                + (coefficient < onPeriods()
                        ? (coefficient - levels()) / effects()
                        : (coefficient - onPeriods()) / onsets);
    }

    /** The same sizes with another rank. */
    public Dimensions withRank(int factors) {
        return new Dimensions(factors, trends, constantEffects, treatments, onsets);
    }

    /** The same sizes without trends. */
    public Dimensions withoutTrends() {
        return new Dimensions(rank, 0, constantEffects, treatments, onsets);
    }

    /** The same sizes with effects that do not change with the factors. */
    public Dimensions withConstantEffects() {
        return new Dimensions(rank, trends, true, treatments, onsets);
    }

    /** The same sizes without onset terms. */
    public Dimensions withoutOnsets() {
        return new Dimensions(rank, trends, constantEffects, treatments, 0);
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
