package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The columns hold what the result says, and nothing where it says nothing. */
class EffectColumnTest {

    private static final List<String> NAMES = List.of(
            "unit n_treated n_control n_missing propensity ate ate_se ate_ci_lo ate_ci_hi att att_se att_ci_lo att_ci_hi atu"
                    .split(" "));

    private static Map<String, @Nullable Object> row(UnitEffects effects, EffectColumn.Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        EffectColumn.of(effects, true)
                .forEach(column -> values.put(column.name(), column.value().apply(row)));
        return values;
    }

    private static void assertEstimate(Map<String, @Nullable Object> row, String name, Estimate estimate) {
        assertThat(row.get(name)).isEqualTo(estimate.value());
        assertThat(row.get(name + "_se")).isEqualTo(estimate.standardError());
        assertThat(row.get(name + "_ci_lo")).isEqualTo(estimate.interval(.95).lower());
        assertThat(row.get(name + "_ci_hi")).isEqualTo(estimate.interval(.95).upper());
    }

    @Test
    void armsAndPredictionsHaveColumnsWhereTheyAreWanted() {
        assertThat(EffectColumn.of(2, false)).extracting(EffectColumn::name).startsWith(NAMES.toArray(String[]::new));
        assertThat(EffectColumn.of(2, false)).hasSize(23);
        assertThat(EffectColumn.of(3, false)).extracting(EffectColumn::name).startsWith("unit", "arm", "n_treated");
        assertThat(EffectColumn.of(2, true))
                .extracting(EffectColumn::name)
                .endsWith("reason", "predicted_ate", "predicted_ate_se", "predicted_ate_ci_lo", "predicted_ate_ci_hi");
    }

    @Test
    void rowsHoldTheResult() {
        UnitEffects effects = Fits.model();
        List<EffectColumn.Row> rows = EffectColumn.rows(effects);
        assertThat(rows).hasSameSizeAs(effects.effects());
        for (EffectColumn.Row row : rows) {
            UnitEffect effect = row.effect();
            Map<String, @Nullable Object> values = row(effects, row);
            assertThat(values)
                    .containsEntry("unit", effect.unit())
                    .containsEntry("arm", effects.panel().armNames().get(effect.arm()))
                    .containsEntry("n_treated", effect.treatedPeriods())
                    .containsEntry("n_control", effect.controlPeriods())
                    .containsEntry("n_missing", effect.missingPeriods())
                    .containsEntry("propensity", effect.propensity())
                    .containsEntry("grade", effect.grade().label())
                    .containsEntry("reason", effect.reason().isEmpty() ? null : effect.reason());
            if (effect.ate().isAvailable()) {
                assertEstimate(values, "ate", effect.ate());
                assertEstimate(values, "att", effect.att());
                assertEstimate(values, "atu", effect.atu());
                assertThat(values)
                        .containsEntry("p_value", effect.ate().pValue())
                        .containsEntry("q_value", effect.qValue())
                        .containsEntry("prob_positive", effect.probabilityPositive())
                        .containsEntry("prob_top_decile", effect.probabilityTopDecile())
                        .containsEntry("predicted_ate", null);
            }
        }
        assertThat(rows).extracting(EffectColumn.Row::armName).contains("ads", "coupons");
    }

    @Test
    void aUnitThatLacksAnArmHasAPredictionAndNoEstimate() {
        UnitEffects effects = Fits.model();
        List<EffectColumn.Row> lacking = EffectColumn.rows(effects).stream()
                .filter(row -> row.predicted() != null)
                .toList();

        assertThat(lacking).isNotEmpty().hasSameSizeAs(effects.predictions());
        Map<String, @Nullable Object> values = row(effects, lacking.get(0));
        assertThat(values)
                .containsEntry("unit", Fits.LACKING)
                .containsEntry("arm", "coupons")
                .containsEntry("grade", "not estimable");
        for (String empty : List.of("ate", "ate_se", "ate_ci_lo", "att", "p_value", "q_value", "prob_positive")) {
            assertThat(values).containsEntry(empty, null);
        }
        assertEstimate(values, "predicted_ate", effects.predictions().get(0).ate());
    }

    @Test
    void theSpectralMethodHasNoPosterior() {
        UnitEffects effects = Fits.spectral();
        Map<String, @Nullable Object> values =
                row(effects, EffectColumn.rows(effects).get(0));

        assertThat(values)
                .containsEntry("prob_positive", null)
                .containsEntry("prob_top_decile", null)
                .containsEntry("predicted_ate", null);
        assertThat(values.get("ate")).isNotNull();
    }
}
