package io.github.rowwise.cli.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Common style of the figures. Its colours are distinguishable with red-green colour blindness. */
final class ChartStyle {

    static final int WIDTH = 900;
    static final int HEIGHT = 500;
    static final Color EFFECT = new Color(0x0072B2);
    static final Color BAND = new Color(0, 0x72, 0xB2, 0x38);
    static final Color OTHER = new Color(0xD55E00);
    static final Color MUTED = new Color(0x777777);

    private ChartStyle() {}

    static void apply(XYStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(new Color(0xE4E4E4));
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setLocale(Locale.ROOT);
    }

    static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        XYStyler style = chart.getStyler();
        apply(style);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendVisible(false);
        style.setMarkerSize(5);
        style.setXAxisTickLabelsFormattingFunction(ChartStyle::number);
        style.setYAxisTickLabelsFormattingFunction(ChartStyle::number);
        return chart;
    }

    /** Formats a tick. Six digits exceed the resolution of an axis. */
    private static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(value);
        return size != 0 && (size < 1e-4 || size >= 1e7) ? rounded.toString() : rounded.toPlainString();
    }

    static Figure figure(XYChart chart) {
        return new Figure(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    /** Adds a thin line through points, without markers. */
    static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(MUTED);
        series.setLineStyle(new BasicStroke(1));
        return series;
    }

    /** Adds a filled area between two lines. */
    static void band(XYChart chart, String name, double[] x, double[] lower, double[] upper) {
        int n = x.length;
        double[] around = new double[2 * n];
        double[] values = new double[2 * n];
        for (int k = 0; k < n; k++) {
            around[k] = x[k];
            values[k] = upper[k];
            around[2 * n - 1 - k] = x[k];
            values[2 * n - 1 - k] = lower[k];
        }
        XYSeries series = chart.addSeries(name, around, values);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(BAND);
        series.setLineColor(BAND);
        series.setLineStyle(new BasicStroke(0));
    }

    static XYSeries points(XYChart chart, String name, double[] x, double[] y, Color color, boolean joined) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setXYSeriesRenderStyle(joined ? XYSeriesRenderStyle.Line : XYSeriesRenderStyle.Scatter);
        return series;
    }
}
