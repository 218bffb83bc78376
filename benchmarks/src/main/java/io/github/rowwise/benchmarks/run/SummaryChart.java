package io.github.rowwise.benchmarks.run;

import io.github.rowwise.cli.figure.Figure;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Chart above the tables: time of complete fits, and speed of passes over the panel, for each backend. */
final class SummaryChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 400;

    /** Colours that are distinguishable with colour blindness. */
    private static final List<Color> COLORS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73));

    private SummaryChart() {}

    /** Draws both charts side by side. A chart without measurements is empty. */
    static Figure of(Results results) {
        XYChart fits = chart("Algorithm 1, sign flips, two threads", "cells of the panel", "seconds");
        fits.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        XYChart passes = chart("A pass over both arms, two threads", "vectors", "GFLOP/s");
        passes.getStyler().setYAxisMin(0.0);
        int color = 0;
        for (BackendStatus backend : results.backends()) {
            Color backendColor = COLORS.get(color++ % COLORS.size());
            List<Measurement> all = results.measurements().stream()
                    .filter(m -> m.backend().equals(backend.name()))
                    .toList();
            Map<String, String> chosen = Map.of("rule", "SIGN_FLIP", "threads", "2");
            add(
                    fits,
                    backend.name(),
                    backendColor,
                    all.stream()
                            .filter(m -> m.benchmark().equals("FitBenchmark.fit")
                                    && m.parameters().entrySet().containsAll(chosen.entrySet()))
                            .map(m -> new double[] {Work.cells(m), m.seconds()})
                            .toList());
            add(
                    passes,
                    backend.name(),
                    backendColor,
                    all.stream()
                            .filter(m -> m.benchmark().equals("FusedPassBenchmark.pass"))
                            .map(m -> new double[] {
                                Work.vectors(m), Work.operations(m).orElseThrow() / m.seconds() * 1e-9
                            })
                            .toList());
        }
        return new Figure(2 * WIDTH, HEIGHT, graphics -> paint(graphics, fits, passes));
    }

    private static void paint(Graphics2D graphics, XYChart left, XYChart right) {
        left.paint(graphics, WIDTH, HEIGHT);
        graphics.translate(WIDTH, 0);
        right.paint(graphics, WIDTH, HEIGHT);
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        XYStyler style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(new Color(0xE4E4E4));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        style.setLegendPosition(LegendPosition.InsideNW);
        style.setLegendBorderColor(Color.WHITE);
        style.setLocale(Locale.ROOT);
        style.setMarkerSize(8);
        return chart;
    }

    private static void add(XYChart chart, String backend, Color color, List<double[]> points) {
        if (points.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(
                backend,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
        series.setLineColor(color);
    }
}
