package io.github.rowwise.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the page together from its parts: the frame, the style, the chart library with its licences, the data, the script. */
final class ReportPage {

    /** In the order in which they stand in the page; together they are one function. */
    private static final List<String> SCRIPTS = List.of(
            "data.js",
            "words.js",
            "charts.js",
            "answer.js",
            "groups.js",
            "columns.js",
            "ranking.js",
            "order.js",
            "table.js",
            "unit.js",
            "time.js",
            "checks.js",
            "panel.js",
            "method.js",
            "main.js");

    private static final List<String> LICENCES =
            List.of("echarts/NOTICE", "echarts/LICENSE", "echarts/LICENSE-d3", "zrender/LICENSE");

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /** The page with this title and this JSON as data. */
    static String of(String title, String json) {
        String library = resource("echarts/echarts.min.js");
        String script = SCRIPTS.stream()
                .map(ReportPage::resource)
                .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "\n})();\n"));
        Map<String, String> parts = Map.of(
                "title",
                text(title),
                "policy",
                // Nothing is loaded, and no script runs but these two.
                "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src " + hash(library) + " "
                        + hash(script),
                "style",
                resource("report.css"),
                "data",
                inScript(json),
                "library",
                library,
                "script",
                script,
                "licences",
                text(LICENCES.stream().map(ReportPage::resource).collect(Collectors.joining("\n\n\n"))));
        // One pass, so that nothing in a part is taken for a place.
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))));
    }

    /** JSON that no name in it can end or turn into markup: these characters occur in texts only. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            // A browser reads every end of line as a line feed before it takes the hash.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
