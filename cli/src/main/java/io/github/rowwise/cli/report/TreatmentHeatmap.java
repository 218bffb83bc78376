package io.github.rowwise.cli.report;

import io.github.rowwise.panel.AssignmentPattern;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Treatment by unit and period as a heat map: units from top to bottom in an order that shows the pattern, periods from left
 * to right. A tile covers several units and periods if there are too many for one tile per cell.
 *
 * @param rows tiles from top to bottom
 * @param columns tiles from left to right
 * @param order units from top to bottom
 * @param shares by tile, row by row, and within a tile: the share of each arm but control in the cells with an outcome, then
 *     the share of cells without one; from 0 to 255
 */
public record TreatmentHeatmap(int rows, int columns, int[] order, byte[] shares) {

    private static final int MOST_ROWS = 160;
    private static final int MOST_COLUMNS = 240;

    /**
     * Counts the cells of each tile.
     *
     * @param panel the panel
     * @param diagnostics the panel's assignment; its pattern determines the order
     * @return the tiles
     */
    public static TreatmentHeatmap of(Panel panel, PanelDiagnostics diagnostics) {
        int rows = Math.min(panel.units(), MOST_ROWS);
        int columns = Math.min(panel.periods(), MOST_COLUMNS);
        int[] order = order(panel, diagnostics);
        byte[] shares = new byte[rows * columns * panel.arms()];
        for (int row = 0; row < rows; row++) {
            fillRow(panel, order, row, rows, columns, shares);
        }
        return new TreatmentHeatmap(rows, columns, order, shares);
    }

    private static void fillRow(Panel panel, int[] order, int row, int rows, int columns, byte[] shares) {
        int arms = panel.arms();
        int[] cells = new int[columns * arms];
        int[] missing = new int[columns];
        int first = start(row, rows, order.length);
        int next = start(row + 1, rows, order.length);
        for (int k = first; k < next; k++) {
            for (int column = 0; column < columns; column++) {
                int end = start(column + 1, columns, panel.periods());
                for (int period = start(column, columns, panel.periods()); period < end; period++) {
                    int arm = panel.arm(order[k], period);
                    if (arm < 0) {
                        missing[column]++;
                    } else {
                        cells[column * arms + arm]++;
                    }
                }
            }
        }
        for (int column = 0; column < columns; column++) {
            int width = start(column + 1, columns, panel.periods()) - start(column, columns, panel.periods());
            int all = (next - first) * width;
            int at = (row * columns + column) * arms;
            for (int arm = 1; arm < arms; arm++) {
                shares[at + arm - 1] = share(cells[column * arms + arm], all - missing[column]);
            }
            shares[at + arms - 1] = share(missing[column], all);
        }
    }

    private static int start(int tile, int tiles, int length) {
        return (int) ((long) tile * length / tiles);
    }

    private static byte share(int part, int whole) {
        return (byte) (whole == 0 ? 0 : Math.round(255.0 * part / whole));
    }

    /** Sorts units by their first treated period if they enter and stay, otherwise by the share of treated periods. */
    private static int[] order(Panel panel, PanelDiagnostics diagnostics) {
        boolean isSwitching = diagnostics.pattern() == AssignmentPattern.SWITCHING;
        double[] keys = new double[panel.units()];
        for (int unit = 0; unit < keys.length; unit++) {
            int control = diagnostics.cells(unit, 0);
            int treated = -control;
            for (int arm = 0; arm < panel.arms(); arm++) {
                treated += diagnostics.cells(unit, arm);
            }
            keys[unit] = isSwitching ? -treated / Math.max(1.0, treated + control) : firstTreated(panel, unit);
        }
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> keys[unit]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int firstTreated(Panel panel, int unit) {
        for (int period = 0; period < panel.periods(); period++) {
            if (panel.arm(unit, period) > 0) {
                return period;
            }
        }
        return panel.periods();
    }
}
