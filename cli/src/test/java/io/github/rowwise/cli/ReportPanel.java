package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A panel for reports: two treatments, gaps, units of all grades, and names that a page must not take for markup. */
final class ReportPanel {

    static final List<String> NAMES = List.of(
            "</script><b>bold</b>",
            "<img src=x onerror=console.log(1)>",
            "<!--<script>",
            "&lt;b&gt;&amp;",
            "{{data}} ${unit} $1 \\u003c",
            "=1+1",
            "a \"quoted\", name",
            "two\nlines",
            "line\u2028paragraph\u2029separators",
            "東京・新宿",
            "עברית",
            "e\u0301 and \u00e9",
            "\ud83e\uddc0",
            "x".repeat(10_000));

    static final int UNITS = 40;
    static final int PERIODS = 30;

    private ReportPanel() {}

    static String name(int unit) {
        return unit < NAMES.size() ? NAMES.get(unit) : "shop " + unit;
    }

    /** Three levels, or two without the second treatment. */
    static Path write(Path folder, String name, boolean threeArms) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("shop,week,sales,dose,kind\n");
        for (int unit = 0; unit < UNITS; unit++) {
            double level = 20 + random.nextDouble() * 5;
            double effect = unit % 3 - 0.5;
            for (int period = 1; period <= PERIODS; period++) {
                String dose = dose(unit, period, random, threeArms);
                double sales = level + Math.sin(period / 5.0) * (unit % 4) + random.nextGaussian() * 0.3;
                sales += dose.equals("none") ? 0 : dose.startsWith("low") ? effect : 2;
                boolean isGap = random.nextDouble() < 0.05 || (unit == 9 && period < 8);
                text.append('"')
                        .append(name(unit).replace("\"", "\"\""))
                        .append("\",")
                        .append(period);
                text.append(',')
                        .append(isGap ? "" : sales)
                        .append(",\"")
                        .append(dose)
                        .append("\",\"")
                        .append(NAMES.get(unit % 4).replace("\"", "\"\""))
                        .append("\"\n");
            }
        }
        return PanelFile.write(folder, name, text.toString());
    }

    private static String dose(int unit, int period, SplittableRandom random, boolean threeArms) {
        double draw = random.nextDouble();
        return switch (unit % 10) {
            case 3 -> "none";
            case 4 -> period > 20 ? "low <dose>" : "none";
            case 5 -> period == 7 || period == 12 ? "low <dose>" : "none";
            case 6 -> unit > 30 ? "low <dose>" : draw < 0.5 ? "low <dose>" : "none";
            default -> draw < 0.3 ? "low <dose>" : draw < 0.5 && threeArms ? "high" : "none";
        };
    }

    static List<String> arguments(Path input, Path report) {
        return List.of(
                "estimate",
                input.toString(),
                "--unit",
                "shop",
                "--time",
                "week",
                "--outcome",
                "sales",
                "--treatment",
                "dose",
                "--control",
                "none",
                "--report",
                report.toString());
    }
}
