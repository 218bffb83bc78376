package io.github.rowwise.cli.report;

import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The result of one treatment in words.
 *
 * @param headline the average effect in one sentence
 * @param shares in how many units the outcome is raised and lowered; empty if no unit has an interval
 * @param caveat the uncertainty that the averages' intervals do not include; empty if none is known
 * @param sentences the meaning of the average, the band of all units, and the units without an estimate
 * @param isAttFirst whether the ATT comes first
 */
record HeadlineText(String headline, String shares, String caveat, List<String> sentences, boolean isAttFirst) {

    /** Returns the title of the report. */
    static String title(Panel panel, PanelInput input) {
        return (panel.arms() == 2 ? "Effect of " : "Effects of ")
                + Quoted.plain(input.source().columns().treatment()) + " on "
                + Quoted.plain(input.source().columns().outcome());
    }

    /** Returns the name of a treatment in sentences. */
    static String treatment(Panel panel, PanelInput input, int arm) {
        return panel.arms() == 2
                ? Quoted.plain(input.source().columns().treatment())
                : PanelSummary.armName(panel, arm);
    }

    static HeadlineText of(UnitEffects effects, ShownAverages averages, PanelInput input, int arm) {
        Writer writer = new Writer(effects, averages, input, arm);
        return new HeadlineText(
                writer.headline(), writer.shares(), writer.caveat(), writer.sentences(), writer.isAttFirst);
    }

    /** Formats a confidence level such as 0.95 as 95 %. */
    static String percent(double level) {
        return NumberFormat.of(100 * level).replaceFirst("\\.?0+$", "") + "\u00a0%";
    }

    private static final class Writer {

        private final UnitEffects effects;
        private final int arm;
        private final boolean isAttFirst;
        private final String treatment;
        private final String outcome;
        private final ShownAverages shown;
        private final AverageEffects averages;
        private final List<UnitEffect> units;
        private final List<UnitEffect> knownUnits;
        private final List<Estimate> known;

        Writer(UnitEffects effects, ShownAverages shown, PanelInput input, int arm) {
            this.shown = shown;
            this.effects = effects;
            this.arm = arm;
            this.isAttFirst = GradeCounts.isAttFirst(effects, arm);
            this.treatment = treatment(effects.panel(), input, arm);
            this.outcome = Quoted.plain(input.source().columns().outcome());
            this.averages = shown.lead(arm);
            this.units =
                    effects.effects().stream().filter(unit -> unit.arm() == arm).toList();
            this.knownUnits = units.stream()
                    .filter(unit -> effect(unit).hasStandardError())
                    .toList();
            this.known = knownUnits.stream().map(this::effect).toList();
        }

        private Estimate effect(UnitEffect unit) {
            return isAttFirst ? unit.att() : unit.ate();
        }

        String caveat() {
            return effects.diagnostics().isClusteredTreatment() && !shown.isByGroup()
                    ? "far too short: treatment seems to be assigned to about "
                            + NumberFormat.count(
                                    Math.round(effects.diagnostics().effectiveTreatmentPaths()), "group")
                            + " of units"
                    : "";
        }

        String headline() {
            Estimate average = isAttFirst ? averages.att() : averages.ate();
            if (!average.isAvailable()) {
                return "No unit identifies the effect of " + treatment + " on " + outcome + ".";
            }
            if (!average.hasStandardError()) {
                return "On average, " + treatment + " changes " + outcome + " by " + number(average.value())
                        + "; there is no interval.";
            }
            Interval interval = average.interval(effects.confidenceLevel());
            String where = isAttFirst ? "Where it was applied, " : "On average, ";
            if (interval.lower() > 0 || interval.upper() < 0) {
                return where + treatment + (average.value() > 0 ? " raises " : " lowers ") + outcome + " by "
                        + number(Math.abs(average.value())) + " ("
                        + (average.value() > 0
                                ? interval(interval.lower(), interval.upper())
                                : interval(-interval.upper(), -interval.lower()))
                        + ").";
            }
            return (isAttFirst ? "Where it was applied, no" : "No") + " clear average effect of " + treatment + " on "
                    + outcome + ": " + withInterval(average) + ".";
        }

        List<String> sentences() {
            List<String> sentences = new ArrayList<>();
            if (averages.units() > 0) {
                sentences.add(meaning());
                addGroups(sentences);
                addBand(sentences);
            }
            addNotEstimable(sentences);
            addGrades(sentences);
            return List.copyOf(sentences);
        }

        private String meaning() {
            String of = ", averaged over " + NumberFormat.count(averages.units(), "unit") + " " + shown.weighting()
                    + ": the outcome under treatment minus the outcome under control";
            return isAttFirst
                    ? "This is the ATT" + of
                            + ", over the periods in which the unit was treated. Most units were in an arm"
                            + " in one spell only, so the average over all periods, the ATE, depends on periods never observed under treatment; it is "
                            + withInterval(averages.ate()) + "."
                    : "This is the ATE" + of
                            + ", over all periods, treated or not. Over the treated periods alone (the ATT)" + " it is "
                            + withInterval(averages.att()) + ".";
        }

        private void addGroups(List<String> sentences) {
            GroupAverages groups = shown.groups();
            if (groups == null || !(shown.isByGroup() || shown.isByGroupToo())) {
                return;
            }
            String column = Quoted.plain(groups.column());
            Estimate byUnit = headline(shown.byUnit().get(arm - 1));
            Estimate byGroup = headline(groups.overallByGroup(arm));
            sentences.add(
                    shown.isByGroup()
                            ? "Treatment was decided by " + column + ", so that the intervals of averages take its "
                                    + groups.groups().size() + " groups as the units of variation. With single units as"
                                    + " the units of variation the average is " + withInterval(byUnit)
                                    + ", which is too sure."
                            : "With the " + groups.groups().size() + " groups of " + column
                                    + " as the units of variation it is " + withInterval(byGroup) + ".");
        }

        private Estimate headline(AverageEffects of) {
            return isAttFirst ? of.att() : of.ate();
        }

        String shares() {
            if (known.isEmpty()) {
                return "";
            }
            Function<Estimate, Interval> own = estimate -> estimate.interval(effects.confidenceLevel());
            long raised = count(own, true);
            long lowered = count(own, false);
            if (known.size() == 1) {
                return "There is one unit with an interval; "
                        + (raised + lowered == 0
                                ? "the sign of its effect is open."
                                : outcome + " is clearly " + (raised > 0 ? "raised." : "lowered."));
            }
            long weak = knownUnits.stream()
                    .filter(unit -> unit.grade() == Grade.WEAK && isClear(own.apply(effect(unit))))
                    .count();
            return "Clearly raised in " + share(raised) + " of " + NumberFormat.count(known.size(), "unit")
                    + ", clearly lowered in " + share(lowered) + "; in " + share(known.size() - raised - lowered)
                    + " the sign is open."
                    + (weak == 0
                            ? ""
                            : " " + NumberFormat.count(weak) + " of the clear ones " + (weak == 1 ? "is" : "are")
                                    + " graded weak: look at their outcomes before you report them.");
        }

        private static boolean isClear(Interval interval) {
            return interval.lower() > 0 || interval.upper() < 0;
        }

        private void addBand(List<String> sentences) {
            if (!known.isEmpty()) {
                Function<Estimate, Interval> band =
                        estimate -> estimate.simultaneousInterval(effects.confidenceLevel(), known.size());
                sentences.add("A unit's outcome is clearly raised where the " + percent(effects.confidenceLevel())
                        + " interval of its own " + (isAttFirst ? "ATT" : "ATE")
                        + " lies above 0, and clearly lowered where it lies below. By a band that covers all units at"
                        + " once, it is raised in " + NumberFormat.count(count(band, true)) + " and lowered in "
                        + NumberFormat.count(count(band, false)) + ".");
            }
        }

        private void addNotEstimable(List<String> sentences) {
            Map<String, Long> reasons = units.stream()
                    .filter(unit -> !unit.ate().isAvailable())
                    .collect(Collectors.groupingBy(UnitEffect::reason, TreeMap::new, Collectors.counting()));
            int without = units.size() - averages.units();
            if (without > 0) {
                sentences.add(NumberFormat.count(without) + " of " + NumberFormat.count(units.size(), "unit")
                        + " could not be estimated: "
                        + reasons.entrySet().stream()
                                .map(reason ->
                                        NumberFormat.count(reason.getValue()) + " " + Quoted.line(reason.getKey()))
                                .collect(Collectors.joining("; "))
                        + ".");
            }
        }

        private void addGrades(List<String> sentences) {
            Map<Grade, Integer> counts = GradeCounts.count(effects.diagnostics(), effects.panel(), arm);
            int weak = counts.getOrDefault(Grade.WEAK, 0);
            int extrapolated = counts.getOrDefault(Grade.EXTRAPOLATED, 0);
            List<String> parts = new ArrayList<>();
            if (weak > 0) {
                parts.add(NumberFormat.count(weak) + (weak == 1 ? " is" : " are") + " weak (few periods in an arm)");
            }
            if (extrapolated > 0) {
                parts.add(NumberFormat.count(extrapolated) + (extrapolated == 1 ? " is" : " are")
                        + " extrapolated (a single spell in an arm: read the ATT)");
            }
            if (!parts.isEmpty()) {
                sentences.add("Of the estimates, " + String.join(" and ", parts) + ".");
            }
        }

        private long count(Function<Estimate, Interval> interval, boolean isRaised) {
            return known.stream()
                    .map(interval)
                    .filter(of -> isRaised ? of.lower() > 0 : of.upper() < 0)
                    .count();
        }

        private String withInterval(Estimate estimate) {
            if (!estimate.isAvailable()) {
                return "not estimable";
            }
            String value = number(estimate.value());
            if (!estimate.hasStandardError()) {
                return value;
            }
            Interval interval = estimate.interval(effects.confidenceLevel());
            return value + " (" + interval(interval.lower(), interval.upper()) + ")";
        }

        private String interval(double lower, double upper) {
            return percent(effects.confidenceLevel()) + " interval " + number(lower) + " to " + number(upper);
        }

        /** Uses the decimals of the first average, which fit its interval too. */
        private String number(double value) {
            Estimate average = isAttFirst ? averages.att() : averages.ate();
            double size = Math.abs(average.isAvailable() ? average.value() : value);
            double half = average.hasStandardError()
                    ? average.interval(effects.confidenceLevel()).upper() - average.value()
                    : size;
            double digits = Math.floor(Math.log10(size)) - Math.floor(Math.log10(half)) + 2;
            return NumberFormat.upTo(size, half > 0 ? (int) Math.max(3, Math.min(6, digits)) : 3)
                    .format(value)
                    .replace('-', '\u2212');
        }

        private String share(long part) {
            return NumberFormat.count(part) + " (" + Math.round(100.0 * part / known.size()) + "\u00a0%)";
        }
    }
}
