package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.benchmarks.study.PublishedCase.Figure;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Accuracy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares the default method with published estimates, and with the truth where it is known. The data are not part of this
 * project: {@link PublishedCases} names the files and where they come from.
 */
public final class PublishedCaseStudy {

    private final PrintStream out;
    private final Path folder;

    PublishedCaseStudy(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /**
     * Prints the tables in Markdown.
     *
     * @param arguments the folder with the data
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected the folder with the data of the studies");
        }
        PublishedCaseStudy study = new PublishedCaseStudy(System.out, Path.of(arguments[0]));
        study.print(PublishedCases.ALL);
        study.printFiles(PublishedCases.ALL);
    }

    /** Prints one row per study, and the accuracy where the truth is known. */
    void print(List<PublishedCase> studies) {
        List<String> accuracies = new ArrayList<>();
        out.println("| study | units x periods | published | estimate with 95 % interval | interval holds published"
                + " | effects | trends | factors |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (PublishedCase study : studies) {
            Optional<CaseData> data = CaseData.read(study, folder);
            if (data.isEmpty()) {
                out.println("| " + study.name() + " | | " + published(study.published()) + " | no file " + study.file()
                        + " | | | | |");
                continue;
            }
            UnitEffects effects = FactorModelEstimator.withDefaults()
                    .withThreads(Runtime.getRuntime().availableProcessors())
                    .withCellErrors(study.truth() != null)
                    .fit(data.get().panel());
            Truths truths = Truths.of(data.get(), study.truth() != null);
            print(study, effects, truths);
            if (study.truth() != null) {
                accuracies.add(accuracy(study, effects, truths));
            }
        }
        accuracies.forEach(line -> out.println(System.lineSeparator() + line));
    }

    /** Prints the files, their columns and where the data come from. */
    void printFiles(List<PublishedCase> studies) {
        out.println();
        out.println("| file | unit, period, outcome, treatment | data | published by |");
        out.println("|---|---|---|---|");
        LinkedHashSet<String> rows = new LinkedHashSet<>();
        for (PublishedCase study : studies) {
            rows.add("| `" + study.file() + "` | `" + study.columns().unit() + "`, `"
                    + study.columns().time() + "`, `" + study.columns().outcome() + "`, `"
                    + study.columns().treatment() + "` | " + study.data() + " | " + study.source() + " |");
        }
        rows.forEach(out::println);
    }

    private void print(PublishedCase study, UnitEffects effects, Truths truths) {
        Estimate estimate = study.unit() == null
                ? effects.averages(1).attOverCells()
                : effects.effect(study.unit()).att();
        List<Figure> published = study.truth() == null
                ? study.published()
                : List.of(
                        new Figure(truths.average(), String.format(Locale.ROOT, "%.2f, the truth", truths.average())));
        FactorModel model = effects.factorModel().orElseThrow();
        out.println("| " + study.name() + " | " + effects.panel().units() + " x "
                + effects.panel().periods() + " | " + published(published) + " | " + text(estimate) + " | "
                + holds(estimate, published) + " | " + form(model) + " | " + (model.trends() > 0 ? "yes" : "no") + " | "
                + model.rank() + " of " + model.startRank() + " |");
    }

    private static String published(List<Figure> figures) {
        return figures.stream().map(Figure::label).collect(Collectors.joining("; "));
    }

    /** Two digits of the standard error are shown, and as many decimals of the estimate. */
    private static String text(Estimate estimate) {
        if (!estimate.hasStandardError()) {
            return estimate.isAvailable() ? String.format(Locale.ROOT, "%.3g, no interval", estimate.value()) : "none";
        }
        int decimals = (int) Math.max(0, 1 - Math.floor(Math.log10(estimate.standardError())));
        String number = "%." + decimals + "f";
        Interval interval = estimate.interval(Score.CONFIDENCE_LEVEL);
        return String.format(
                Locale.ROOT,
                number + " [" + number + ", " + number + "]",
                estimate.value(),
                interval.lower(),
                interval.upper());
    }

    private static String holds(Estimate estimate, List<Figure> published) {
        if (!estimate.hasStandardError()) {
            return "";
        }
        Interval interval = estimate.interval(Score.CONFIDENCE_LEVEL);
        long held = published.stream()
                .filter(figure -> interval.contains(figure.value()))
                .count();
        return held == published.size() ? "yes" : held == 0 ? "no" : held + " of " + published.size();
    }

    private static String form(FactorModel model) {
        if (model.effectsForm() == EffectsForm.FACTORS && model.hasOnsetTerms()) {
            return "factors, onset";
        }
        return model.effectsForm().label();
    }

    private static String accuracy(PublishedCase study, UnitEffects effects, Truths truths) {
        List<Estimate> units = effects.effects().stream().map(UnitEffect::att).toList();
        Accuracy att = Accuracy.of(units, truths.units(), Score.CONFIDENCE_LEVEL);
        List<Estimate> cells = truths.cells().stream()
                .map(cell -> effects.cellEffect(cell.unit(), 1, cell.period()))
                .toList();
        double[] cellTruths =
                truths.cells().stream().mapToDouble(Truths.Cell::effect).toArray();
        Accuracy cell = Accuracy.of(cells, cellTruths, Score.CONFIDENCE_LEVEL);
        return String.format(
                Locale.ROOT,
                "%s: RMSE of the ATT of %d units %.2f, 95 %% intervals cover %.0f %% of them and %.0f %% of the effects in"
                        + " %d treated cells.",
                study.name(),
                att.units(),
                att.rmse(),
                100 * att.coverage(),
                100 * cell.coverage(),
                cell.units());
    }

    /**
     * True effects of the treated cells of units that have an estimate.
     *
     * @param cells the treated cells
     * @param units the ATT of each unit, NaN for units without treated cells
     */
    private record Truths(List<Cell> cells, double[] units) {

        private record Cell(int unit, int period, double effect) {}

        static Truths of(CaseData data, boolean isKnown) {
            List<Cell> cells = new ArrayList<>();
            double[] units = new double[data.panel().units()];
            Arrays.fill(units, Double.NaN);
            for (int unit = 0; isKnown && unit < units.length; unit++) {
                double sum = 0;
                int count = 0;
                for (int period = 0; period < data.panel().periods(); period++) {
                    if (data.panel().arm(unit, period) == 1) {
                        double effect = data.trueEffects()[unit][period];
                        cells.add(new Cell(unit, period, effect));
                        sum += effect;
                        count++;
                    }
                }
                units[unit] = sum / count;
            }
            return new Truths(cells, units);
        }

        double average() {
            return cells.stream().mapToDouble(Cell::effect).average().orElse(Double.NaN);
        }
    }
}
