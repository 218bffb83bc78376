package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.WorkerThreads;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a result consists of, apart from averages that are computed from the panel's cells ({@link CellAverages}).
 *
 * @param panel that was fitted
 * @param diagnostics of its assignment
 * @param confidenceLevel of reported intervals
 * @param provenance how the result came about
 * @param spectra by arm, control first; empty unless the spectral method was used
 * @param warnings of the fit and of the assignment
 * @param effects unit by unit, and within a unit arm by arm
 * @param predictions of entries without an estimate
 * @param neighbouringRanks parallel to {@code effects}, or empty
 * @param averages by arm, the first treatment first
 * @param covariates coefficients of the covariates, empty without covariates
 * @param explained what the covariates explain of the outcomes
 * @param attributes how effects depend on attributes of units, by arm; empty without attributes
 * @param model what a factor model found besides effects
 * @param outcomes completed outcomes, {@code null} if a result made by hand has none
 */
record EffectsContent(
        Panel panel,
        PanelDiagnostics diagnostics,
        double confidenceLevel,
        Provenance provenance,
        List<Spectrum> spectra,
        List<Warning> warnings,
        List<UnitEffect> effects,
        List<PredictedEffect> predictions,
        List<NeighbouringRanks> neighbouringRanks,
        List<AverageEffects> averages,
        Map<String, Estimate> covariates,
        RowAdjustment explained,
        List<AttributeEffects> attributes,
        @Nullable FactorModel model,
        @Nullable CompletedOutcomes outcomes) {

    /** The completed outcomes, or an exception that says what lacks them. */
    CompletedOutcomes requireOutcomes(String what) {
        if (outcomes == null) {
            throw new IllegalStateException(what + ": this result was made by hand without completed outcomes;"
                    + " give them with UnitEffectsBuilder.outcomes");
        }
        return outcomes;
    }

    /** The same with standard errors of effects multiplied by a factor. The coefficients of covariates are no effects. */
    EffectsContent widened(double factor, WorkerThreads threads) {
        int treatments = panel.arms() - 1;
        List<Estimate[]> estimates = effects.stream()
                .map(unit -> new Estimate[] {
                    unit.ate().widened(factor),
                    unit.att().widened(factor),
                    unit.atu().widened(factor)
                })
                .toList();
        boolean hasPosterior = effects.stream().anyMatch(unit -> !Double.isNaN(unit.probabilityPositive()));
        EffectProbabilities probabilities = EffectProbabilities.of(
                estimates.stream().map(entry -> entry[0]).toArray(Estimate[]::new),
                treatments,
                hasPosterior,
                true,
                threads);
        List<UnitEffect> wider = new ArrayList<>(effects.size());
        for (int k = 0; k < effects.size(); k++) {
            UnitEffect unit = effects.get(k);
            wider.add(probabilities.unitEffect(
                    diagnostics, k / treatments, 1 + k % treatments, estimates.get(k), unit.grade(), unit.reason()));
        }
        return new EffectsContent(
                panel,
                diagnostics,
                confidenceLevel,
                provenance.widened(factor),
                spectra,
                warnings,
                List.copyOf(wider),
                predictions.stream()
                        .map(one -> new PredictedEffect(
                                one.unit(), one.arm(), one.ate().widened(factor)))
                        .toList(),
                neighbouringRanks.stream()
                        .map(one -> new NeighbouringRanks(
                                one.unit(),
                                one.arm(),
                                one.oneFewer().widened(factor),
                                one.oneMore().widened(factor)))
                        .toList(),
                averages.stream()
                        .map(one -> new AverageEffects(
                                one.arm(),
                                one.ate().widened(factor),
                                one.att().widened(factor),
                                one.atu().widened(factor),
                                one.attOverCells().widened(factor),
                                one.units()))
                        .toList(),
                covariates,
                explained,
                attributes.stream().map(one -> one.widened(factor)).toList(),
                model == null ? null : model.widened(factor),
                outcomes);
    }

    /** The same about a panel whose cells are released. */
    EffectsContent withPanel(Panel other, PanelDiagnostics itsDiagnostics) {
        return new EffectsContent(
                other,
                itsDiagnostics,
                confidenceLevel,
                provenance.withPanel(other),
                spectra,
                warnings,
                effects,
                predictions,
                neighbouringRanks,
                averages,
                covariates,
                RowAdjustment.NONE,
                attributes,
                model,
                outcomes);
    }
}
