package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.EnumMap;
import java.util.Map;

/**
 * The left side of the transposed products: for each unit of a tile the second moments of its coefficients, over its
 * innovation variance and weighted with its correlation. One thread's.
 */
final class UnitWeights {

    private final Dimensions size;
    private final CellMask[] masks;
    private final Map<CellMask, DenseMatrix> weights = new EnumMap<>(CellMask.class);
    private final double[] second;

    UnitWeights(Dimensions size, boolean correlated, int tileRows) {
        this.size = size;
        this.masks = UnitProducts.masks(correlated);
        PeriodSums shapes = new PeriodSums(size, 1, correlated);
        for (CellMask mask : masks) {
            weights.put(mask, DenseMatrix.zeros(tileRows, shapes.target(mask).rows()));
        }
        this.second = new double[size.augmented() * size.augmented()];
    }

    /** Sets one row from the unit's posterior. */
    void set(int row, UnitPosterior unit, double noise, double correlation) {
        secondMoments(unit);
        int wide = size.extended();
        int n = size.augmented();
        double square = correlation * correlation;
        double own = (1 - square) / noise;
        double neighbours = square / noise;
        double beside = correlation / noise;
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                int pair = size.pair(a, c);
                diagonal(CellMask.OBSERVED, CellMask.NEIGHBOURS, row, pair, second[a * n + c], own, neighbours);
                put(CellMask.PAIR, row, pair, second[a * n + c] * beside);
                if (a < size.effects()) {
                    double moment = second[(wide + a) * n + c];
                    double both = 0;
                    if (c < size.effects()) {
                        both = second[(wide + a) * n + wide + c];
                        moment += second[a * n + wide + c] + both;
                    }
                    diagonal(CellMask.TREATED, CellMask.TREATED_NEIGHBOURS, row, pair, moment, own, neighbours);
                    put(CellMask.PAIR_TREATED_BOTH, row, pair, both * beside);
                }
            }
        }
        for (int effect = 0; effect < size.effects(); effect++) {
            for (int any = 0; any < wide; any++) {
                double moment = second[(wide + effect) * n + any] * beside;
                put(CellMask.PAIR_TREATED_NOW, row, size.effectBy(effect, any), moment);
                put(CellMask.PAIR_TREATED_BEFORE, row, size.effectBy(effect, any), moment);
            }
        }
        for (int a = 0; a < wide; a++) {
            diagonal(CellMask.OUTCOME, CellMask.OUTCOME_NEIGHBOURS, row, a, unit.augmented[a], own, neighbours);
            put(CellMask.OUTCOME_BESIDE, row, a, -unit.augmented[a] * beside);
        }
        for (int a = 0; a < size.effects(); a++) {
            double effect = unit.augmented[wide + a];
            diagonal(CellMask.TREATED_OUTCOME, CellMask.TREATED_OUTCOME_NEIGHBOURS, row, a, effect, own, neighbours);
            put(CellMask.TREATED_OUTCOME_BESIDE, row, a, -effect * beside);
        }
    }

    /** Adds the tile's share to the sums of all periods. */
    void addTo(PeriodSums sums, TileCells cells, int rows) {
        for (CellMask mask : masks) {
            DenseMatrix left = weights.get(mask);
            if (left != null) {
                cells.load(mask, rows);
                cells.tile().addTransposedProduct(rows, left.rowRange(0, rows), sums.target(mask));
            }
        }
    }

    private void secondMoments(UnitPosterior unit) {
        int n = size.augmented();
        int p = size.coefficients();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                second[i * n + j] = unit.augmented[i] * unit.augmented[j];
            }
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                second[size.augmentedIndex(i) * n + size.augmentedIndex(j)] += unit.covariance[i * p + j];
            }
        }
    }

    private void diagonal(
            CellMask cell, CellMask neighbour, int row, int column, double moment, double own, double neighbours) {
        put(cell, row, column, moment * own);
        put(neighbour, row, column, moment * neighbours);
    }

    private void put(CellMask mask, int row, int column, double value) {
        DenseMatrix matrix = weights.get(mask);
        if (matrix != null) {
            matrix.set(row, column, value);
        }
    }
}
