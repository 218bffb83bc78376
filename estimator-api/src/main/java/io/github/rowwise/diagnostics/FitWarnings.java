package io.github.rowwise.diagnostics;

import io.github.rowwise.Noise;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.ArmText;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The warnings that follow from the diagnostics of a result. */
final class FitWarnings {

    /** Intervals that assume independent residuals are noticeably wrong above this correlation. */
    private static final double CORRELATED = 0.2;

    /** Above this correlation of the noise, levels contain hardly any information compared with changes. */
    private static final double RANDOM_WALK = 0.95;

    private final UnitEffects effects;
    private final Panel panel;
    private final FitDiagnostics diagnostics;
    private final List<Warning> warnings;

    private FitWarnings(UnitEffects effects, FitDiagnostics diagnostics) {
        this.effects = effects;
        this.panel = effects.panel();
        this.diagnostics = diagnostics;
        this.warnings = new ArrayList<>(effects.warnings());
    }

    /** Those of the result, and then those of its diagnostics. */
    static List<Warning> of(UnitEffects effects, FitDiagnostics diagnostics) {
        FitWarnings all = new FitWarnings(effects, diagnostics);
        if (effects.factorModel().isEmpty()) {
            all.addMovingPropensities();
        }
        if (all.assumesIndependence()) {
            all.addCorrelatedResiduals();
        }
        effects.factorModel().ifPresent(all::addRandomWalk);
        all.addCarryOver();
        all.addCarriedFactors();
        return List.copyOf(all.warnings);
    }

    private void addMovingPropensities() {
        for (RowHomogeneity test : diagnostics.homogeneity()) {
            if (test.isMoving()) {
                add(
                        Warning.Kind.MOVING_PROPENSITIES,
                        (panel.arms() == 2 ? "" : ArmText.of(panel.armNames(), test.arm()) + ": ") + test.conclusion()
                                + "; the spectral method assumes that they are constant, so its estimates may be biased and"
                                + " its intervals too short; a factor model allows for moving propensities");
            }
        }
    }

    private boolean assumesIndependence() {
        return effects.factorModel().isEmpty()
                || Noise.IID.label().equals(effects.provenance().options().get("noise"));
    }

    private void addCorrelatedResiduals() {
        double correlation = diagnostics.residualCorrelation().value().orElse(0);
        if (Math.abs(correlation) > CORRELATED) {
            add(
                    Warning.Kind.CORRELATED_RESIDUALS,
                    "residuals are correlated from one period to the next (correlation " + decimals(correlation)
                            + "), but intervals assume that they are independent, so intervals are too "
                            + (correlation > 0 ? "short" : "long")
                            + "; a factor model with AR(1) noise takes the correlation into account");
        }
    }

    private void addRandomWalk(FactorModel model) {
        if (model.noiseCorrelation() >= RANDOM_WALK) {
            add(
                    Warning.Kind.NEAR_RANDOM_WALK,
                    "the noise is nearly a random walk (correlation " + decimals(model.noiseCorrelation())
                            + " from period to period), so estimates rest on what changes at the same time as treatment; an"
                            + " effect that builds up slowly may be underestimated");
        }
    }

    private void addCarryOver() {
        if (!InternalPanels.hasCells(panel)) {
            return;
        }
        CarryOver carryOver = diagnostics.carryOver();
        int periods = carryOver.lastPeriod();
        if (periods > 0) {
            double difference = carryOver.differences().get(0);
            add(
                    Warning.Kind.CARRY_OVER,
                    "in the first " + (periods == 1 ? "period" : periods + " periods")
                            + " after treatment ends, outcomes are " + (difference > 0 ? "higher" : "lower")
                            + " than the model expects under control (by "
                            + String.format(Locale.ROOT, "%.2g", Math.abs(difference))
                            + (periods == 1 ? "" : " in the first")
                            + "); if treatment has an effect after it ends, the control outcomes contain a part of"
                            + " it, and effects are biased; mark these periods as treated, or leave them out, and compare");
        }
    }

    private void addCarriedFactors() {
        for (int arm = 0; arm < panel.arms(); arm++) {
            String of = " carries a factor of " + ArmText.of(panel.armNames(), arm)
                    + " by itself, so the factor describes ";
            FitDiagnostics.ArmIncoherence found =
                    diagnostics.armIncoherence().get(arm).orElse(null);
            if (found != null && found.value().isCarriedByUnit()) {
                add(
                        Warning.Kind.FACTOR_OF_ONE_UNIT,
                        "unit " + Quoted.value(found.unitName()) + of
                                + "this unit and not something that units have in common; check its outcomes, or exclude it"
                                + " and compare");
            }
            if (found != null && found.value().isCarriedByPeriod()) {
                add(
                        Warning.Kind.FACTOR_OF_ONE_PERIOD,
                        "period "
                                + Quoted.value(
                                        panel.periodNames().get(found.value().period())) + of
                                + "this period and not something that periods have in common; check its outcomes, or exclude"
                                + " it and compare");
            }
        }
    }

    private void add(Warning.Kind kind, String message) {
        warnings.add(new Warning(kind, message));
    }

    private static String decimals(double correlation) {
        return String.format(Locale.ROOT, "%.3f", correlation);
    }
}
