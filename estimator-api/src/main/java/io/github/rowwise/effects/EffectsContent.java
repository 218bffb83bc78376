package io.github.rowwise.effects;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.List;
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
        List<CovariateCoefficient> covariates,
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
                model,
                outcomes);
    }
}
