package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * One unit's sums over cells, unpacked: for each part of the noise's precision (see {@link CellMask}) the second moments
 * of its regressors in the order (b, 1, d), and their products with the outcomes.
 */
final class UnitGrams {

    private final Dimensions size;
    private final boolean correlated;
    final double[][] moments;
    final double[][] outcomes;

    UnitGrams(Dimensions size, boolean correlated) {
        this.size = size;
        this.correlated = correlated;
        int parts = correlated ? 3 : 1;
        this.moments = new double[parts][size.augmented() * size.augmented()];
        this.outcomes = new double[parts][size.augmented()];
    }

    int parts() {
        return moments.length;
    }

    void unpack(UnitProducts products, int row) {
        diagonal(moments[0], products.of(CellMask.OBSERVED), products.of(CellMask.TREATED), row);
        linear(outcomes[0], products.of(CellMask.OUTCOME), products.of(CellMask.TREATED_OUTCOME), row);
        if (correlated) {
            diagonal(moments[1], products.of(CellMask.NEIGHBOURS), products.of(CellMask.TREATED_NEIGHBOURS), row);
            beside(moments[2], products, row);
            linear(
                    outcomes[1],
                    products.of(CellMask.OUTCOME_NEIGHBOURS),
                    products.of(CellMask.TREATED_OUTCOME_NEIGHBOURS),
                    row);
            linear(
                    outcomes[2],
                    products.of(CellMask.OUTCOME_BESIDE),
                    products.of(CellMask.TREATED_OUTCOME_BESIDE),
                    row);
        }
    }

    /** The parts weighted with the unit's correlation: the precision of its noise, times the innovation variance. */
    static void combine(double[][] parts, double correlation, double[] target) {
        if (parts.length == 1) {
            System.arraycopy(parts[0], 0, target, 0, target.length);
            return;
        }
        double square = correlation * correlation;
        for (int k = 0; k < target.length; k++) {
            target[k] = (1 - square) * parts[0][k] + square * parts[1][k] - correlation * parts[2][k];
        }
    }

    static double combine(double[] parts, double correlation) {
        double square = correlation * correlation;
        return parts.length == 1 ? parts[0] : (1 - square) * parts[0] + square * parts[1] - correlation * parts[2];
    }

    private void diagonal(double[] target, DenseMatrix all, DenseMatrix treated, int row) {
        int wide = size.extended();
        int n = size.augmented();
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                int pair = size.pair(a, c);
                put(target, n, a, c, all.get(row, pair));
                if (a < size.effects()) {
                    double moment = treated.get(row, pair);
                    put(target, n, wide + a, c, moment);
                    if (c < size.effects()) {
                        put(target, n, wide + c, a, moment);
                        put(target, n, wide + a, wide + c, moment);
                    }
                }
            }
        }
    }

    private void beside(double[] target, UnitProducts products, int row) {
        DenseMatrix all = products.of(CellMask.PAIR);
        DenseMatrix both = products.of(CellMask.PAIR_TREATED_BOTH);
        DenseMatrix now = products.of(CellMask.PAIR_TREATED_NOW);
        DenseMatrix before = products.of(CellMask.PAIR_TREATED_BEFORE);
        int wide = size.extended();
        int n = size.augmented();
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                put(target, n, a, c, all.get(row, size.pair(a, c)));
                if (c < size.effects()) {
                    put(target, n, wide + a, wide + c, both.get(row, size.pair(a, c)));
                }
            }
        }
        for (int effect = 0; effect < size.effects(); effect++) {
            for (int any = 0; any < wide; any++) {
                int index = size.effectBy(effect, any);
                put(target, n, wide + effect, any, now.get(row, index) + before.get(row, index));
            }
        }
    }

    private void linear(double[] target, DenseMatrix all, DenseMatrix treated, int row) {
        for (int a = 0; a < size.extended(); a++) {
            target[a] = all.get(row, a);
        }
        for (int a = 0; a < size.effects(); a++) {
            target[size.extended() + a] = treated.get(row, a);
        }
    }

    private static void put(double[] target, int n, int i, int j, double value) {
        target[i * n + j] = value;
        target[j * n + i] = value;
    }
}
