package io.github.rowwise.effects;

import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.io.Version;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.spectral.EffectPass;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Not part of the API: how the estimators of this module make a result, and what an evaluation reads from a factor model.
 *
 * @hidden
 */
@SuppressWarnings({"exports", "InvalidBlockTag"}) // Error Prone does not know @hidden
public final class InternalEffects {

    private InternalEffects() {}

    /**
     * What every estimator knows of its fit.
     *
     * @param panel that was fitted
     * @param view the core's view of it
     * @param diagnostics of its assignment
     * @param confidenceLevel of reported intervals
     * @param provenance how the result came about
     * @param warnings of the fit, without those of the assignment
     * @param covariates coefficients of the covariates, empty without covariates
     * @param explained what the covariates explain of the outcomes
     */
    public record Fit(
            Panel panel,
            PanelView view,
            PanelDiagnostics diagnostics,
            double confidenceLevel,
            Provenance provenance,
            List<Warning> warnings,
            Map<String, Estimate> covariates,
            RowAdjustment explained) {}

    /**
     * Makes the result of a factor model.
     *
     * @param fit the fit
     * @param result of the core, in scaled outcomes
     * @param averages by arm, from the first treatment on
     * @param attributes how effects depend on attributes, by arm; empty without attributes
     * @return the result
     */
    public static UnitEffects ofFactorModel(
            Fit fit, FactorModelFit result, List<AverageEffects> averages, List<AttributeEffects> attributes) {
        return new EffectsAssembler(fit, List.of())
                .withModel(
                        new FactorModel(result.withoutSelections(), fit.view().scale(), 1), averages)
                .withAttributes(attributes)
                .assemble(CompletedOutcomes.Arm.of(result), result.effects().byArm(), List.of())
                .withSelections(result.selections());
    }

    /**
     * Makes the result of the spectral method.
     *
     * @param fit the fit
     * @param spectra by arm, control first
     * @param result of the core, in scaled outcomes
     * @param neighbours effects with one factor fewer and with one more; empty where they were not asked for
     * @param selections averages the effects over selected cells
     * @return the result
     */
    public static UnitEffects ofSpectra(
            Fit fit,
            List<Spectrum> spectra,
            EffectPass.Result result,
            List<List<EffectEstimates>> neighbours,
            SelectionPass selections) {
        return new EffectsAssembler(fit, spectra)
                .assemble(
                        result.completions().stream()
                                .map(CompletedOutcomes.Arm::of)
                                .toList(),
                        result.effects(),
                        neighbours)
                .withSelections(selections);
    }

    /**
     * Returns what averages the effects of a result over selected cells.
     *
     * @param effects a result
     * @return {@code null} for a result that was made by hand, loaded or detached from its panel, or of a shard
     */
    public static @Nullable SelectionPass selections(UnitEffects effects) {
        return effects.selections();
    }

    /**
     * Returns the power of two that the core's estimates are multiplied by.
     *
     * @param effects a result with {@link #selections}
     * @return a power of two
     */
    public static double scale(UnitEffects effects) {
        return PanelView.scaleFor(InternalPanels.largestOutcome(effects.panel()));
    }

    /**
     * Makes a provenance.
     *
     * @param method the estimator in words
     * @param options that change the result
     * @param seed of everything random
     * @param backend name
     * @param backendVersion version of its library
     * @param panel whose hash is the data's
     * @return the provenance, of this version of Rowwise
     */
    public static Provenance provenance(
            String method, Map<String, String> options, long seed, String backend, String backendVersion, Panel panel) {
        Map<String, String> all = new LinkedHashMap<>(options);
        addLeftOut(all, "lead", InternalPanels.lead(panel));
        addLeftOut(all, "washout", InternalPanels.washout(panel));
        return new Provenance(
                Version.current(), method, Collections.unmodifiableMap(all), seed, backend, backendVersion, panel);
    }

    private static void addLeftOut(Map<String, String> options, String name, int periods) {
        if (periods > 0) {
            options.put(name, Integer.toString(periods));
        }
    }

    /**
     * Makes a spectrum.
     *
     * @param arm the arm
     * @param singularValues descending, in units of the outcome
     * @param rank how many are kept
     * @param threshold that the rule compared with, NaN where there is none
     * @param rule in words
     * @param isNoiseEdge whether the threshold is the largest singular value that noise alone gives
     * @param noiseScale of the arm's matrix for noise of variance 1
     * @param largestOutcome largest absolute centred outcome
     * @return the spectrum
     */
    public static Spectrum spectrum(
            int arm,
            double[] singularValues,
            int rank,
            double threshold,
            String rule,
            boolean isNoiseEdge,
            double noiseScale,
            double largestOutcome) {
        return new Spectrum(arm, singularValues, rank, threshold, rule, isNoiseEdge, noiseScale, largestOutcome);
    }

    /**
     * Returns what covariates explain of the outcomes. Completed outcomes are those at average covariates, so that residuals are
     * what this leaves of the outcomes, minus these.
     *
     * @param effects a result
     * @return nothing without covariates, and for a result that was detached or loaded
     */
    public static RowAdjustment explained(UnitEffects effects) {
        return effects.explained();
    }

    /**
     * Returns the core's fit behind a factor model.
     *
     * @param model of a result
     * @return in outcomes times {@link #scale}
     */
    public static FactorModelFit fitted(FactorModel model) {
        return model.result();
    }

    /**
     * Returns the power of two that the core's fit multiplied outcomes by.
     *
     * @param model of a result
     * @return a power of two
     */
    public static double scale(FactorModel model) {
        return model.scale();
    }
}
