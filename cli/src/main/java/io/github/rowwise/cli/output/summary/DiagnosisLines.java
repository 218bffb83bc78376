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

/** Diagnostics in words. */
public final class DiagnosisLines {

    /** The constant in the paper's condition on the spectral gap. */
    private static final double PROOF = 96;

    private DiagnosisLines() {}

    /** The result of the test, and how it was found. */
    static String homogeneityInFull(Panel panel, RowHomogeneity test) {
        if (test.pValue().isEmpty()) {
            return "fewer than two units are both in and out of it: nothing tells whether propensities move";
        }
        String units = test.testedUnits() < test.varyingUnits()
                ? NumberFormat.count(test.testedUnits()) + " of " + NumberFormat.count(test.varyingUnits(), "unit")
                : NumberFormat.count(test.testedUnits(), "unit");
        return test.conclusion() + "; " + units + " against " + RowHomogeneity.ROTATIONS
                + " rotations in time; furthest in period "
                + Quoted.plain(panel.periodNames().get(test.shiftedPeriod()))
                + ": " + (test.largestShift() > 0 ? "+" : "") + points(test.largestShift());
    }

    /** A spectrum compared with noise and with the paper's condition. */
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
