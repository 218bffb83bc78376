package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.benchmarks.scoreboard.PlantedPanel.Assignment;
import io.github.rowwise.benchmarks.scoreboard.PlantedPanel.Course;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Prints the tables of {@code docs/scoreboard.md}: how close each method's ATT of the units comes to the planted one, on real
 * outcomes. The data are not part of this project.
 */
public final class Scoreboard {

    private final PrintStream out;
    private final int draws;
    private final Map<String, UnitScore> times = new LinkedHashMap<>();

    Scoreboard(PrintStream out, int draws) {
        this.out = out;
        this.draws = draws;
    }

    /**
     * Prints the tables in Markdown.
     *
     * @param arguments the folder with the data, and the number of draws of each panel
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: the folder with the data, number of draws");
        }
        List<BaseOutcomes> bases = new ArrayList<>();
        for (BaseOutcomes.Source source : BaseOutcomes.SOURCES) {
            Optional<BaseOutcomes> base = BaseOutcomes.read(source, Path.of(arguments[0]));
            base.ifPresentOrElse(bases::add, () -> System.err.println("no file " + source.file()));
        }
        new Scoreboard(System.out, Integer.parseInt(arguments[1])).print(bases);
    }

    void print(List<BaseOutcomes> bases) {
        out.println("### Adopted and kept\n");
        boolean isFirst = true;
        for (BaseOutcomes base : bases) {
            for (Course course : Course.values()) {
                Map<String, UnitScore> scores = scores(base, Assignment.STAGGERED, course, Contestants::adopted);
                isFirst = row(isFirst, base, course.label, scores);
            }
        }
        out.println("\n### On and off\n");
        isFirst = true;
        for (BaseOutcomes base : bases) {
            for (Assignment assignment : List.of(Assignment.LATENT, Assignment.SPELLS, Assignment.RARE)) {
                Map<String, UnitScore> scores = scores(base, assignment, Course.CONSTANT, Contestants::switching);
                isFirst = row(isFirst, base, assignment.label, scores);
            }
        }
        out.println("\n### Time\n");
        out.println("| method | panels | seconds per panel |");
        out.println("|---|---|---|");
        times.forEach((method, score) -> out.printf(
                Locale.ROOT, "| %s | %d | %.2f |%n", method, score.accuracy().draws(), score.meanSeconds()));
    }

    private Map<String, UnitScore> scores(
            BaseOutcomes base,
            Assignment assignment,
            Course course,
            Function<PlantedPanel, Map<String, UnitScore>> contest) {
        Map<String, UnitScore> sums = new LinkedHashMap<>();
        for (int draw = 0; draw < draws; draw++) {
            long seed = (base.name() + assignment + course).hashCode() + 1_000_003L * draw;
            contest.apply(PlantedPanel.draw(base, assignment, course, seed)).forEach((method, score) -> {
                sums.merge(method, score, UnitScore::plus);
                times.merge(method, score, UnitScore::plus);
            });
        }
        return sums;
    }

    /** Prints a row, the least RMSE in bold, after the header if it is the first one. */
    private boolean row(boolean isFirst, BaseOutcomes base, String design, Map<String, UnitScore> scores) {
        if (isFirst) {
            out.println("| outcomes | units x periods | design | " + String.join(" | ", scores.keySet())
                    + " | coverage | interval score | rank correlation | best other |");
            out.println("|---|---|---|" + "---|".repeat(scores.size()) + "---|---|---|---|");
        }
        double spread = base.spread();
        double least = scores.values().stream()
                .mapToDouble(score -> score.accuracy().rmse())
                .min()
                .orElseThrow();
        UnitScore ours = Objects.requireNonNull(scores.get(Contestants.FACTOR_MODEL));
        double bestRanks = scores.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Contestants.FACTOR_MODEL))
                .mapToDouble(entry -> entry.getValue().accuracy().rankCorrelation())
                .filter(ranks -> !Double.isNaN(ranks))
                .max()
                .orElse(Double.NaN);
        String errors = scores.values().stream()
                .map(score -> score.accuracy().rmse())
                .map(rmse -> String.format(Locale.ROOT, rmse == least ? "**%.3f**" : "%.3f", rmse / spread))
                .collect(Collectors.joining(" | "));
        out.println(String.format(
                        Locale.ROOT,
                        "| %s | %d x %d | %s | %s | %.2f | %.2f | %.2f | %.2f |",
                        base.name(),
                        base.outcomes().length,
                        base.periods(),
                        design,
                        errors,
                        ours.accuracy().coverage(),
                        ours.meanIntervalScore() / spread,
                        ours.accuracy().rankCorrelation(),
                        bestRanks)
                .replace("NaN", ""));
        out.flush();
        return false;
    }
}
