package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.SimulatedPanel;
import java.util.List;
import java.util.function.Consumer;

/** Writes a simulated panel, in the form that the program reads, and its truth. */
public final class SimulationFiles {

    private SimulationFiles() {}

    /**
     * Writes the panel, one row per unit and period; outcome and treatment are empty where the outcome is missing.
     *
     * @param file the file to write
     * @param simulated the panel
     */
    public static void writePanel(OutputFile file, SimulatedPanel simulated) {
        write(file, panelColumns(), rows -> writePanelRows(simulated, rows));
    }

    /**
     * Returns the columns of a panel.
     *
     * @return the columns in their order
     */
    public static List<TableColumn> panelColumns() {
        return List.of(
                TableColumn.text("unit"),
                TableColumn.text("time"),
                TableColumn.number("outcome"),
                TableColumn.whole("treatment"));
    }

    /**
     * Writes the rows of a panel.
     *
     * @param simulated the panel
     * @param rows receives the rows
     */
    public static void writePanelRows(SimulatedPanel simulated, RowSink rows) {
        Panel panel = simulated.panel();
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                rows.text(panel.unitNames().get(unit));
                rows.text(panel.periodNames().get(period));
                if (panel.isObserved(unit, period)) {
                    rows.number(panel.outcome(unit, period));
                    rows.whole(panel.arm(unit, period));
                } else {
                    rows.text(null);
                    rows.text(null);
                }
                rows.endRow();
            }
        }
    }

    /**
     * Writes the true effects, one row per unit.
     *
     * @param file the file to write
     * @param simulated the panel
     */
    public static void writeTruth(OutputFile file, SimulatedPanel simulated) {
        write(file, truthColumns(), rows -> writeTruthRows(simulated, rows));
    }

    /**
     * Returns the columns of the true effects.
     *
     * @return the columns in their order
     */
    public static List<TableColumn> truthColumns() {
        return List.of(
                TableColumn.text("unit"),
                TableColumn.number("ate"),
                TableColumn.number("att"),
                TableColumn.number("atu"));
    }

    /**
     * Writes the rows of the true effects.
     *
     * @param simulated the panel
     * @param rows receives the rows
     */
    public static void writeTruthRows(SimulatedPanel simulated, RowSink rows) {
        Panel panel = simulated.panel();
        double[] ate = simulated.ate();
        double[] att = simulated.att();
        double[] atu = simulated.atu();
        for (int unit = 0; unit < panel.units(); unit++) {
            rows.text(panel.unitNames().get(unit));
            rows.number(ate[unit]);
            rows.number(att[unit]);
            rows.number(atu[unit]);
            rows.endRow();
        }
    }

    private static void write(OutputFile file, List<TableColumn> columns, Consumer<RowSink> rows) {
        file.write(part -> new TableFile(file.format(), columns, TextCells.AS_IS).write(part, rows));
    }
}
