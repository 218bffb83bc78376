package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.database.TextCells;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.SimulatedPanel;

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
        Panel panel = simulated.panel();
        write(file, "(unit VARCHAR, time VARCHAR, outcome DOUBLE, treatment INTEGER)", writer -> {
            for (int unit = 0; unit < panel.units(); unit++) {
                for (int period = 0; period < panel.periods(); period++) {
                    writer.text(panel.unitNames().get(unit));
                    writer.text(panel.periodNames().get(period));
                    if (panel.isObserved(unit, period)) {
                        writer.number(panel.outcome(unit, period));
                        writer.whole(panel.arm(unit, period));
                    } else {
                        writer.text(null);
                        writer.text(null);
                    }
                    writer.endRow();
                }
            }
        });
    }

    /**
     * Writes the true effects, one row per unit.
     *
     * @param file the file to write
     * @param simulated the panel
     */
    public static void writeTruth(OutputFile file, SimulatedPanel simulated) {
        Panel panel = simulated.panel();
        double[] ate = simulated.ate();
        double[] att = simulated.att();
        double[] atu = simulated.atu();
        write(file, "(unit VARCHAR, ate DOUBLE, att DOUBLE, atu DOUBLE)", writer -> {
            for (int unit = 0; unit < panel.units(); unit++) {
                writer.text(panel.unitNames().get(unit));
                writer.number(ate[unit]);
                writer.number(att[unit]);
                writer.number(atu[unit]);
                writer.endRow();
            }
        });
    }

    private static void write(OutputFile file, String columns, Rows rows) {
        file.write(part -> {
            try (Database database = Database.open(1)) {
                database.execute("CREATE TABLE simulated " + columns);
                try (TableWriter writer = database.writer("simulated")) {
                    rows.write(writer);
                }
                if (file.format() == OutputFile.Format.CSV) {
                    database.copyToCsv("simulated", part, TextCells.AS_IS);
                } else {
                    database.copyToParquet("simulated", part);
                }
            }
        });
    }

    @FunctionalInterface
    private interface Rows {
        void write(TableWriter writer);
    }
}
