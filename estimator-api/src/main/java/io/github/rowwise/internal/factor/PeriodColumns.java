package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;

/**
 * The few-column side of every product: second moments of the periods' extended vectors {@code (1, f_j, nu_j)}, one
 * row each, m columns.
 *
 * @param size shapes
 * @param extended the extended vectors' means
 * @param moments products of two entries, by unordered pair
 * @param laggedPairs products of an entry and one of the period before, both ways round, by unordered pair
 * @param effectNow products of an entry that effects go with and any entry of the period before
 * @param effectBefore products of an entry that effects go with, of the period before, and any entry of the period
 */
record PeriodColumns(
        Dimensions size,
        DenseMatrix extended,
        DenseMatrix moments,
        DenseMatrix laggedPairs,
        DenseMatrix effectNow,
        DenseMatrix effectBefore) {

    /** The moments under the periods' posterior. */
    static PeriodColumns of(FactorState state, boolean correlated) {
        return of(state, correlated, extended(state));
    }

    /** The posterior covariances alone: what the moments exceed the products of the means by. */
    static PeriodColumns ofCovariances(FactorState state, boolean correlated) {
        return of(state, correlated, DenseMatrix.zeros(state.size.extended(), state.periods()));
    }

    /** The factor rows that go with a mask, none where the mask is not needed. */
    DenseMatrix columns(CellMask mask) {
        return switch (mask) {
            case OBSERVED, NEIGHBOURS -> moments;
            case TREATED, TREATED_NEIGHBOURS -> moments.rowRange(0, size.effectPairs());
            case PAIR -> laggedPairs;
            case PAIR_TREATED_BOTH -> laggedPairs.rowRange(0, size.effectPairs());
            case PAIR_TREATED_NOW -> effectNow;
            case PAIR_TREATED_BEFORE -> effectBefore;
            case OUTCOME, OUTCOME_NEIGHBOURS, OUTCOME_BESIDE -> extended;
            case TREATED_OUTCOME, TREATED_OUTCOME_NEIGHBOURS, TREATED_OUTCOME_BESIDE ->
                extended.rowRange(0, size.effects());
        };
    }

    private static DenseMatrix extended(FactorState state) {
        int m = state.periods();
        DenseMatrix rows = DenseMatrix.zeros(state.size.extended(), m);
        Arrays.fill(rows.values(), 0, m, 1);
        for (int k = 0; k < state.latent.length; k++) {
            System.arraycopy(state.latent[k], 0, rows.values(), (k + 1) * m, m);
        }
        return rows;
    }

    private static PeriodColumns of(FactorState state, boolean correlated, DenseMatrix extended) {
        Dimensions size = state.size;
        int m = state.periods();
        int wide = size.extended();
        DenseMatrix moments = DenseMatrix.zeros(size.pairs(), m);
        DenseMatrix laggedPairs = DenseMatrix.zeros(correlated ? size.pairs() : 0, m);
        DenseMatrix now = DenseMatrix.zeros(correlated ? size.effects() * wide : 0, m);
        DenseMatrix before = DenseMatrix.zeros(correlated ? size.effects() * wide : 0, m);
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                int pair = size.pair(a, c);
                for (int j = 0; j < m; j++) {
                    moments.set(pair, j, moment(state, extended, a, c, j));
                    if (correlated && j > 0) {
                        laggedPairs.set(pair, j, lagged(state, extended, a, c, j) + lagged(state, extended, c, a, j));
                    }
                }
            }
        }
        for (int effect = 0; correlated && effect < size.effects(); effect++) {
            for (int any = 0; any < wide; any++) {
                int row = size.effectBy(effect, any);
                for (int j = 1; j < m; j++) {
                    now.set(row, j, lagged(state, extended, effect, any, j));
                    before.set(row, j, lagged(state, extended, any, effect, j));
                }
            }
        }
        return new PeriodColumns(size, extended, moments, laggedPairs, now, before);
    }

    private static double moment(FactorState state, DenseMatrix extended, int a, int c, int j) {
        return extended.get(a, j) * extended.get(c, j) + entry(state.covariance[j], state.size.latent(), a, c);
    }

    private static double lagged(FactorState state, DenseMatrix extended, int now, int before, int j) {
        return extended.get(now, j) * extended.get(before, j - 1)
                + entry(state.lagged[j], state.size.latent(), now, before);
    }

    private static double entry(double[] covariance, int latents, int a, int c) {
        return a == 0 || c == 0 ? 0 : covariance[(a - 1) * latents + c - 1];
    }
}
