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

/** The pictures of one treatment's effects: on each unit, over calendar time and over event time. */
final class EffectFigures {

    /** Units with an interval of their own in the picture; of more, some at even steps are drawn. */
    private static final int MOST_UNITS = 400;

    private static final int LONGEST_NAME = 40;

    private final UnitEffects effects;
    private final int arm;
    private final String of;
    private final String axis;

    /**
     * Makes ready.
     *
     * @param of the treatment as titles name it
     * @param outcome the outcome as axes name it
     */
    EffectFigures(UnitEffects effects, int arm, String of, String outcome) {
        this.effects = effects;
        this.arm = arm;
        this.of = of;
        this.axis = "effect on " + outcome;
    }

    /** Every unit's ATE with its interval, from the lowest to the highest. */
    Figure units() {
        List<Estimate> known = IntStream.range(0, effects.panel().units())
                .mapToObj(unit -> effects.effect(unit, arm).ate())
                .filter(Estimate::isAvailable)
                .sorted(Comparator.comparingDouble(Estimate::value))
                .toList();
        int shown = Math.min(known.size(), MOST_UNITS);
        List<Estimate> drawn = IntStream.range(0, shown)
                .mapToObj(k -> known.get(shown == 1 ? 0 : (int) ((long) k * (known.size() - 1) / (shown - 1))))
                .toList();
        double[] ranks = IntStream.range(0, shown)
                .mapToDouble(k -> shown == 1 ? 1 : 1 + (double) k * (known.size() - 1) / (shown - 1))
                .toArray();
        XYChart chart = ChartStyle.chart(
                "Effect" + of + " on each unit (ATE), with " + percent() + " intervals",
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
                            .setLineColor(clear ? ChartStyle.EFFECT : ChartStyle.QUIET);
                }
            }
            double[] values = drawn.stream().mapToDouble(Estimate::value).toArray();
            ChartStyle.points(chart, "effect", ranks, values, ChartStyle.EFFECT, false);
        }
        return ChartStyle.figure(chart);
    }

    /** The average effect in each period. */
    Figure periods() {
        List<PeriodEffect> periods = effects.byPeriod(arm);
        XYChart chart = ChartStyle.chart("Effect" + of + " by period, over all units", "", axis);
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

    /** The average effect by periods since treatment began, after the pre-trend before it. */
    Figure eventTimes() {
        XYChart chart = ChartStyle.chart(
                "Effect" + of + " by periods since treatment began", "periods since treatment began", axis);
        List<Point> before = new ArrayList<>();
        for (PreTrend gap : effects.preTrends(arm)) {
            before.add(new Point(gap.eventTime(), gap.gap()));
        }
        List<Point> after = new ArrayList<>();
        for (EventTimeEffect effect : effects.byEventTime(arm)) {
            after.add(new Point(effect.eventTime(), effect.effect()));
        }
        addSeries(chart, "effect under treatment", after, true);
        addSeries(chart, "residual before treatment, which should be near 0", before, false);
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
        return length <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "\u2026";
    }
}
