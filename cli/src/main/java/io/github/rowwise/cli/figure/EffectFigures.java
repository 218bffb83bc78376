package io.github.rowwise.cli.figure;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.UnitEffects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Figures of the effects of one treatment: by unit, by period and by event time. */
final class EffectFigures {

    /** Maximum number of units in a figure. Of more units, evenly spaced ones are drawn. */
    private static final int MAX_UNITS = 400;

    private static final int MAX_NAME_LENGTH = 40;

    private final UnitEffects effects;
    private final int arm;
    private final String treatmentSuffix;
    private final String axis;

    /**
     * Creates the figures' source.
     *
     * @param effects the effects
     * @param arm the treatment's arm
     * @param treatmentSuffix suffix of titles that names the treatment, empty if there is only one
     * @param outcome name of the outcome, for axes
     */
    EffectFigures(UnitEffects effects, int arm, String treatmentSuffix, String outcome) {
        this.effects = effects;
        this.arm = arm;
        this.treatmentSuffix = treatmentSuffix;
        this.axis = "effect on " + outcome;
    }

    /** Draws the ATE of each unit with its interval, in increasing order. */
    Figure units() {
        List<Estimate> known = IntStream.range(0, effects.panel().units())
                .mapToObj(unit -> effects.effect(unit, arm).ate())
                .filter(Estimate::isAvailable)
                .sorted(Comparator.comparingDouble(Estimate::value))
                .toList();
        int shown = Math.min(known.size(), MAX_UNITS);
        List<Estimate> drawn = IntStream.range(0, shown)
                .mapToObj(k -> known.get(shown == 1 ? 0 : (int) ((long) k * (known.size() - 1) / (shown - 1))))
                .toList();
        double[] ranks = IntStream.range(0, shown)
                .mapToDouble(k -> shown == 1 ? 1 : 1 + (double) k * (known.size() - 1) / (shown - 1))
                .toArray();
        XYChart chart = ChartStyle.chart(
                "Effect" + treatmentSuffix + " on each unit (ATE), with " + percent() + " intervals",
                (shown < known.size() ? shown + " of " : "") + known.size() + " units, lowest effect first",
                axis);
        if (shown > 0) {
            ChartStyle.line(chart, "zero", new double[] {0.5, known.size() + 0.5}, new double[2]);
            for (int k = 0; k < shown; k++) {
                if (drawn.get(k).hasStandardError()) {
                    Interval interval = drawn.get(k).interval(effects.confidenceLevel());
                    double[] ends = {interval.lower(), interval.upper()};
                    boolean clear = interval.lower() > 0 || interval.upper() < 0;
                    ChartStyle.line(chart, "interval " + k, new double[] {ranks[k], ranks[k]}, ends)
                            .setLineColor(clear ? ChartStyle.EFFECT : ChartStyle.MUTED);
                }
            }
            double[] values = drawn.stream().mapToDouble(Estimate::value).toArray();
            ChartStyle.points(chart, "effect", ranks, values, ChartStyle.EFFECT, false);
        }
        return ChartStyle.figure(chart);
    }

    /** Draws the average effect in each period. */
    Figure periods() {
        List<PeriodEffect> periods = effects.byPeriod(arm);
        XYChart chart = ChartStyle.chart("Effect" + treatmentSuffix + " by period, over all units", "", axis);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> {
            int period = (int) Math.rint(x) - 1;
            boolean isPeriod = Math.abs(x - Math.rint(x)) < 1e-9 && period >= 0 && period < periods.size();
            return isPeriod ? shortened(periods.get(period).period()) : " ";
        });
        List<Point> points = new ArrayList<>();
        for (int j = 0; j < periods.size(); j++) {
            points.add(new Point(j + 1, periods.get(j).effect()));
        }
        addSeries(chart, "effect", points, true);
        return ChartStyle.figure(chart);
    }

    /** Draws the average effect by periods since treatment began, and the pre-trend before it. */
    Figure eventTimes() {
        XYChart chart = ChartStyle.chart(
                "Effect" + treatmentSuffix + " by periods since treatment began",
                "periods since treatment began",
                axis);
        List<Point> before = new ArrayList<>();
        for (PreTrend preTrend : effects.preTrends(arm)) {
            before.add(new Point(preTrend.eventTime(), preTrend.gap()));
        }
        List<Point> after = new ArrayList<>();
        for (EventTimeEffect effect : effects.byEventTime(arm)) {
            after.add(new Point(effect.eventTime(), effect.effect()));
        }
        addSeries(chart, "effect under treatment", after, true);
        addSeries(chart, "pre-trend, which should be near 0", before, false);
        chart.getStyler().setLegendVisible(!before.isEmpty());
        return ChartStyle.figure(chart);
    }

    private record Point(double at, Estimate estimate) {}

    private void addSeries(XYChart chart, String name, List<Point> all, boolean isEffect) {
        List<Point> points =
                all.stream().filter(point -> point.estimate().isAvailable()).toList();
        if (points.isEmpty()) {
            return;
        }
        double[] x = points.stream().mapToDouble(Point::at).toArray();
        List<Interval> bands = points.stream()
                .map(Point::estimate)
                .filter(Estimate::hasStandardError)
                .map(estimate -> estimate.interval(effects.confidenceLevel()))
                .toList();
        if (bands.size() == points.size()) {
            ChartStyle.band(
                    chart,
                    name + ", " + percent() + " interval",
                    x,
                    bands.stream().mapToDouble(Interval::lower).toArray(),
                    bands.stream().mapToDouble(Interval::upper).toArray());
        }
        ChartStyle.line(chart, name + ", zero", new double[] {x[0], x[x.length - 1]}, new double[2])
                .setShowInLegend(false);
        double[] y =
                points.stream().mapToDouble(point -> point.estimate().value()).toArray();
        ChartStyle.points(chart, name, x, y, isEffect ? ChartStyle.EFFECT : ChartStyle.OTHER, true);
    }

    private String percent() {
        return String.format(Locale.ROOT, "%s %%", Math.round(effects.confidenceLevel() * 1000) / 10.0)
                .replace(".0 ", " ");
    }

    static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= MAX_NAME_LENGTH
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_NAME_LENGTH - 1)) + "\u2026";
    }
}
