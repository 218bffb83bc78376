package io.github.rowwise.benchmarks.run;

import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param quick whether short runs on small panels are enough
 * @param only regular expression that a benchmark's name contains, such as {@code FitBenchmark}; empty for all
 * @param name name of the results, and of their file
 * @param page the page to write, relative to the project's folder
 * @param pageOnly whether to make the page from results that are there, without a run
 * @param profiler a JMH profiler such as {@code stack}, empty for none
 */
public record RunOptions(boolean quick, String only, String name, String page, boolean pageOnly, String profiler) {

    static final String USAGE = """
            usage: benchmarks/run [--quick] [--only REGEX] [--name NAME] [--page FILE] [--page-only] [--profile NAME]

              --quick         short runs without the largest panels: to see that everything works
              --only REGEX    only the benchmarks whose name contains a match, such as Fit or Tile.*product
              --name NAME     results go to benchmarks/results/NAME.json (default: full; quick with --quick,
                              partial with --only)
              --page FILE     the summary page (default: docs/benchmarks.md; for quick and partial runs
                              benchmarks/results/NAME.md, so that they do not replace full results)
              --page-only     make the page from benchmarks/results/NAME.json again, without a run
              --profile NAME  run with a JMH profiler such as stack or gc; its output goes to the terminal""";

    private static final String PUBLISHED_PAGE = "docs/benchmarks.md";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if an option is unknown or lacks its value
     */
    static RunOptions parse(List<String> arguments) {
        boolean quick = false;
        boolean pageOnly = false;
        String only = "";
        String name = "";
        String page = "";
        String profiler = "";
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--quick" -> quick = true;
                case "--page-only" -> pageOnly = true;
                case "--only" -> only = value(option, rest);
                case "--name" -> name = value(option, rest);
                case "--page" -> page = value(option, rest);
                case "--profile" -> profiler = value(option, rest);
                default -> throw new IllegalArgumentException("unknown option '" + option + "'\n" + USAGE);
            }
        }
        if (name.isEmpty()) {
            name = quick ? "quick" : only.isEmpty() ? "full" : "partial";
        }
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("name '" + name
                    + "': it becomes a file's name, so use letters, digits, dots, hyphens and underscores");
        }
        if (page.isEmpty()) {
            page = quick || !only.isEmpty() ? "benchmarks/results/" + name + ".md" : PUBLISHED_PAGE;
        }
        return new RunOptions(quick, only, name, page, pageOnly, profiler);
    }

    /** The command that makes the same run again. */
    String command() {
        return "benchmarks/run" + (quick ? " --quick" : "") + (only.isEmpty() ? "" : " --only '" + only + "'");
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("option " + option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }
}
