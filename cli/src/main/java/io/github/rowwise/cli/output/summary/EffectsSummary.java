package io.github.rowwise.cli.output.summary;

import io.github.rowwise.Noise;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.ModelText;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Formats the summary of a result for the terminal. */
public final class EffectsSummary {

    private static final int FEW = 5;

    private final UnitEffects effects;
    private final Diagnosis diagnosis;
    private final Panel panel;
    private final TerminalLayout lines;
    private final ColumnLines columnLines;

    private EffectsSummary(UnitEffects effects, Diagnosis diagnosis, int columns) {
        this.lines = new TerminalLayout(columns);
        this.effects = effects;
        this.columnLines = new ColumnLines(lines, effects);
        this.diagnosis = diagnosis;
        this.panel = effects.panel();
    }

    /**
     * Returns the summary of a result.
     *
     * @param effects the result
     * @param diagnosis what a reader judges the result by
     * @param input the panel and how it was read
     * @param fitSeconds duration of the fit
     * @param written the files that were written, one line each
     * @param columns maximum width of lines
     * @return lines of at most that many columns
     */
    public static String of(
            UnitEffects effects,
            Diagnosis diagnosis,
            PanelInput input,
            double fitSeconds,
            List<String> written,
            int columns) {
        EffectsSummary summary = new EffectsSummary(effects, diagnosis, columns);
        summary.add(input, fitSeconds, written);
        return summary.lines.toString();
    }

    private void add(PanelInput input, double fitSeconds, List<String> written) {
        PanelSummary.addPanel(lines, input);
        PanelSummary.addLeftOut(lines, effects, input);
        PanelSummary.addPattern(lines, effects.diagnostics());
        PanelSummary.addHomogeneity(lines, panel, diagnosis.homogeneity());
        effects.factorModel().ifPresentOrElse(this::addModel, this::addRanks);
        columnLines.addCovariates(input.source().columns().outcome());
        for (int arm = 1; arm < panel.arms(); arm++) {
            addArm(input, arm);
        }
        Evaluation selfTest = diagnosis.selfTest();
        if (selfTest != null) {
            lines.gap().part("Self-test");
            for (int arm = 1; arm < panel.arms(); arm++) {
                String of = panel.arms() == 2 ? "" : PanelSummary.armName(panel, arm) + ": ";
                EvaluationSummary.judgement(selfTest, arm).forEach(sentence -> lines.add(of + sentence));
            }
        }
        PanelChecks checks = diagnosis.checks();
        if (checks != null) {
            lines.gap();
            CheckSummary.add(lines, checks, input);
        }
        PanelSummary.addWarnings(lines, Warnings.of(effects, diagnosis, input));
        lines.gap()
                .part("Time")
                .add(String.format(
                        Locale.ROOT,
                        "reading %.1f s, fitting %.1f s, backend %s",
                        input.seconds(),
                        fitSeconds,
                        effects.provenance().backend()));
        if (!written.isEmpty()) {
            lines.part("Output");
            written.forEach(lines::add);
        }
    }

    private void addRanks() {
        lines.gap()
                .part("Rank")
                .add("by " + effects.spectrum(0).rule() + ", seed "
                        + effects.provenance().seed());
        for (int arm = 0; arm < panel.arms(); arm++) {
            PanelSummary.addSpectrum(lines, panel, effects.spectrum(arm));
        }
    }

    private void addModel(FactorModel model) {
        lines.gap().part("Model").add(ModelText.factors(model));
        lines.add("effects " + ModelText.effects(model, "by_event_time in the JSON"));
        lines.add("units " + ModelText.trends(model));
        String noise = effects.provenance().options().getOrDefault("noise", "");
        if (noise.equals(Noise.AR1.label())) {
            lines.add("noise correlation from period to period " + NumberFormat.of(model.noiseCorrelation()));
        } else {
            lines.add("noise taken as independent from period to period"
                    + (noise.equals(Noise.BLOCK_JACKKNIFE.label()) ? "; errors by a block jackknife" : ""));
        }
    }

    private void addArm(PanelInput input, int arm) {
        String outcome = Quoted.plain(input.source().columns().outcome());
        List<UnitEffect> estimable = effects.effects().stream()
                .filter(unit -> unit.arm() == arm && unit.ate().isAvailable())
                .sorted(Comparator.comparingDouble(
                                (UnitEffect unit) -> headline(unit).value())
                        .reversed())
                .toList();
        ShownAverages shown = diagnosis.averages();
        AverageEffects averages = shown.lead(arm);
        NumberFormat numbers = NumberFormat.upTo(Math.max(
                size(averages.ate()),
                estimable.stream()
                        .mapToDouble(u -> Math.abs(headline(u).value()))
                        .max()
                        .orElse(0)));
        lines.gap()
                .part("Effect")
                .add("of "
                        + (panel.arms() == 2
                                ? Quoted.plain(input.source().columns().treatment())
                                : PanelSummary.armName(panel, arm))
                        + " on " + outcome + ", with "
                        + level() + " intervals, averaged over " + NumberFormat.count(averages.units(), "unit")
                        + (shown.weights() == null ? "" : " " + shown.weighting()));
        String ate = "ATE  " + estimate(averages.ate(), numbers) + "  over all periods";
        String att = "ATT  " + estimate(averages.att(), numbers) + "  over treated periods";
        boolean leadsWithAtt = GradeCounts.isAttFirst(effects, arm);
        AverageLines averageLines =
                new AverageLines(lines, shown, arm, leadsWithAtt, numbers, effects.confidenceLevel());
        if (leadsWithAtt) {
            lines.add(att).add(ate + ", extrapolated");
        } else {
            lines.add(ate).add(att);
        }
        lines.add("ATT  " + estimate(averages.attOverCells(), numbers) + "  over treated cells, not units");
        averageLines.addMeaning();
        if (effects.provenance().widening() > 1) {
            lines.add("intervals are wider by the factor "
                    + NumberFormat.of(effects.provenance().widening())
                    + ", which pretended treatments call for ("
                    + input.source().origin().naming().name("calibrate") + ")");
        }
        if (effects.diagnostics().isClusteredTreatment() && !shown.isByGroup()) {
            lines.add("these intervals are far too short: treatment came to groups of units");
        }
        addShares(estimable);
        addSpectral(arm, leadsWithAtt, numbers);
        ShownTotals totals = diagnosis.totals();
        if (totals != null) {
            new TotalLines(lines, totals, arm, input.source().columns().outcome()).add();
        }
        averageLines.addGroups();
        averageLines.addOverCells();
        columnLines.addAttributes(arm);
        List<UnitEffect> known = estimable.stream()
                .filter(unit -> headline(unit).hasStandardError())
                .toList();
        boolean both = known.size() > 2 * FEW;
        lines.gap().part(both ? "Highest" : "Units");
        List<UnitEffect> some = known.isEmpty() ? estimable.subList(0, Math.min(2 * FEW, estimable.size())) : estimable;
        List<UnitEffect> highest = both ? known.subList(0, FEW) : some;
        List<UnitEffect> lowest = both ? known.subList(known.size() - FEW, known.size()) : List.of();
        UnitLines units =
                new UnitLines(Stream.concat(highest.stream(), lowest.stream()).toList(), numbers);
        highest.forEach(units::add);
        if (both) {
            lines.part("Lowest");
            lowest.forEach(units::add);
        }
        // Without any interval, a warning says why.
        if (!known.isEmpty() && estimable.size() > known.size()) {
            lines.part("")
                    .add(NumberFormat.count(estimable.size() - known.size(), "more unit")
                            + " without an interval: a single period in an arm");
        }
        lines.gap();
        PanelSummary.addGrades(lines, panel, effects.diagnostics(), arm);
    }

    /** Returns the ATE, or the ATT if the ATE extrapolates in time. */
    private static Estimate headline(UnitEffect unit) {
        return unit.grade() == Grade.EXTRAPOLATED && unit.att().isAvailable() ? unit.att() : unit.ate();
    }

    private void addShares(List<UnitEffect> estimable) {
        List<UnitEffect> units = estimable.stream()
                .filter(unit -> headline(unit).hasStandardError())
                .toList();
        List<Estimate> known = units.stream().map(EffectsSummary::headline).toList();
        if (known.isEmpty()) {
            return;
        }
        List<Interval> each = known.stream()
                .map(unit -> unit.interval(effects.confidenceLevel()))
                .toList();
        lines.add("clearly raised (interval above 0): " + share(raised(each), known.size()) + " of "
                + NumberFormat.count(known.size(), "unit") + "; lowered: " + share(lowered(each), known.size()));
        long weak = IntStream.range(0, units.size())
                .filter(k -> units.get(k).grade() == Grade.WEAK && isClear(each.get(k)))
                .count();
        if (weak > 0) {
            lines.add(NumberFormat.count(weak) + " of these " + (weak == 1 ? "is" : "are")
                    + " weak: look at their outcomes before you report them");
        }
        List<Interval> band = known.stream()
                .map(unit -> unit.simultaneousInterval(effects.confidenceLevel(), known.size()))
                .toList();
        lines.add("by a band that covers all of them at once: " + NumberFormat.count(raised(band)) + " raised, "
                + NumberFormat.count(lowered(band)) + " lowered");
    }

    private static boolean isClear(Interval interval) {
        return interval.lower() > 0 || interval.upper() < 0;
    }

    private static long raised(List<Interval> intervals) {
        return intervals.stream().filter(interval -> interval.lower() > 0).count();
    }

    private static long lowered(List<Interval> intervals) {
        return intervals.stream().filter(interval -> interval.upper() < 0).count();
    }

    /** The spectral method, which accompanies the factor model. */
    private void addSpectral(int arm, boolean leadsWithAtt, NumberFormat numbers) {
        UnitEffects spectral = diagnosis.algorithm1();
        if (spectral == null) {
            return;
        }
        AverageEffects averages = diagnosis.averages().spectral().get(arm - 1);
        String ranks = "spectral method (ranks " + spectral.spectrum(0).rank() + ", "
                + spectral.spectrum(arm).rank() + "): ";
        lines.add(ranks
                + (leadsWithAtt
                        ? "ATT " + inText(averages.att(), numbers) + ", ATE " + value(averages.ate(), numbers)
                        : "ATE " + inText(averages.ate(), numbers) + ", ATT " + value(averages.att(), numbers)));
    }

    private String inText(Estimate estimate, NumberFormat numbers) {
        return estimate(estimate, numbers).strip().replaceAll(" +", " ").replace("[ ", "[");
    }

    private static String value(Estimate estimate, NumberFormat numbers) {
        return estimate.isAvailable() ? numbers.format(estimate.value()) : "not estimable";
    }

    /** Formats units one per line. Names get the width that the numbers leave. */
    private final class UnitLines {

        private final NumberFormat numbers;
        private final int digits;
        private final int names;

        UnitLines(List<UnitEffect> units, NumberFormat numbers) {
            this.numbers = numbers;
            this.digits = widest(
                    units,
                    unit -> Stream.of(headline(unit))
                            .filter(Estimate::hasStandardError)
                            .map(estimate -> estimate.interval(effects.confidenceLevel()))
                            .mapToInt(interval -> Math.max(
                                    numbers.format(interval.lower()).length(),
                                    numbers.format(interval.upper()).length()))
                            .max()
                            .orElse(5));
            int widestName = widest(units, unit -> TextWidth.width(Quoted.line(unit.unit())));
            int remarks = widest(units, unit -> remark(unit).length());
            int taken = 3 * digits + 9 + (remarks == 0 ? 0 : remarks + 2);
            this.names = Math.max(8, Math.min(widestName, lines.width() - taken));
        }

        private static int widest(List<UnitEffect> units, ToIntFunction<UnitEffect> width) {
            return units.stream().mapToInt(width).max().orElse(0);
        }

        void add(UnitEffect unit) {
            lines.add(TextWidth.fit(unit.unit(), names) + "  " + estimate(headline(unit), numbers, digits) + "  "
                    + remark(unit));
        }
    }

    /** Returns a caveat about a unit's estimate. */
    private static String remark(UnitEffect unit) {
        if (headline(unit) == unit.att()) {
            return "ATT";
        }
        if (unit.grade() != Grade.WEAK) {
            return unit.grade() == Grade.OK ? "" : unit.grade().label();
        }
        boolean isRarelyTreated = unit.treatedPeriods() <= unit.controlPeriods();
        return "weak: "
                + NumberFormat.count(isRarelyTreated ? unit.treatedPeriods() : unit.controlPeriods())
                + (isRarelyTreated ? " treated" : " control");
    }

    private String estimate(Estimate estimate, NumberFormat numbers) {
        return estimate(estimate, numbers, 7);
    }

    private String estimate(Estimate estimate, NumberFormat numbers, int digits) {
        if (!estimate.isAvailable()) {
            return "not estimable";
        }
        String value = String.format("%" + (digits + 1) + "s", numbers.format(estimate.value()));
        if (!estimate.hasStandardError()) {
            return value + "  " + String.format("%-" + (2 * digits + 4) + "s", "(no interval)");
        }
        Interval interval = estimate.interval(effects.confidenceLevel());
        String end = "%" + digits + "s";
        return value
                + String.format(
                        "  [" + end + ", " + end + "]",
                        numbers.format(interval.lower()),
                        numbers.format(interval.upper()));
    }

    private String level() {
        return NumberFormat.of(100 * effects.confidenceLevel()).replaceFirst("\\.?0+$", "") + " %";
    }

    private static String share(long part, int whole) {
        return Math.round(100.0 * part / whole) + " %";
    }

    private static double size(Estimate estimate) {
        return estimate.isAvailable() ? Math.abs(estimate.value()) : 0;
    }
}
