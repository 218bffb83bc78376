package io.github.rowwise.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks from the project's folder. The script {@code benchmarks/run} builds the project and calls this class. */
public final class Main {

    private static final String BENCHMARKS = "io\\.github\\.rowwise\\.benchmarks\\..*";

    /** The heap has a fixed size, so that no time is spent on growing it. ND4J requires native access on Java 25. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xms2g", "-Xmx2g", "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector");

    private Main() {}

    /**
     * Runs the command.
     *
     * @param arguments the options, which {@code --help} lists
     * @throws IOException if results cannot be read or written
     * @throws RunnerException if JMH finds no benchmark to run
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(RunOptions.USAGE);
            return;
        }
        RunOptions options;
        try {
            options = RunOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path file = Path.of("benchmarks", "results", options.name() + ".json");
        if (!options.pageOnly()) {
            measure(options, file);
        }
        Path page = Path.of(options.page());
        Files.createDirectories(page.toAbsolutePath().getParent());
        Results results = Results.read(file);
        Path chart = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.md$", "") + ".svg");
        String text = SummaryPage.of(results, chart.getFileName().toString());
        SummaryChart.of(results).writeSvg(chart);
        Files.writeString(page, text);
        System.out.println("results: " + file + "\npage:    " + page + "\nchart:   " + chart);
        // JMH continues after a failure, so that a long run keeps its other results. The exit code reports the failure.
        if (text.contains(SummaryPage.NO_RESULT)) {
            System.err.println("some benchmarks failed: see 'no result' on the page, and JMH's messages above");
            System.exit(1);
        }
    }

    private static void measure(RunOptions options, Path file) throws IOException, RunnerException {
        List<BackendStatus> backends = BackendStatus.probe();
        for (BackendStatus backend : backends) {
            System.out.println(
                    (backend.usable() ? "runs:    " : "skipped: ") + backend.name() + ": " + backend.detail());
        }
        String[] usable = backends.stream()
                .filter(BackendStatus::usable)
                .map(BackendStatus::name)
                .toArray(String[]::new);
        ChainedOptionsBuilder jmh = new OptionsBuilder()
                .include(options.only().isEmpty() ? BENCHMARKS : BENCHMARKS + "(" + options.only() + ")")
                .jvmArgs(JVM_OPTIONS.toArray(String[]::new))
                .param("backend", usable);
        if (options.quick()) {
            jmh.forks(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(200))
                    .param("panel", "200x200", "2000x500");
        }
        if (!options.profiler().isEmpty()) {
            jmh.addProfiler(options.profiler());
        }
        Collection<RunResult> runs = new Runner(jmh.build()).run();
        Map<String, String> environment = Environment.describe();
        environment.put("JVM options", String.join(" ", JVM_OPTIONS));
        environment.put("JMH", describe(runs));
        Results.write(file, options.command(), environment, backends, runs);
    }

    /** Describes the forks, iterations and iteration times of the runs. */
    private static String describe(Collection<RunResult> runs) {
        return runs.stream()
                .map(RunResult::getParams)
                .map(run -> run.getForks() + (run.getForks() == 1 ? " fork" : " forks") + " of "
                        + run.getWarmup().getCount() + " warm-up iterations of "
                        + run.getWarmup().getTime() + " and "
                        + run.getMeasurement().getCount() + " measured ones of "
                        + run.getMeasurement().getTime())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
