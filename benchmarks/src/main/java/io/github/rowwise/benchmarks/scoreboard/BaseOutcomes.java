package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Svd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Real outcomes without a treatment, of units that were observed in all periods.
 *
 * @param name name of the data
 * @param units names of the units
 * @param outcomes by unit and period
 */
record BaseOutcomes(String name, List<String> units, double[][] outcomes) {

    /**
     * Data with the columns unit, time and outcome.
     *
     * @param name short name in the table
     * @param file name of the file, without the {@code .gz} that it may have after it
     * @param outcome SQL expression of the outcome
     */
    record Source(String name, String file, String outcome) {}

    /** The data of the scoreboard. */
    static final List<Source> SOURCES = List.of(
            new Source("wages of states", "cps_logwage.csv", "outcome"),
            new Source("log GDP of countries", "penn_loggdp.csv", "outcome"),
            new Source("supermarkets", "walmart_weekly.csv", "outcome"),
            new Source("shops", "rossmann_weekly.csv", "outcome"),
            new Source("poverty of counties", "county_poverty.csv", "ln(outcome)"));

    /** Reads the file of a source. Returns nothing if the folder has no such file. */
    static Optional<BaseOutcomes> read(Source source, Path folder) {
        return List.of(source.file(), source.file() + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(file -> readFile(source, file));
    }

    private record Cell(String unit, String period) {}

    private static BaseOutcomes readFile(Source source, Path file) {
        Map<Cell, Double> cells = new LinkedHashMap<>();
        TreeSet<String> units = new TreeSet<>();
        List<String> periods = new ArrayList<>();
        try (Database database = Database.open(1)) {
            database.execute("CREATE VIEW data AS SELECT * FROM read_csv(" + Sql.pattern(file)
                    + ", header = true, nullstr = ['', 'NA'], sample_size = -1)");
            database.query(
                    "SELECT DISTINCT CAST(time AS VARCHAR) AS label, time FROM data ORDER BY time",
                    row -> periods.add(row.getString(1)));
            database.query(
                    "SELECT CAST(unit AS VARCHAR), CAST(time AS VARCHAR), CAST(" + source.outcome()
                            + " AS DOUBLE) FROM data WHERE " + source.outcome() + " IS NOT NULL",
                    row -> {
                        units.add(row.getString(1));
                        cells.put(new Cell(row.getString(1), row.getString(2)), row.getDouble(3));
                    });
        }
        List<String> complete = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (String unit : units) {
            double[] row = periods.stream()
                    .mapToDouble(period -> cells.getOrDefault(new Cell(unit, period), Double.NaN))
                    .toArray();
            if (Arrays.stream(row).allMatch(Double::isFinite)) {
                complete.add(unit);
                rows.add(row);
            }
        }
        return new BaseOutcomes(source.name(), complete, rows.toArray(double[][]::new));
    }

    int periods() {
        return outcomes[0].length;
    }

    /** Standard deviation of what unit and period averages leave: how much there is to explain. */
    double spread() {
        int n = outcomes.length;
        int m = periods();
        double[] byUnit = new double[n];
        double[] byPeriod = new double[m];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                byUnit[i] += outcomes[i][j] / m;
                byPeriod[j] += outcomes[i][j] / n;
                all += outcomes[i][j] / n / m;
            }
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double rest = outcomes[i][j] - byUnit[i] - byPeriod[j] + all;
                squares += rest * rest;
            }
        }
        return Math.sqrt(squares / n / m);
    }

    /**
     * Returns the loadings on the strongest factors of the outcomes less their period averages, with a mean square of 1.
     *
     * @return by factor and unit
     */
    double[][] loadings(int factors) {
        Svd svd = centred();
        double[][] loadings = new double[factors][outcomes.length];
        for (int k = 0; k < factors; k++) {
            for (int i = 0; i < outcomes.length; i++) {
                loadings[k][i] = svd.left().get(i, k) * Math.sqrt(outcomes.length);
            }
        }
        return loadings;
    }

    /** Returns the strongest factors with a mean square of 1, by factor and period. */
    double[][] factors(int factors) {
        Svd svd = centred();
        double[][] values = new double[factors][periods()];
        for (int k = 0; k < factors; k++) {
            for (int j = 0; j < periods(); j++) {
                values[k][j] = svd.right().get(j, k) * Math.sqrt(periods());
            }
        }
        return values;
    }

    private Svd centred() {
        DenseMatrix matrix = DenseMatrix.zeros(outcomes.length, periods());
        for (int j = 0; j < periods(); j++) {
            double mean = 0;
            for (double[] row : outcomes) {
                mean += row[j] / outcomes.length;
            }
            for (int i = 0; i < outcomes.length; i++) {
                matrix.set(i, j, outcomes[i][j] - mean);
            }
        }
        return Backends.select().svd(matrix);
    }
}
