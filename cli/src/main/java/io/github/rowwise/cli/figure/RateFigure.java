package io.github.rowwise.cli.figure;

import io.github.rowwise.cli.study.RatePoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figure of the rate study: errors against size for n = m, on logarithmic axes, with the rate of the guarantee. */
public final class RateFigure {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 640;
    private static final float LINE = 2;

    private RateFigure() {}

    /**
     * Draws the figure.
     *
     * @param points the measurements, of which those with n = m are drawn
     * @return the figure
     */
    public static Figure of(List<RatePoint> points) {
        List<RatePoint> square =
                points.stream().filter(p -> p.units() == p.periods()).toList();
        double[] sides = square.stream().mapToDouble(RatePoint::units).toArray();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Spectral method on the model of its guarantee, as many units as periods")
                .xAxisTitle("units = periods")
                .yAxisTitle("error of the effects")
                .build();
        style(chart.getStyler());
        add(
                chart,
                "worst row, one rank too many",
                sides,
                square,
                p -> p.oneMore().worstRow(),
                0xD55E00,
                false);
        add(chart, "worst row, true ranks", sides, square, p -> p.trueRanks().worstRow(), 0x0072B2, false);
        double factor = Math.exp(square.stream()
                .mapToDouble(p -> Math.log(p.trueRanks().worstRow() / p.rate()))
                .average()
                .orElse(0));
        add(
                chart,
                String.format(Locale.ROOT, "%.1f \u00d7 \u221a(1/n + n/m\u00b2)", factor),
                sides,
                square,
                p -> factor * p.rate(),
                0x444444,
                true);
        add(chart, "row averages, true ranks", sides, square, p -> p.trueRanks().rowAverage(), 0x009E73, false);
        return new Figure(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    /** Labels only numbers that start with 1, 2 or 5, because labels of all numbers would overlap. */
    private static String label(double value) {
        String number = BigDecimal.valueOf(value).round(new MathContext(1)).toPlainString();
        return "125".indexOf(number.replaceAll("[0.]", "").charAt(0)) < 0 ? " " : number;
    }

    private static void style(XYStyler style) {
        ChartStyle.apply(style);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Vertical);
        style.setLegendBorderColor(Color.WHITE);
        style.setXAxisLogarithmic(true);
        style.setYAxisLogarithmic(true);
        style.setXAxisLogarithmicDecadeOnly(false);
        style.setYAxisLogarithmicDecadeOnly(false);
        style.setXAxisTickLabelsFormattingFunction(RateFigure::label);
        style.setYAxisTickLabelsFormattingFunction(RateFigure::label);
        style.setMarkerSize(9);
    }

    private static void add(
            XYChart chart,
            String name,
            double[] sides,
            List<RatePoint> square,
            ToDoubleFunction<RatePoint> error,
            int color,
            boolean isTheory) {
        XYSeries series =
                chart.addSeries(name, sides, square.stream().mapToDouble(error).toArray());
        Marker marker = isTheory ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE;
        series.setMarker(marker);
        series.setMarkerColor(new Color(color));
        series.setLineColor(new Color(color));
        series.setLineStyle(
                isTheory
                        ? new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 5}, 0)
                        : new BasicStroke(LINE));
    }
}
