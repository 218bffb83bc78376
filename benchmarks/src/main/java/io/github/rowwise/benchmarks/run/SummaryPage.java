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
                "Whole fit\n\nFrom a panel in memory to every unit's effects. The last figure of a cell is the time in"
                        + " plain reads of the same panel with as many threads: what the fit costs beside memory.\n\n"
                        + "With the JDK's vector module, as here, passes over the panel go through one kernel whatever the backend"
                        + " (ADR 10). So ND4J is not the fastest on large panels: its BLAS is left with the small products"
                        + " and decompositions between passes, each of which it reaches by a call with a copy.");
        titles.put(
                READ,
                "Plain read\n\nEvery byte of the panel (8 of the outcome, 1 of the arm) read once. Panels below a few megabytes"
                        + " are read from the cache.");
        titles.put(
                "FusedPassBenchmark.pass",
                "Fused pass\n\nX'X times vectors for both arms of a panel in one pass, centring and scaling included, on two"
                        + " threads; operations are counted as if both matrices were dense.");
        titles.put(
                "TilePassBenchmark.product",
                "Skinny product\n\nPanel times vectors, through one tile on one thread, filling it included.");
        titles.put("TilePassBenchmark.transposedProduct", "Transposed product\n\nThe panel's transpose times vectors.");
        titles.put(
                "TilePassBenchmark.normalProduct",
                "Both products in the same tile\n\nWhat a pass of the block Krylov method does: X'X times vectors.");
        titles.put("FillBenchmark.fill", "Filling the tile\n\nThe part of the three figures above that is a copy.");
        titles.put("GramBenchmark.gram", "Gram matrix\n\nUpper triangle of X'X, through one tile on one thread.");
        titles.put(
                "SmallProductBenchmark.multiply",
                "Small products\n\nAs the core asks for them with 500 periods and a basis of 60 vectors, and a square"
                        + " one of 200.");
        titles.put("SvdBenchmark.thinSvd", "Thin SVD");
        titles.put("EigenBenchmark.symmetricEigen", "Symmetric eigendecomposition");
        titles.put("QrBenchmark.thinQr", "Thin QR");
        return titles;
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("# Benchmarks\n\n<!-- Made by benchmarks/run; do not edit. -->\n\n");
        page.append("```\n").append(results.command()).append("\n```\n\n");
        page.append("The command builds the project, runs [JMH](https://github.com/openjdk/jmh) in forked JVMs, writes"
                + " the results with the environment to `benchmarks/results`, and makes this page from them. It takes"
                + " about half an hour and needs a quiet machine; `--quick` is a rough run of a few minutes, `--only REGEX`"
                + " runs some of the benchmarks, and `--help` lists all options.\n\n");
        page.append(
                "A cell holds the median of the iterations ± JMH's 99.9 % error of their mean; then the ratio to the"
                        + " row's fastest; then the rate, where operations or bytes can be counted. Ratios within one run are"
                        + " what to quote: the times of a shared machine drift.\n\n");
        page.append("![Seconds of a whole fit against cells, and speed of a pass against vectors, by backend](")
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
