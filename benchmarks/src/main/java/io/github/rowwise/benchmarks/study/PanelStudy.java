package io.github.rowwise.benchmarks.study;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelColumns;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.panel.PanelReader;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.DifferenceOfMeans;
import io.github.rowwise.evaluation.TwoWayFixedEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accuracy of all methods on panels whose true effects are given in a second file, for example real outcomes with planted
 * effects.
 *
 * <p>A panel has the columns unit, time, outcome and treatment. The file of its true effects has the columns unit, true_ate and
 * true_att. Units that are absent from the second file are not scored.
 */
public final class PanelStudy {

    private final PrintStream out;

    PanelStudy(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints the table in Markdown.
     *
     * @param arguments pairs of files: a panel and its true effects
     */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException("expected pairs of files: a panel and its true effects");
        }
        PanelStudy study = new PanelStudy(System.out);
        study.printHeader();
        for (int pair = 0; pair < arguments.length; pair += 2) {
            study.score(Path.of(arguments[pair]), Path.of(arguments[pair + 1]));
        }
    }

    void printHeader() {
        out.println("| panel | size | estimand | method | " + Score.HEADER);
        out.println("|---|---|---|---|" + Score.RULE);
    }

    void score(Path file, Path truth) {
        PanelColumns columns = new PanelColumns("unit", "time", "outcome", "treatment");
        Panel panel = PanelReader.read(
                        new PanelSource(PanelOrigin.file(file), columns, null, null, OutcomeStorage.DOUBLE), 0, null)
                .panel();
        Score.Truth ate = truth(panel, truth, "true_ate", false);
        Score.Truth att = truth(panel, truth, "true_att", true);
        Map<String, Score> byAte = new LinkedHashMap<>();
        Map<String, Score> byAtt = new LinkedHashMap<>();
        Map<String, double[]> comparisons = new LinkedHashMap<>();
        comparisons.put(Methods.DIFFERENCE_OF_MEANS, DifferenceOfMeans.effects(panel, 1));
        comparisons.put(Methods.TWO_WAY, TwoWayFixedEffects.effects(panel, 1));
        comparisons.forEach((name, estimates) -> {
            byAte.put(name, Score.of(estimates, ate));
            byAtt.put(name, Score.of(estimates, att));
        });
        Methods.estimators(Runtime.getRuntime().availableProcessors()).forEach((name, fit) -> {
            long start = System.nanoTime();
            UnitEffects effects = fit.apply(panel);
            double seconds = (System.nanoTime() - start) / 1e9;
            byAte.put(name, Score.of(effects, ate, seconds));
            byAtt.put(name, Score.of(effects, att, seconds));
        });
        print(file, panel, "ATE", byAte);
        if (!Arrays.equals(ate.effects(), att.effects())) {
            print(file, panel, "ATT", byAtt);
        }
    }

    private void print(Path file, Panel panel, String estimand, Map<String, Score> scores) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\..*", "");
        scores.forEach((method, score) -> out.println("| " + name + " | " + panel.units() + " x " + panel.periods()
                + " | " + estimand + " | " + method + " | " + score.row()));
    }

    private static Score.Truth truth(Panel panel, Path file, String column, boolean isAtt) {
        Map<String, Double> byUnit = new LinkedHashMap<>();
        try (Database database = Database.open(1)) {
            database.query(
                    "SELECT unit, CAST(" + column + " AS DOUBLE) FROM read_csv(" + Sql.text(file.toString())
                            + ", header = true, all_varchar = true)",
                    row -> {
                        double value = row.getDouble(2);
                        byUnit.put(row.getString(1), row.wasNull() ? Double.NaN : value);
                    });
        }
        double[] effects = new double[panel.units()];
        for (int unit = 0; unit < effects.length; unit++) {
            Double value = byUnit.remove(panel.unitNames().get(unit));
            effects[unit] = value == null ? Double.NaN : value;
        }
        if (!byUnit.isEmpty()) {
            throw new IllegalArgumentException(file + " has effects of units that are not in the panel, such as "
                    + byUnit.keySet().iterator().next());
        }
        return new Score.Truth(effects, isAtt, null);
    }
}
