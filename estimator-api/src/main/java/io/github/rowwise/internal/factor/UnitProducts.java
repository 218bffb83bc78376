package io.github.rowwise.internal.factor;

import io.github.rowwise.linalg.DenseMatrix;
import java.util.EnumMap;
import java.util.Map;

/** The products of a tile's rows with the periods' columns, by mask; one thread's. */
final class UnitProducts {

    private static final CellMask[] UNCORRELATED = {
        CellMask.OBSERVED, CellMask.TREATED, CellMask.OUTCOME, CellMask.TREATED_OUTCOME
    };

    private final PeriodColumns columns;
    private final CellMask[] masks;
    private final Map<CellMask, DenseMatrix> products = new EnumMap<>(CellMask.class);

    UnitProducts(PeriodColumns columns, boolean correlated, int tileRows) {
        this.columns = columns;
        this.masks = masks(correlated);
        for (CellMask mask : masks) {
            products.put(mask, DenseMatrix.zeros(tileRows, columns.columns(mask).rows()));
        }
    }

    static CellMask[] masks(boolean correlated) {
        return correlated ? CellMask.values() : UNCORRELATED.clone();
    }

    Dimensions size() {
        return columns.size();
    }

    void compute(TileCells cells, int rows) {
        for (CellMask mask : masks) {
            cells.load(mask, rows);
            cells.tile().product(rows, columns.columns(mask), of(mask).rowRange(0, rows));
        }
    }

    /** rows x columns of the mask. */
    DenseMatrix of(CellMask mask) {
        DenseMatrix product = products.get(mask);
        if (product == null) {
            throw new IllegalStateException("no products with " + mask);
        }
        return product;
    }
}
