package io.github.rowwise.cli.figure;

import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.cli.report.TreatmentHeatmap;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Figures of a panel: treatment by unit and period, propensities, and the spectrum of an arm. */
final class PanelFigures {

    private static final Color CONTROL = new Color(0xDCE6EE);
    private static final Color MISSING = new Color(0xFFFFFF);
    private static final Color[] TREATED = {
        new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00)
    };

    private static final int MARGIN = 60;
    private static final int BINS = 20;

    private PanelFigures() {}

    /** Draws the treatment, with units from top to bottom and periods from left to right, in the order of the report. */
    static Figure treatment(Panel panel, PanelDiagnostics diagnostics) {
        TreatmentHeatmap tiles = TreatmentHeatmap.of(panel, diagnostics);
        return new Figure(ChartStyle.WIDTH, ChartStyle.HEIGHT, graphics -> paint(graphics, panel, tiles));
    }

    private static void paint(Graphics2D graphics, Panel panel, TreatmentHeatmap tiles) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, ChartStyle.WIDTH, ChartStyle.HEIGHT);
        int width = ChartStyle.WIDTH - 2 * MARGIN;
        int height = ChartStyle.HEIGHT - 2 * MARGIN;
        for (int row = 0; row < tiles.rows(); row++) {
            int top = MARGIN + row * height / tiles.rows();
            int bottom = MARGIN + (row + 1) * height / tiles.rows();
            for (int column = 0; column < tiles.columns(); column++) {
                int left = MARGIN + column * width / tiles.columns();
                int right = MARGIN + (column + 1) * width / tiles.columns();
                graphics.setColor(color(tiles, (row * tiles.columns() + column) * panel.arms(), panel.arms()));
                graphics.fillRect(left, top, right - left, bottom - top);
            }
        }
        graphics.setColor(Color.DARK_GRAY);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        graphics.drawString("Who was treated when", MARGIN, MARGIN / 2);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.drawString(panel.units() + " units from top to bottom", MARGIN, MARGIN - 10);
        String last = EffectFigures.shortened(panel.periodNames().get(panel.periods() - 1));
        int baseline = ChartStyle.HEIGHT - MARGIN + 18;
        graphics.drawString(EffectFigures.shortened(panel.periodNames().get(0)), MARGIN, baseline);
        graphics.drawString(
                last, ChartStyle.WIDTH - MARGIN - graphics.getFontMetrics().stringWidth(last), baseline);
        int at = MARGIN;
        for (int arm = 0; arm <= panel.arms(); arm++) {
            boolean missing = arm == panel.arms();
            String name = missing ? "no outcome" : EffectFigures.shortened(PanelSummary.armName(panel, arm));
            graphics.setColor(missing ? MISSING : arm == 0 ? CONTROL : TREATED[(arm - 1) % TREATED.length]);
            graphics.fillRect(at, baseline + 10, 14, 14);
            graphics.setColor(Color.GRAY);
            graphics.drawRect(at, baseline + 10, 14, 14);
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawString(name, at + 20, baseline + 22);
            at += 40 + graphics.getFontMetrics().stringWidth(name);
        }
    }

    /** Mixes the colours of the arms by their shares, and then white by the share of missing cells. */
    private static Color color(TreatmentHeatmap tiles, int at, int arms) {
        double[] mixed = {CONTROL.getRed(), CONTROL.getGreen(), CONTROL.getBlue()};
        for (int arm = 1; arm < arms; arm++) {
            double share = (tiles.shares()[at + arm - 1] & 0xFF) / 255.0;
            Color own = TREATED[(arm - 1) % TREATED.length];
            mixed[0] += share * (own.getRed() - CONTROL.getRed());
            mixed[1] += share * (own.getGreen() - CONTROL.getGreen());
            mixed[2] += share * (own.getBlue() - CONTROL.getBlue());
        }
        double missing = (tiles.shares()[at + arms - 1] & 0xFF) / 255.0;
        int[] rgb = new int[3];
        for (int k = 0; k < rgb.length; k++) {
            // Due to rounding, the shares may add up to slightly more than 1.
            rgb[k] = (int) Math.max(0, Math.min(255, Math.round(mixed[k] + missing * (255 - mixed[k]))));
        }
        return new Color(rgb[0], rgb[1], rgb[2]);
    }

    /** Draws a histogram of the units' shares of treated periods. */
    static Figure propensities(PanelDiagnostics diagnostics, int units, int arm, String treatmentSuffix) {
        double[] counts = new double[BINS];
        for (int unit = 0; unit < units; unit++) {
            counts[(int) Math.min(BINS - 1, Math.floor(BINS * diagnostics.propensity(unit, arm)))]++;
        }
        // The outline of the bars.
        double[] x = new double[2 * BINS + 2];
        double[] y = new double[2 * BINS + 2];
        for (int bin = 0; bin < BINS; bin++) {
            x[2 * bin + 1] = (double) bin / BINS;
            x[2 * bin + 2] = (bin + 1.0) / BINS;
            y[2 * bin + 1] = counts[bin];
            y[2 * bin + 2] = counts[bin];
        }
        x[2 * BINS + 1] = 1;
        XYChart chart = ChartStyle.chart(
                "How often units are treated" + treatmentSuffix, "share of periods under treatment", "units");
        ChartStyle.band(chart, "units", x, new double[x.length], y);
        ChartStyle.line(chart, "outline", x, y);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        return ChartStyle.figure(chart);
    }

    /** Draws the singular values of an arm in Algorithm 1, and the threshold for noise. */
    static Figure spectrum(Spectrum spectrum, String arm) {
        double[] values = spectrum.singularValues();
        double[] numbers =
                IntStream.rangeClosed(1, values.length).mapToDouble(k -> k).toArray();
        XYChart chart = ChartStyle.chart(
                "Singular values of Algorithm 1, " + arm + ": " + spectrum.rank()
                        + (spectrum.rank() == 1 ? " factor" : " factors") + " kept",
                "number",
                "singular value");
        spectrum.threshold().ifPresent(threshold -> {
            if (Double.isFinite(threshold)) {
                double[] ends = {1, Math.max(2, values.length)};
                ChartStyle.line(chart, "threshold", ends, new double[] {threshold, threshold});
                chart.getStyler().setLegendVisible(true);
            }
        });
        if (values.length > 0) {
            ChartStyle.points(chart, "singular values", numbers, values, ChartStyle.EFFECT, true);
        }
        return ChartStyle.figure(chart);
    }
}
