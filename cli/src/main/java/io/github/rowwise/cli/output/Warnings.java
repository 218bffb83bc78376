package io.github.rowwise.cli.output;

import io.github.rowwise.Noise;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.summary.DiagnosisLines;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader of a result must know. */
public final class Warnings {

    /** Residuals that are correlated more than this are not taken as independent without a warning. */
    private static final double CORRELATED = 0.2;

    /** With noise that keeps this much from period to period, levels tell little beside changes. */
    private static final double RANDOM_WALK = 0.95;

    /** A unit or period that carries this much of a direction, and this many times its share, carries it alone. */
    private static final double ALONE = 0.9;

    private static final double TIMES_ITS_SHARE = 5;

    private Warnings() {}

    /**
     * Returns the warnings of the reading, of the fit and of the diagnosis.
     *
     * @param effects the result
     * @param diagnosis what a reader judges it by
     * @param input how the panel was read
     * @return sentences
     */
    public static List<String> of(UnitEffects effects, Diagnosis diagnosis, PanelInput input) {
        List<String> warnings = new ArrayList<>(input.warnings());
        effects.warnings().forEach(warning -> warnings.add(warning.message() + advice(warning.kind(), effects)));
        boolean isSpectral = effects.factorModel().isEmpty();
        if (isSpectral) {
            addHomogeneity(warnings, diagnosis, effects.panel());
        }
        boolean isIndependent = isSpectral
                || Noise.IID.label().equals(effects.provenance().options().get("noise"));
        double correlation = diagnosis.residuals().value().orElse(0);
        if (isIndependent && Math.abs(correlation) > CORRELATED) {
            warnings.add("residuals go from one period to the next with correlation " + NumberFormat.of(correlation)
                    + ", and the intervals take them as independent, so they are too "
                    + (correlation > 0 ? "short" : "long") + "; the refined method models it with --noise ar1");
        }
        effects.factorModel()
                .filter(model -> model.noiseCorrelation() >= RANDOM_WALK)
                .ifPresent(model -> warnings.add(
                        "the noise is nearly a random walk (correlation " + NumberFormat.of(model.noiseCorrelation())
                                + " from period to period): what changes as treatment does tells of the effect, and one that"
                                + " builds up slowly is underestimated"));
        addIncoherence(warnings, diagnosis, effects.panel());
        return warnings;
    }

    /**
     * Returns the warnings of the reading and of the assignment, which are known before any fit.
     *
     * @param diagnostics the panel's assignment
     * @param input how the panel was read
     * @return sentences
     */
    public static List<String> before(PanelDiagnostics diagnostics, PanelInput input) {
        List<String> warnings = new ArrayList<>(input.warnings());
        diagnostics.warnings().forEach(warning -> warnings.add(warning.message() + advice(warning.kind())));
        if (!diagnostics.isAnyEstimable()) {
            warnings.add("no effect can be estimated from this panel, and estimate rejects it; data are needed in which"
                    + " some units are treated while others are not, and in which units are seen both ways");
        }
        return warnings;
    }

    /** What to do about it with the program's options, to go on after the library's sentence. */
    private static String advice(Warning.Kind kind) {
        return kind == Warning.Kind.CLUSTERED_TREATMENT ? " (--where takes a part of the rows)" : "";
    }

    private static String advice(Warning.Kind kind, UnitEffects effects) {
        int factors = effects.factorModel().map(FactorModel::startRank).orElse(0);
        return switch (kind) {
            case ALL_FACTORS_KEPT -> " (--rank " + 2 * factors + ")";
            case NOT_CONVERGED -> factors > 1 ? " (--rank " + factors / 2 + ")" : "";
            default -> advice(kind);
        };
    }

    private static void addHomogeneity(List<String> warnings, Diagnosis diagnosis, Panel panel) {
        for (RowHomogeneity test : diagnosis.homogeneity()) {
            if (DiagnosisLines.isMoving(test)) {
                warnings.add((panel.arms() == 2 ? "" : PanelSummary.armName(panel, test.arm()) + ": ")
                        + DiagnosisLines.homogeneity(test)
                        + ": Algorithm 1 takes them as constant, so its estimates may be biased and its intervals too"
                        + " short" + (panel.arms() == 2 ? "; --method refined allows it" : ""));
            }
        }
    }

    private static void addIncoherence(List<String> warnings, Diagnosis diagnosis, Panel panel) {
        for (int arm = 0; arm < panel.arms(); arm++) {
            Incoherence incoherence = diagnosis.incoherence().get(arm).orElse(null);
            if (incoherence == null) {
                continue;
            }
            String tail = " carries a factor of " + PanelSummary.armName(panel, arm)
                    + " by itself: that is rather a peculiarity of it than a common factor";
            if (incoherence.unitLeverage() >= ALONE && incoherence.units() >= TIMES_ITS_SHARE) {
                warnings.add("unit " + Quoted.value(panel.unitNames().get(incoherence.unit())) + tail);
            }
            if (incoherence.periodLeverage() >= ALONE && incoherence.periods() >= TIMES_ITS_SHARE) {
                warnings.add("period " + Quoted.value(panel.periodNames().get(incoherence.period())) + tail);
            }
        }
    }
}
