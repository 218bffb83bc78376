package io.github.rowwise.benchmarks.study;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a published study.
 *
 * @param panel the panel
 * @param trueEffects true effects of the cells, by unit and period; NaN where they are not known
 */
record CaseData(Panel panel, double[][] trueEffects) {

    private record Cell(String unit, String period) {}

    /** Reads a study's file. Returns nothing if the folder has neither the file nor the file with {@code .gz} after it. */
    static Optional<CaseData> read(PublishedCase study, Path folder) {
        return List.of(study.file(), study.file() + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(file -> read(file, study));
    }

    private static CaseData read(Path file, PublishedCase study) {
        PanelBuilder builder = Panel.builder();
        Map<Cell, Double> truths = new HashMap<>();
        try (Database database = Database.open(1)) {
            database.execute("CREATE VIEW data AS SELECT * FROM read_csv(" + Sql.pattern(file)
                    + ", header = true, nullstr = ['', 'NA'], sample_size = -1)");
            database.query(query(study), row -> {
                Cell cell = new Cell(row.getString(1), row.getString(2));
                builder.add(cell.unit(), cell.period(), row.getInt(4), number(row, 3));
                truths.put(cell, number(row, 5));
            });
        }
        Panel panel = builder.build();
        double[][] effects = new double[panel.units()][panel.periods()];
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                Cell cell = new Cell(
                        panel.unitNames().get(unit), panel.periodNames().get(period));
                effects[unit][period] = truths.getOrDefault(cell, Double.NaN);
            }
        }
        return new CaseData(panel, effects);
    }

    private static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    private static String query(PublishedCase study) {
        return "SELECT CAST(" + study.columns().unit() + " AS VARCHAR), CAST("
                + study.columns().time() + " AS VARCHAR), CAST("
                + study.columns().outcome() + " AS DOUBLE), CAST("
                + study.columns().treatment() + " AS INTEGER), CAST(" + study.truth() + " AS DOUBLE) FROM data"
                + (study.where() == null ? "" : " WHERE " + study.where());
    }
}
