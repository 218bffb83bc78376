package io.github.rowwise.tables.json;

import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The members that the document of every result has, whether the program or Spark writes it. */
public final class ResultDocument {

    private ResultDocument() {}

    /**
     * Returns the document of a result.
     *
     * @param effects the result
     * @param panel the member {@code panel}: {@link #panel}, possibly with more members
     * @param grades number of units by grade for each treatment, from arm 1 on
     * @param warnings the warnings, as sentences
     * @return members {@code panel}, {@code confidence_level}, {@code averages}, {@code covariates}, {@code attributes},
     *     {@code spectra}, {@code factor_model} (only with the factor model), {@code grades}, {@code warnings} and
     *     {@code provenance}; the caller may add others
     */
    public static Map<String, @Nullable Object> of(
            UnitEffects effects,
            Map<String, @Nullable Object> panel,
            List<? extends Map<Grade, ? extends Number>> grades,
            List<String> warnings) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("panel", panel);
        document.put("confidence_level", effects.confidenceLevel());
        document.put("averages", averages(effects));
        document.put("covariates", covariates(effects));
        document.put("attributes", attributes(effects));
        document.put("spectra", spectra(effects));
        effects.factorModel().ifPresent(model -> document.put("factor_model", factorModel(model)));
        document.put("grades", grades(effects.panel().armNames(), grades));
        document.put("warnings", warnings);
        document.put("provenance", provenance(effects.provenance()));
        return document;
    }

    /**
     * Returns the facts of a panel.
     *
     * @param effects a result of the panel, which need not hold its units
     * @param reading how it was read
     * @param units number of units
     * @param cellsPerArm number of observed cells of each arm, control first
     * @return members {@code rows}, {@code missing_codes} and {@code absent_rows} (both {@code null} if they are not known),
     *     {@code no_row_counted_as_zero}, {@code storage}, {@code units}, {@code periods}, {@code times}, {@code first_period},
     *     {@code last_period}, {@code arms}, {@code observed_cells} and {@code pattern}
     */
    public static Map<String, @Nullable Object> panel(
            UnitEffects effects, TableReading reading, long units, long[] cellsPerArm) {
        Panel panel = effects.panel();
        List<String> periods = panel.periodNames();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        MissingCodes missing = reading.missing();
        AbsentRows absentRows = reading.absentRows();
        facts.put("rows", reading.rows());
        facts.put("missing_codes", missing == null ? null : missing.texts());
        facts.put("absent_rows", absentRows == null ? null : absentRows.label());
        facts.put("no_row_counted_as_zero", reading.zeroRows());
        facts.put("storage", panel.storage().name().toLowerCase(Locale.ROOT));
        facts.put("units", units);
        facts.put("periods", periods.size());
        facts.put("times", reading.timeKind());
        facts.put("first_period", periods.get(0));
        facts.put("last_period", periods.get(periods.size() - 1));
        List<Object> arms = new ArrayList<>();
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", panel.armNames().get(arm));
            one.put("cells", cellsPerArm[arm]);
            arms.add(one);
        }
        facts.put("arms", arms);
        facts.put("observed_cells", Arrays.stream(cellsPerArm).sum());
        facts.put("pattern", effects.diagnostics().pattern().label());
        return facts;
    }

    static List<Object> averages(UnitEffects effects) {
        return AveragesDocument.of(
                effects,
                IntStream.range(1, effects.panel().arms())
                        .mapToObj(effects::averages)
                        .toList());
    }

    /** One member per covariate; none without covariates. */
    static List<Object> covariates(UnitEffects effects) {
        List<Object> all = new ArrayList<>();
        effects.covariates().forEach((name, coefficient) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("coefficient", JsonValues.estimate(coefficient, effects.confidenceLevel()));
            all.add(one);
        });
        return all;
    }

    /** One member per arm, with the dependence of its effects on attributes of units; none without attributes. */
    static List<Object> attributes(UnitEffects effects) {
        double level = effects.confidenceLevel();
        List<Object> all = new ArrayList<>();
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            String name = effects.panel().armNames().get(arm);
            effects.attributes(arm).ifPresent(of -> {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("arm", name);
                one.put("explained_share", of.explainedShare());
                one.put(
                        "coefficients",
                        of.coefficients().stream()
                                .map(coefficient -> {
                                    Map<String, @Nullable Object> members = new LinkedHashMap<>();
                                    members.put("attribute", coefficient.attribute());
                                    if (!coefficient.level().isEmpty()) {
                                        members.put("level", coefficient.level());
                                        members.put("base", coefficient.base());
                                    }
                                    members.put("ate", JsonValues.estimate(coefficient.estimate(), level));
                                    return members;
                                })
                                .toList());
                one.put(
                        "averages",
                        of.averages().stream()
                                .map(average -> {
                                    Map<String, @Nullable Object> members = new LinkedHashMap<>();
                                    members.put("attribute", average.attribute());
                                    members.put("level", average.level());
                                    members.put("units", average.units());
                                    members.put("ate", JsonValues.estimate(average.ate(), level));
                                    return members;
                                })
                                .toList());
                all.add(one);
            });
        }
        return all;
    }

    /** One spectrum per arm; none for the factor model, which has no spectra. */
    static List<Object> spectra(UnitEffects effects) {
        List<Object> spectra = new ArrayList<>();
        for (int arm = 0; arm < effects.panel().arms() && effects.factorModel().isEmpty(); arm++) {
            Spectrum spectrum = effects.spectrum(arm);
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("arm", effects.panel().armNames().get(arm));
            one.put("rank", spectrum.rank());
            one.put("rule", spectrum.rule());
            one.put("threshold", JsonValues.finite(spectrum.threshold()));
            one.put("spectral_gap", JsonValues.finite(spectrum.gap()));
            one.put("signal_to_noise", JsonValues.finite(spectrum.signalToNoise()));
            one.put("noise_scale", spectrum.noiseScale());
            one.put("largest_outcome", spectrum.largestOutcome());
            one.put("singular_values", spectrum.singularValues());
            spectra.add(one);
        }
        return spectra;
    }

    private static Map<String, @Nullable Object> factorModel(FactorModel model) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rank", model.rank());
        members.put("start_rank", model.startRank());
        members.put("effects", model.effectsForm().label());
        members.put("evidence_gain", JsonValues.finite(model.evidenceGain()));
        members.put("onset_terms", model.hasOnsetTerms());
        members.put("onset_evidence_gain", JsonValues.finite(model.onsetEvidenceGain()));
        members.put("trends", model.trends());
        members.put("trend_sd", model.trendStandardDeviation());
        members.put("noise_correlation", model.noiseCorrelation());
        members.put("noise_sd", model.noiseStandardDeviation());
        members.put("period_noise_scales", model.periodScales());
        members.put("passes", model.passes());
        members.put("converged", model.isConverged());
        members.put("evidence_bounds", model.evidenceBounds());
        return members;
    }

    private static List<Object> grades(List<String> arms, List<? extends Map<Grade, ? extends Number>> counts) {
        return IntStream.range(1, arms.size())
                .<Object>mapToObj(arm -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("arm", arms.get(arm));
                    for (Grade grade : Grade.values()) {
                        Number units = counts.get(arm - 1).get(grade);
                        one.put(grade.label().replace(' ', '_'), units == null ? 0 : units);
                    }
                    return one;
                })
                .toList();
    }

    private static Map<String, @Nullable Object> provenance(Provenance provenance) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("version", provenance.version());
        members.put("method", provenance.method());
        members.put("options", provenance.options());
        members.put("seed", provenance.seed());
        members.put("backend", provenance.backend());
        members.put("backend_version", provenance.backendVersion());
        members.put("data_hash", provenance.dataHash());
        return members;
    }
}
