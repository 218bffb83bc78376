package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.util.Locale;
import java.util.OptionalDouble;

/** A diagnosis in words. */
public final class DiagnosisLines {

    /** A p-value up to this is taken as a sign. */
    static final double SIGNIFICANT = 0.05;

    /** A drift below this is not worth a word. */
    private static final double NOTICEABLE = 0.01;

    /** The constant in the paper's condition on the gap. */
    private static final double PROOF = 96;

    private DiagnosisLines() {}

    /** Whether propensities move, and by as much as to matter. */
    public static boolean isMoving(RowHomogeneity test) {
        return test.pValue().orElse(1) <= SIGNIFICANT && test.drift() >= NOTICEABLE;
    }

    /** One line, for a summary; empty where nothing could be tested. */
    public static String homogeneity(RowHomogeneity test) {
        if (test.pValue().isEmpty()) {
            return "";
        }
        String p = "p " + String.format(Locale.ROOT, "%.2f", test.pValue().getAsDouble());
        if (test.pValue().getAsDouble() <= SIGNIFICANT && !isMoving(test)) {
            return "propensities hardly move over time (" + p + ", less than 1 percentage point)";
        }
        return isMoving(test)
                ? "propensities move over time (" + p + "), by about " + points(test.drift())
                : "no sign that propensities move over time (" + p + ")";
    }

    /** What an inspection adds to that line. */
    static String homogeneityInFull(Panel panel, RowHomogeneity test) {
        if (test.pValue().isEmpty()) {
            return "fewer than two units are both in and out of it: nothing tells whether propensities move";
        }
        String units = test.testedUnits() < test.varyingUnits()
                ? NumberFormat.count(test.testedUnits()) + " of " + NumberFormat.count(test.varyingUnits(), "unit")
                : NumberFormat.count(test.testedUnits(), "unit");
        return homogeneity(test) + "; " + units + " against " + RowHomogeneity.ROTATIONS
                + " rotations in time; furthest in period "
                + Quoted.plain(panel.periodNames().get(test.shiftedPeriod()))
                + ": " + (test.largestShift() > 0 ? "+" : "") + points(test.largestShift());
    }

    /** Where a spectrum stands beside noise and beside the paper's condition. */
    static String signal(Spectrum spectrum, RowHomogeneity test) {
        if (spectrum.rank() == 0) {
            return "";
        }
        OptionalDouble ratio = spectrum.signalToNoise();
        String noise = ratio.isPresent()
                ? "the last kept is " + NumberFormat.of(ratio.getAsDouble()) + " times the threshold; "
                : "";
        double asked = PROOF * spectrum.largestOutcome() * (spectrum.noiseScale() + test.operatorNorm());
        return noise
                + (spectrum.gap().isPresent()
                        ? "gap " + NumberFormat.of(spectrum.gap().getAsDouble()) + ", the paper's proof asks for "
                                + NumberFormat.of(asked)
                        : "no gap to the next");
    }

    static String incoherence(Panel panel, Incoherence incoherence) {
        return "units " + NumberFormat.of(incoherence.units()) + " ("
                + TextWidth.fit(panel.unitNames().get(incoherence.unit()), 25).strip() + "), periods "
                + NumberFormat.of(incoherence.periods()) + " ("
                + Quoted.plain(panel.periodNames().get(incoherence.period())) + ")";
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%.0f percentage points", 100 * share);
    }
}
