package io.github.rowwise.tables.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.averages.EffectAverages;
import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EffectColumn;
import io.github.rowwise.tables.Fits;
import io.github.rowwise.tables.MissingCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The documents hold what the result says, under the names that the guide gives. */
class DocumentsTest {

    private static Map<String, @Nullable Object> document(UnitEffects effects) {
        Map<Grade, Integer> grades = Map.of(Grade.OK, 3, Grade.NOT_ESTIMABLE, 1);
        return ResultDocument.of(
                effects,
                ResultDocument.panel(
                        effects,
                        new TableReading(
                                167,
                                "whole numbers",
                                MissingCodes.of("--missing", List.of("-999,None")),
                                AbsentRows.ZERO,
                                3),
                        14,
                        new long[] {50, 117}),
                List.of(grades, grades).subList(0, effects.panel().arms() - 1),
                List.of("a warning"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }

    @Test
    void aResultOfTheFactorModel() {
        UnitEffects effects = Fits.model();
        Map<String, @Nullable Object> document = document(effects);
        assertThat(object(document.get("panel")))
                .containsEntry("rows", 167L)
                .containsEntry("missing_codes", List.of("-999", "none"))
                .containsEntry("absent_rows", "zero")
                .containsEntry("no_row_counted_as_zero", 3L);

        assertThat(document.keySet())
                .containsExactly(
                        "panel",
                        "confidence_level",
                        "averages",
                        "covariates",
                        "attributes",
                        "spectra",
                        "factor_model",
                        "grades",
                        "warnings",
                        "provenance");
        assertThat(object(document.get("panel")))
                .containsEntry("rows", 167L)
                .containsEntry("units", 14L)
                .containsEntry("periods", 12)
                .containsEntry("first_period", "1")
                .containsEntry("last_period", "12")
                .containsEntry("observed_cells", 167L)
                .containsEntry("pattern", "switching");
        assertThat(list(object(document.get("panel")).get("arms")))
                .containsExactly(Map.of("name", "none", "cells", 50L), Map.of("name", "ads", "cells", 117L));
        assertThat(list(document.get("spectra"))).isEmpty();
        assertThat(list(document.get("averages")))
                .hasSize(2)
                .first()
                .satisfies(ads -> assertThat(object(ads))
                        .containsEntry("arm", "ads")
                        .containsEntry(
                                "ate", JsonValues.estimate(effects.averages(1).ate(), effects.confidenceLevel())));
        assertThat(object(document.get("factor_model")))
                .containsEntry("rank", effects.factorModel().orElseThrow().rank())
                .containsEntry("passes", effects.factorModel().orElseThrow().passes());
        assertThat(list(document.get("grades")))
                .hasSize(2)
                .last()
                .satisfies(grades -> assertThat(object(grades))
                        .containsEntry("arm", "coupons")
                        .containsEntry("ok", 3)
                        .containsEntry("weak", 0)
                        .containsEntry("not_estimable", 1));
        assertThat(object(document.get("provenance")))
                .containsEntry("backend", "ejml")
                .containsEntry("data_hash", effects.provenance().dataHash());
    }

    @Test
    void averagesByGroup() {
        UnitEffects effects = Fits.model();
        int units = effects.panel().units();
        GroupAverages groups = EffectAverages.of(effects)
                .byGroup(UnitColumn.ofTexts(
                        "region",
                        IntStream.range(0, units)
                                .mapToObj(unit -> unit % 2 == 0 ? "north" : "south")
                                .toList()));
        Map<String, @Nullable Object> document = AveragesDocument.groups(effects, groups, "south");
        assertThat(document.keySet())
                .containsExactly("column", "treatment_share", "treatment_by_group", "base", "arms");
        assertThat(document).containsEntry("column", "region").containsEntry("base", "south");
        List<Object> arms = list(document.get("arms"));
        assertThat(arms).hasSize(2);
        Map<String, @Nullable Object> ads = object(arms.get(0));
        assertThat(ads).containsEntry("arm", "ads");
        double level = effects.confidenceLevel();
        assertThat(object(ads.get("overall")))
                .containsEntry("ate", JsonValues.estimate(groups.overall(1).ate(), level));
        assertThat(object(ads.get("overall_by_group")))
                .containsEntry(
                        "att", JsonValues.estimate(groups.overallByGroup(1).att(), level));
        List<Object> each = list(ads.get("groups"));
        assertThat(object(each.get(0))).containsEntry("group", "north");
        assertThat(object(object(each.get(0)).get("contrast")))
                .containsEntry(
                        "ate",
                        JsonValues.estimate(groups.contrast(1, "north", "south").ate(), level));
        assertThat(object(each.get(1))).containsEntry("contrast", null);
        Map<String, @Nullable Object> others = object(
                list(AveragesDocument.groups(effects, groups, null).get("arms")).get(1));
        assertThat(object(object(list(others.get("groups")).get(1)).get("contrast")))
                .containsEntry(
                        "atu",
                        JsonValues.estimate(groups.averages(2).get(1).contrast().atu(), level));
    }

    @Test
    void aResultOfTheSpectralMethod() {
        UnitEffects effects = Fits.spectral();
        Map<String, @Nullable Object> document = document(effects);

        assertThat(document).doesNotContainKey("factor_model");
        List<Object> spectra = list(document.get("spectra"));
        assertThat(spectra).hasSize(2);
        for (int arm = 0; arm < 2; arm++) {
            Spectrum spectrum = effects.spectrum(arm);
            assertThat(object(spectra.get(arm)))
                    .containsEntry("arm", effects.panel().armNames().get(arm))
                    .containsEntry("rank", spectrum.rank())
                    .containsEntry("rule", spectrum.rule())
                    .containsEntry("noise_scale", spectrum.noiseScale());
        }
        List<Double> correlations = List.of(.5, Double.NaN);
        List<@Nullable Double> known = new ArrayList<>(List.of(.5));
        known.add(null);
        assertThat(DiagnosticsDocument.spectral(effects, correlations))
                .containsEntry("centring", "two-way")
                .containsEntry("averages", ResultDocument.averages(effects))
                .containsEntry("correlation_of_unit_ates", known);
    }

    @Test
    void diagnostics() {
        UnitEffects effects = Fits.model();
        FitDiagnostics found = FitDiagnostics.of(effects);
        Map<String, @Nullable Object> document =
                DiagnosticsDocument.of(effects, found.homogeneity(), found.incoherence(), found.residualCorrelation());

        assertThat(document)
                .containsEntry(
                        "effective_treatment_paths", effects.diagnostics().effectiveTreatmentPaths());
        assertThat(list(document.get("homogeneity")))
                .hasSize(2)
                .first()
                .satisfies(test -> assertThat(object(test))
                        .containsEntry("arm", "ads")
                        .containsEntry("drift", found.homogeneity().get(0).drift()));
        List<Optional<Incoherence>> incoherence = found.incoherence();
        assertThat(list(document.get("incoherence")))
                .hasSize((int) incoherence.stream().filter(Optional::isPresent).count());
        Incoherence made = new Incoherence(1, 14, 2, .5, 12, 3, .25);
        assertThat(list(DiagnosticsDocument.of(
                                effects,
                                List.of(),
                                List.of(Optional.empty(), Optional.of(made), Optional.empty()),
                                found.residualCorrelation())
                        .get("incoherence")))
                .singleElement()
                .satisfies(one -> assertThat(object(one))
                        .containsEntry("arm", "ads")
                        .containsEntry("unit", "u2")
                        .containsEntry("period", "4"));
        assertThat(object(document.get("residual_correlation")))
                .containsEntry("pairs", found.residualCorrelation().pairs());
    }

    @Test
    void unitsAndTimes() {
        UnitEffects effects = Fits.model();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        UnitsDocument.addTo(document, effects, new AddedColumns(true, null));

        assertThat(document.keySet()).containsExactly("effect_by_period", "by_event_time", "pre_trends", "units");
        assertThat(list(document.get("effect_by_period")))
                .hasSize(24)
                .first()
                .satisfies(one -> assertThat(object(one))
                        .containsKeys("effect", "effect_se", "effect_ci_lo", "effect_ci_hi")
                        .containsEntry("period", "1")
                        .containsEntry("arm", "ads"));
        assertThat(list(document.get("by_event_time")))
                .isNotEmpty()
                .first()
                .satisfies(one -> assertThat(object(one)).containsKeys("event_time", "effect", "cells", "units"));
        List<Object> units = new ArrayList<>();
        ((Iterable<?>) Objects.requireNonNull(document.get("units"))).forEach(units::add);
        assertThat(units).hasSize(28);
        List<EffectColumn.Row> rows = EffectColumn.rows(effects);
        for (int row = 0; row < 28; row++) {
            Map<String, @Nullable Object> unit = object(units.get(row));
            assertThat(unit).containsEntry("unit", rows.get(row).effect().unit());
            Optional<Double> lower = effects.simultaneousIntervals().get(row).map(interval -> interval.lower());
            assertThat(unit).containsEntry("ate_band_lo", lower.orElse(null));
            Optional<Double> upper = effects.simultaneousIntervals().get(row).map(interval -> interval.upper());
            assertThat(unit).containsEntry("ate_band_hi", upper.orElse(null));
        }
    }

    @Test
    void anEvaluation() {
        Evaluation evaluation =
                PanelEvaluation.withDefaults().withDraws(2).run(Fits.model().panel());
        Map<String, @Nullable Object> document = EvaluationDocument.of(evaluation);

        assertThat(document).containsEntry("draws", 2);
        List<Object> arms = list(document.get("arms"));
        assertThat(arms).hasSize(2);
        for (int arm = 0; arm < 2; arm++) {
            assertThat(object(arms.get(arm)))
                    .containsEntry("arm", List.of("ads", "coupons").get(arm))
                    .containsEntry("units", evaluation.judged().get(arm))
                    .containsEntry(
                            "units_judged_by_att", evaluation.judgedByAtt().get(arm))
                    .containsEntry("true_effect_sd", evaluation.effectSpread().get(arm));
        }
        assertThat(list(document.get("methods")))
                .hasSameSizeAs(evaluation.methods())
                .first()
                .satisfies(one -> assertThat(object(one))
                        .containsEntry(
                                "rmse", evaluation.methods().get(0).accuracy().rmse()));
        assertThat(object(document.get("drawn_from"))).containsEntry("backend", "ejml");
    }

    @Test
    void whatIsNotKnownIsNull() {
        assertThat(JsonValues.known(Double.NaN)).isNull();
        assertThat(JsonValues.known(2)).isEqualTo(2);
        assertThat(JsonValues.finite(OptionalDouble.empty())).isNull();
        assertThat(JsonValues.finite(OptionalDouble.of(Double.POSITIVE_INFINITY)))
                .isNull();
        assertThat(JsonValues.finite(OptionalDouble.of(2))).isEqualTo(2);

        Estimate known = Fits.model().averages(1).ate();
        assertThat(JsonValues.estimate(known, .9))
                .containsEntry("value", known.value())
                .containsEntry("se", known.standardError())
                .containsEntry("ci_lo", known.interval(.9).lower())
                .containsEntry("ci_hi", known.interval(.9).upper());
        Estimate none = Fits.model().effects().stream()
                .map(effect -> effect.ate())
                .filter(ate -> !ate.isAvailable())
                .findFirst()
                .orElseThrow();
        assertThat(JsonValues.estimate(none, .9).values()).containsOnlyNulls();
    }
}
