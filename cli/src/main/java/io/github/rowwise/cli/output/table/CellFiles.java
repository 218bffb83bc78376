package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.database.TextCells;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the table of cells: one row per unit and period with the observed outcome, the arm, the completed outcome in each
 * arm, and each treatment's effect. The rows pass through a database on the disk, so that memory does not grow with them.
 */
public final class CellFiles {

    /** The formats of the table of cells. */
    public static final List<OutputFile.Format> FORMATS =
            List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET, OutputFile.Format.ARROW);

    private static final String TABLE = "cell";

    private CellFiles() {}

    /**
     * Rejects arms whose columns would have the same name.
     *
     * @param panel the panel to be fitted
     * @throws UserInputException if two names of arms differ only in case
     */
    public static void check(Panel panel) {
        List<String> names = panel.armNames();
        for (int arm = 0; arm < names.size(); arm++) {
            for (int other = 0; other < arm; other++) {
                if (names.get(arm).equalsIgnoreCase(names.get(other))) {
                    throw new UserInputException("--cells: the treatments " + Quoted.value(names.get(other)) + " and "
                            + Quoted.value(names.get(arm))
                            + " differ in nothing but case, and columns are named after them; rename one");
                }
            }
        }
    }

    /**
     * Writes the table in the format of the file's ending.
     *
     * @param output the file to write
     * @param effects the result
     * @param texts how texts are written to CSV
     */
    public static void write(OutputFile output, UnitEffects effects, TextCells texts) {
        output.write(part -> {
            try (Database database = Database.onDisk()) {
                List<String> names = names(effects.panel());
                fill(database, effects, names.size());
                copy(database, names, output.format(), part, texts);
            }
        });
    }

    private static List<String> names(Panel panel) {
        List<String> names = new ArrayList<>(List.of("unit", "time", "observed", "arm"));
        panel.armNames().forEach(arm -> names.add("outcome_" + arm));
        if (panel.arms() == 2) {
            names.addAll(List.of("effect", "se"));
        } else {
            for (String arm : panel.armNames().subList(1, panel.arms())) {
                names.addAll(List.of("effect_" + arm, "se_" + arm));
            }
        }
        return names;
    }

    private static void fill(Database database, UnitEffects effects, int columns) {
        database.execute(IntStream.range(0, columns)
                .mapToObj(k -> "c" + k + (k == 2 || k > 3 ? " DOUBLE" : " VARCHAR"))
                .collect(Collectors.joining(", ", "CREATE TABLE " + TABLE + " (", ")")));
        Panel panel = effects.panel();
        try (TableWriter writer = database.writer(TABLE)) {
            for (int unit = 0; unit < panel.units(); unit++) {
                List<double[]> completed = completed(effects, unit);
                for (int period = 0; period < panel.periods(); period++) {
                    int arm = panel.arm(unit, period);
                    writer.text(panel.unitNames().get(unit));
                    writer.text(panel.periodNames().get(period));
                    writer.number(panel.outcome(unit, period));
                    writer.text(arm < 0 ? null : panel.armNames().get(arm));
                    for (double[] outcomes : completed) {
                        writer.number(outcomes.length > 0 ? outcomes[period] : Double.NaN);
                    }
                    for (int treatment = 1; treatment < panel.arms(); treatment++) {
                        Estimate effect = effects.cellEffect(unit, treatment, period);
                        writer.number(effect.isAvailable() ? effect.value() : Double.NaN);
                        writer.number(effect.hasStandardError() ? effect.standardError() : Double.NaN);
                    }
                    writer.endRow();
                }
            }
        }
    }

    /** Returns the completed outcomes of a unit by arm; an empty array for an arm that it lacks. */
    private static List<double[]> completed(UnitEffects effects, int unit) {
        List<double[]> rows = new ArrayList<>();
        for (int arm = 0; arm < effects.panel().arms(); arm++) {
            boolean isAvailable = effects.outcomeMatrix(arm).isAvailable(unit);
            rows.add(isAvailable ? effects.outcomeRow(unit, arm) : new double[0]);
        }
        return rows;
    }

    private static void copy(
            Database database, List<String> names, OutputFile.Format format, Path file, TextCells texts) {
        String select = IntStream.range(0, names.size())
                .mapToObj(k -> "c" + k + " AS " + Sql.name(names.get(k)))
                .collect(Collectors.joining(", ", "(SELECT ", " FROM " + TABLE + ")"));
        EffectFiles.copy(database, select, format, file, texts);
    }
}
