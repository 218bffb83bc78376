package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the core's arrays in scaled outcomes into the public result. */
final class EffectsAssembler {

    private final Panel panel;
    private final PassRunner runner;
    private final PanelDiagnostics diagnostics;
    private final double confidenceLevel;
    private final double scale;
    private final Provenance provenance;
    private final List<Spectrum> spectra;
    private final List<Warning> warnings;
    private final Map<String, Estimate> covariates;
    private final RowAdjustment explained;
    private List<AttributeEffects> attributes = List.of();
    private @Nullable FactorModel model;
    private @Nullable List<AverageEffects> averages;

    EffectsAssembler(InternalEffects.Fit fit, List<Spectrum> spectra) {
        this.panel = fit.panel();
        this.runner = fit.view().runner();
        this.scale = fit.view().scale();
        this.diagnostics = fit.diagnostics();
        this.confidenceLevel = fit.confidenceLevel();
        this.provenance = fit.provenance();
        this.spectra = spectra;
        this.covariates = fit.covariates();
        this.explained = fit.explained();
        this.warnings = new ArrayList<>(fit.warnings());
    }

    /** Adds the factor model and its averages; without one, averages are those of independent units. */
    EffectsAssembler withModel(FactorModel fitted, List<AverageEffects> averaged) {
        model = fitted;
        averages = averaged;
        return this;
    }

    /** Adds how effects depend on attributes of units, by arm. */
    EffectsAssembler withAttributes(List<AttributeEffects> byArm) {
        attributes = byArm;
        return this;
    }

    /** Whether nothing at all was estimated of an arm: no factor kept, and no means taken that would stand in. */
    static boolean isEmpty(Spectrum spectrum, Provenance provenance) {
        return spectrum.rank() == 0 && "none".equals(provenance.options().get("centring"));
    }

    UnitEffects assemble(
            List<CompletedOutcomes.Arm> completions,
            List<EffectEstimates> effects,
            List<List<EffectEstimates>> neighbours) {
        for (Spectrum spectrum : spectra) {
            if (isEmpty(spectrum, provenance)) {
                warnings.add(new Warning(Warning.Kind.EMPTY_ARM, emptyArm(spectrum)));
            }
        }
        warnings.addAll(diagnostics.warnings());
        List<Estimate[]> estimates = new ArrayList<>(panel.units() * (panel.arms() - 1));
        List<PredictedEffect> predictions = new ArrayList<>();
        List<NeighbouringRanks> neighbouring = new ArrayList<>();
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int arm = 1; arm < panel.arms(); arm++) {
                estimates.add(estimates(unit, arm, effects.get(arm - 1)));
                if (model != null && !isEstimated(unit, arm) && isObserved(unit)) {
                    Estimate ate = estimate(unit, 0, effects.get(arm - 1), "", true);
                    predictions.add(new PredictedEffect(panel.unitNames().get(unit), arm, ate));
                }
                if (!neighbours.isEmpty()) {
                    String reason = reason(unit, arm);
                    neighbouring.add(new NeighbouringRanks(
                            panel.unitNames().get(unit),
                            arm,
                            estimate(unit, 0, neighbours.get(0).get(arm - 1), reason, isEstimated(unit, arm)),
                            estimate(unit, 0, neighbours.get(1).get(arm - 1), reason, isEstimated(unit, arm))));
                }
            }
        }
        List<UnitEffect> units = units(estimates);
        return new UnitEffects(new EffectsContent(
                panel,
                diagnostics,
                confidenceLevel,
                provenance,
                spectra,
                List.copyOf(warnings),
                units,
                List.copyOf(predictions),
                List.copyOf(neighbouring),
                averages == null ? WeightedAverage.byArm(units, panel.arms(), runner) : averages,
                covariates,
                explained,
                attributes,
                model,
                new CompletedOutcomes(completions, available(), scale)));
    }

    /** The units whose row was estimated, by arm. */
    private List<BitSet> available() {
        List<BitSet> byArm = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            BitSet available = new BitSet(panel.units());
            boolean isEmpty = model == null && isEmpty(spectra.get(arm), provenance);
            for (int unit = 0; unit < panel.units(); unit++) {
                available.set(unit, diagnostics.cells(unit, arm) > 0 && !isEmpty);
            }
            byArm.add(available);
        }
        return List.copyOf(byArm);
    }

    private Estimate[] estimates(int unit, int arm, EffectEstimates effects) {
        boolean estimated = isEstimated(unit, arm);
        String reason = reason(unit, arm);
        Estimate[] estimates = new Estimate[EffectEstimates.ESTIMANDS];
        for (int estimand = 0; estimand < estimates.length; estimand++) {
            estimates[estimand] = estimate(unit, estimand, effects, reason, estimated);
        }
        return estimates;
    }

    private List<UnitEffect> units(List<Estimate[]> estimates) {
        int treatments = panel.arms() - 1;
        EffectProbabilities probabilities = EffectProbabilities.of(
                estimates.stream().map(entry -> entry[0]).toArray(Estimate[]::new),
                treatments,
                model != null,
                InternalPanels.isWhole(panel),
                runner.workers());
        List<UnitEffect> units = new ArrayList<>(estimates.size());
        for (int k = 0; k < estimates.size(); k++) {
            int unit = k / treatments;
            int arm = 1 + k % treatments;
            boolean estimated = isEstimated(unit, arm);
            units.add(probabilities.unitEffect(
                    diagnostics,
                    unit,
                    arm,
                    estimates.get(k),
                    estimated ? diagnostics.grade(unit, arm) : Grade.NOT_ESTIMABLE,
                    reason(unit, arm)));
        }
        return List.copyOf(units);
    }

    private Estimate estimate(int unit, int estimand, EffectEstimates effects, String reason, boolean estimated) {
        if (!estimated) {
            return Estimate.unavailable(reason);
        }
        return Estimate.of(
                effects.values()[estimand][unit] / scale,
                Math.sqrt(effects.variances()[estimand][unit]) / scale,
                effects.degreesOfFreedom()[estimand][unit]);
    }

    private boolean isObserved(int unit) {
        int cells = 0;
        for (int arm = 0; arm < panel.arms(); arm++) {
            cells += diagnostics.cells(unit, arm);
        }
        return cells > 0;
    }

    private boolean isEstimated(int unit, int arm) {
        return diagnostics.isEstimable(unit, arm)
                && spectra.stream()
                        .filter(spectrum -> spectrum.arm() == arm || spectrum.arm() == 0)
                        .noneMatch(spectrum -> isEmpty(spectrum, provenance));
    }

    private String reason(int unit, int arm) {
        if (diagnostics.isEstimable(unit, arm)) {
            for (Spectrum spectrum : spectra) {
                boolean concerned = spectrum.arm() == 0 || spectrum.arm() == arm;
                if (concerned && isEmpty(spectrum, provenance)) {
                    return emptyArm(spectrum);
                }
            }
        }
        return diagnostics.reason(unit, arm);
    }

    private String emptyArm(Spectrum spectrum) {
        return "no factor of arm '" + panel.armNames().get(spectrum.arm()) + "' stands out from the noise by the rule "
                + spectrum.rule() + ", and without centring nothing else is estimated: centre, or give a rank";
    }
}
