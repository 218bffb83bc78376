package io.github.rowwise.benchmarks.run;

import java.util.Iterator;
import java.util.List;

/**
 * Options of the command.
 *
 * @param quick whether to make short runs on small panels
 * @param only regular expression to find in the name of a benchmark, for example {@code FitBenchmark}; empty for all
 * @param name name of the results and of their file
 * @param page the page to write, relative to the project's folder
 * @param pageOnly whether to create the page from existing results, without a run
 * @param profiler name of a JMH profiler such as {@code stack}, empty for none
 */
record RunOptions(boolean quick, String only, String name, String page, boolean pageOnly, String profiler) {

    static final String USAGE = """
            usage: benchmarks/run [--quick] [--only REGEX] [--name NAME] [--page FILE] [--page-only] [--profile NAME]

              --quick         short runs without the largest panels, to check that everything works
              --only REGEX    run only benchmarks whose name contains a match, such as Fit or Tile.*product
              --name NAME     write results to benchmarks/results/NAME.json (default: full; quick with --quick,
                              partial with --only)
              --page FILE     write the summary page to FILE (default: docs/benchmarks.md, or benchmarks/results/NAME.md for
                              quick and partial runs, so that they do not replace full results)
              --page-only     create the page from benchmarks/results/NAME.json, without a run
              --profile NAME  run with a JMH profiler such as stack or gc, and print its output""";

    private static final String PUBLISHED_PAGE = "docs/benchmarks.md";

    /**
     * Parses the command line.
     *
     * @param arguments the arguments
     * @return the options
     * @throws IllegalArgumentException if an option is unknown or has no value
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
                    + "': it is used as a file name, so use only letters, digits, dots, hyphens and underscores");
        }
        if (page.isEmpty()) {
            page = quick || !only.isEmpty() ? "benchmarks/results/" + name + ".md" : PUBLISHED_PAGE;
        }
        return new RunOptions(quick, only, name, page, pageOnly, profiler);
    }

    /** Returns the command that repeats the run. */
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
