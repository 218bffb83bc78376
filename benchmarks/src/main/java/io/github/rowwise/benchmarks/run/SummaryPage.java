package io.github.rowwise.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The page that shows a run's results: one table a benchmark, one row for each input, backends side by side. */
final class SummaryPage {

    /** What a cell says when its benchmark failed. */
    static final String NO_RESULT = "**no result**";

    private static final String FIT = "FitBenchmark.fit";
    private static final String READ = "PlainReadBenchmark.read";

    /** Titles and one line of explanation, in the order of the page. */
    private static final Map<String, String> TITLES = titles();

    private final Results results;
    private final List<String> columns;

    private final String chart;

    private SummaryPage(Results results, String chart) {
        this.results = results;
        this.chart = chart;
        this.columns = results.backends().stream()
                .filter(BackendStatus::usable)
                .map(BackendStatus::name)
                .toList();
    }

    /** Returns the page in Markdown, with a picture that lies beside it. */
    static String of(Results results, String chart) {
        return new SummaryPage(results, chart).page();
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put(
                FIT,
                "Whole fit\n\nFrom a panel in memory to the effects of every unit. The last figure of a cell is the "
                        + "time of the fit divided by that of a plain read of the same panel with the same number "
                        + "of threads.\n\n"
                        + "If the JVM has the vector module, passes over the panel use the same kernel for every "
                        + "backend (ADR 10). ND4J is then not the fastest on large panels: its BLAS computes only "
                        + "the small products and decompositions between passes, and each of them is a native call "
                        + "that copies its operands.");
        titles.put(
                READ,
                "Plain read\n\nOne read of every byte of the panel (8 per outcome, 1 per arm). Panels below a few "
                        + "megabytes are read from the cache.");
        titles.put(
                "FusedPassBenchmark.pass",
                "Fused pass\n\nX'X times vectors for both arms of a panel in one pass, including centring and scaling, "
                        + "on two threads. Operations are counted as if both matrices were dense.");
        titles.put(
                "TilePassBenchmark.product",
                "Skinny product\n\nPanel times vectors, with one tile on one thread, including the filling of the tile.");
        titles.put(
                "TilePassBenchmark.transposedProduct", "Transposed product\n\nTranspose of the panel times vectors.");
        titles.put(
                "TilePassBenchmark.normalProduct",
                "Both products in the same tile\n\nX'X times vectors, as in a pass of the block Krylov method.");
        titles.put(
                "FillBenchmark.fill",
                "Filling the tile\n\nThe time that the three benchmarks above spend on copying rows into the tile.");
        titles.put("GramBenchmark.gram", "Gram matrix\n\nUpper triangle of X'X, with one tile on one thread.");
        titles.put(
                "SmallProductBenchmark.multiply",
                "Small products\n\nThe products that the core computes for 500 periods and a basis of 60 vectors, and a "
                        + "product of two 200 x 200 matrices.");
        titles.put("SvdBenchmark.thinSvd", "Thin SVD");
        titles.put("EigenBenchmark.symmetricEigen", "Symmetric eigendecomposition");
        titles.put("QrBenchmark.thinQr", "Thin QR");
        titles.put(
                "EffectProbabilitiesBenchmark.compute",
                "Probabilities\n\nThe q-values and the posterior probabilities of all units, without a fit.");
        return titles;
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("# Benchmarks\n\n<!-- Made by benchmarks/run; do not edit. -->\n\n");
        page.append("```\n").append(results.command()).append("\n```\n\n");
        page.append("The command builds the project, runs [JMH](https://github.com/openjdk/jmh) in forked "
                + "JVMs, writes the results and a description of the environment to `benchmarks/results`, "
                + "and generates this page from them. It takes about half an hour and needs a machine "
                + "without other load. `--quick` is a rough run of a few minutes, `--only REGEX` runs some "
                + "of the benchmarks, and `--help` lists all options.\n\n");
        page.append("Each cell shows the median of the iterations ± JMH's 99.9 % error of their mean, the "
                + "ratio to the fastest backend of the row, and the rate if operations or bytes can be "
                + "counted. Compare ratios within one run: times on a shared machine vary.\n\n");
        page.append("![Time of a whole fit by number of cells, and speed of a pass by number of vectors, for "
                        + "each backend](")
                .append(chart)
                .append(")\n\n");
        appendFacts(page);
        appendBackends(page);
        for (Map.Entry<String, String> title : TITLES.entrySet()) {
            List<Measurement> measured = results.measurements().stream()
                    .filter(m -> m.benchmark().equals(title.getKey()))
                    .toList();
            if (!measured.isEmpty()) {
                page.append("## ").append(title.getValue()).append("\n\n");
                appendTable(page, measured);
            }
        }
        return page.toString();
    }

    private void appendFacts(StringBuilder page) {
        page.append("## Environment\n\n| | |\n|---|---|\n");
        results.environment()
                .forEach((key, value) -> page.append("| ")
                        .append(key)
                        .append(" | ")
                        .append(cell(value))
                        .append(" |\n"));
        page.append('\n');
    }

    private void appendBackends(StringBuilder page) {
        page.append("| backend | version | |\n|---|---|---|\n");
        for (BackendStatus backend : results.backends()) {
            page.append("| ")
                    .append(backend.name())
                    .append(" | ")
                    .append(backend.version())
                    .append(" | ")
                    .append(backend.usable() ? "" : "**skipped**: ")
                    .append(cell(backend.detail()))
                    .append(" |\n");
        }
        page.append('\n');
    }

    private void appendTable(StringBuilder page, List<Measurement> measured) {
        List<String> parameters = List.copyOf(measured.get(0).parameters().keySet());
        boolean byBackend = !measured.get(0).backend().isEmpty();
        List<String> heads = new ArrayList<>(parameters);
        heads.addAll(byBackend ? columns : List.of("time"));
        page.append("| ").append(String.join(" | ", heads)).append(" |\n");
        page.append("|").append("---|".repeat(heads.size())).append('\n');
        Map<Map<String, String>, List<Measurement>> rows = measured.stream()
                .collect(Collectors.groupingBy(Measurement::parameters, LinkedHashMap::new, Collectors.toList()));
        rows.forEach((values, row) -> {
            double fastest =
                    row.stream().mapToDouble(Measurement::seconds).min().orElseThrow();
            page.append('|');
            for (String value : values.values()) {
                page.append(' ').append(value(value)).append(" |");
            }
            for (String column : byBackend ? columns : List.of("")) {
                page.append(' ')
                        .append(row.stream()
                                .filter(m -> m.backend().equals(column))
                                .findFirst()
                                .map(m -> figures(m, fastest))
                                .orElse(NO_RESULT))
                        .append(" |");
            }
            page.append('\n');
        });
        page.append('\n');
    }

    private String figures(Measurement m, double fastest) {
        StringBuilder text = new StringBuilder(number(m.median()));
        if (!Double.isNaN(m.error())) {
            text.append(" ± ").append(number(m.error()));
        }
        text.append(' ').append(m.shortUnit());
        if (!m.backend().isEmpty()) {
            text.append(" · ").append(number(m.seconds() / fastest)).append("×");
        }
        OptionalDouble operations = Work.operations(m);
        if (operations.isPresent()) {
            text.append(" · ")
                    .append(number(operations.getAsDouble() / m.seconds() * 1e-9))
                    .append(" GFLOP/s");
        }
        OptionalDouble bytes = Work.bytes(m);
        if (bytes.isPresent()) {
            text.append(" · ")
                    .append(number(bytes.getAsDouble() / m.seconds() * 1e-9))
                    .append(" GB/s");
        }
        if (m.benchmark().equals(FIT)) {
            plainRead(m)
                    .ifPresent(read -> text.append(" · ")
                            .append(number(m.seconds() / read.seconds()))
                            .append(" reads"));
        }
        return text.toString();
    }

    /** The plain read of the same panel with the same threads. */
    private Optional<Measurement> plainRead(Measurement fit) {
        return results.measurements().stream()
                .filter(m -> m.benchmark().equals(READ)
                        && fit.parameters()
                                .entrySet()
                                .containsAll(m.parameters().entrySet()))
                .findFirst();
    }

    /** Three significant digits, or the whole number where it is longer. */
    private static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    /** Parameters as a reader writes them: 2000x500 becomes 2,000 × 500, FIXED_3 becomes fixed 3. */
    private static String value(String value) {
        if (value.matches("\\d+x\\d+")) {
            int x = value.indexOf('x');
            return String.format(
                    Locale.ROOT,
                    "%,d × %,d",
                    Integer.parseInt(value.substring(0, x)),
                    Integer.parseInt(value.substring(x + 1)));
        }
        return value.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Text that must not end a table's cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\r", "").replace("\n", " ");
    }
}
