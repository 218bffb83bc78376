package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.PassScratch;
import io.github.rowwise.internal.RowBlock;
import io.github.rowwise.linalg.Tile;

/** One thread's rows of a tile: masks and outcomes, read once from the panel and put into the tile in every form. */
final class TileCells implements PassScratch {

    private final PanelSums panel;
    private final Tile tile;
    private final int m;
    private final double[][] observed;
    private final double[][] treated;
    private final double[][] pair;
    private final double[][] outcome;
    private final double[] form;

    TileCells(PanelSums panel, Tile tile) {
        this.panel = panel;
        this.tile = tile;
        this.m = tile.columns();
        this.observed = new double[tile.rows()][m];
        this.treated = new double[tile.rows()][m];
        this.pair = new double[tile.rows()][m];
        this.outcome = new double[tile.rows()][m];
        this.form = new double[m];
    }

    Tile tile() {
        return tile;
    }

    int tileRows() {
        return tile.rows();
    }

    /** Reads rows of the panel; the outcomes are scaled and shifted. */
    void read(RowBlock block, int first, int rows) {
        double scale = panel.view().scale();
        double shift = panel.shift();
        for (int r = 0; r < rows; r++) {
            int start = (first + r) * m;
            double before = 0;
            for (int j = 0; j < m; j++) {
                byte arm = block.arms()[start + j];
                double seen = arm == RowBlock.MISSING ? 0 : 1;
                observed[r][j] = seen;
                treated[r][j] = arm > 0 ? 1 : 0;
                pair[r][j] = seen * before;
                outcome[r][j] = seen * Math.fma(block.outcomes()[start + j], scale, -shift);
                before = seen;
            }
        }
    }

    double[] observed(int row) {
        return observed[row];
    }

    double[] treated(int row) {
        return treated[row];
    }

    double[] pair(int row) {
        return pair[row];
    }

    /** The row's outcomes, which a caller may change before they enter the tile. */
    double[] outcome(int row) {
        return outcome[row];
    }

    /** Sums of y^2, of y^2 times the number of neighbours, and of y times its neighbours. */
    void outcomeSquares(int row, double[] target) {
        double[] y = outcome[row];
        double[] p = pair[row];
        double squares = 0;
        double weighted = 0;
        double beside = 0;
        for (int j = 0; j < m; j++) {
            squares += y[j] * y[j];
            weighted += neighbours(p, j) * y[j] * y[j];
            beside += j > 0 ? p[j] * y[j] * y[j - 1] : 0;
        }
        target[0] = squares;
        target[1] = weighted;
        target[2] = 2 * beside;
    }

    /** Puts the rows into the tile in one of their forms. */
    void load(CellMask mask, int rows) {
        for (int r = 0; r < rows; r++) {
            tile.setRow(r, row(mask, r), 0);
        }
    }

    private double[] row(CellMask mask, int r) {
        double[] w = observed[r];
        double[] d = treated[r];
        double[] p = pair[r];
        double[] y = outcome[r];
        return switch (mask) {
            case OBSERVED -> w;
            case TREATED -> d;
            case PAIR -> p;
            case OUTCOME -> y;
            case NEIGHBOURS -> timesNeighbours(w, p);
            case TREATED_NEIGHBOURS -> timesNeighbours(d, p);
            case OUTCOME_NEIGHBOURS -> timesNeighbours(y, p);
            case TREATED_OUTCOME -> times(y, d);
            case PAIR_TREATED_NOW -> times(p, d);
            case TREATED_OUTCOME_NEIGHBOURS -> times(timesNeighbours(y, p), d);
            case OUTCOME_BESIDE -> beside(y, p);
            case TREATED_OUTCOME_BESIDE -> times(beside(y, p), d);
            case PAIR_TREATED_BEFORE -> treatedBefore(p, d);
            case PAIR_TREATED_BOTH -> times(treatedBefore(p, d), d);
        };
    }

    private double neighbours(double[] p, int j) {
        return p[j] + (j + 1 < m ? p[j + 1] : 0);
    }

    private double[] timesNeighbours(double[] values, double[] p) {
        for (int j = 0; j < m; j++) {
            form[j] = values[j] * neighbours(p, j);
        }
        return form;
    }

    private double[] times(double[] values, double[] factors) {
        for (int j = 0; j < m; j++) {
            form[j] = values[j] * factors[j];
        }
        return form;
    }

    private double[] beside(double[] y, double[] p) {
        for (int j = 0; j < m; j++) {
            form[j] = (j > 0 ? p[j] * y[j - 1] : 0) + (j + 1 < m ? p[j + 1] * y[j + 1] : 0);
        }
        return form;
    }

    private double[] treatedBefore(double[] p, double[] d) {
        form[0] = 0;
        for (int j = 1; j < m; j++) {
            form[j] = p[j] * d[j - 1];
        }
        return form;
    }

    @Override
    public void close() {
        tile.close();
    }
}
