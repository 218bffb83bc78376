package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The factor model against results of a slow reference in numpy, on every backend. The panels, the reference and the
 * script that made the results are among the test resources, in {@code factormodel}.
 */
class FactorModelReferenceTest {

    record Case(String backend, String panel, JsonNode expected) {
        @Override
        public String toString() {
            return backend + " " + panel + " noise " + expected.get("noise").asString() + " effects "
                    + expected.get("effects").asString();
        }
    }

    static Stream<Case> cases() throws IOException {
        Stream.Builder<Case> cases = Stream.builder();
        for (String backend : TestedBackends.NAMES) {
            for (String panel : new String[] {"plain", "gaps", "three_arms", "staggered"}) {
                JsonNode expected =
                        JsonMapper.shared().readTree(Tables.text("factormodel/" + panel + ".expected.json"));
                expected.get("results").forEach(result -> cases.add(new Case(backend, panel, result)));
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheReference(Case reference) throws IOException {
        Panel panel = Tables.panel("factormodel/" + reference.panel() + ".csv");
        JsonNode expected = reference.expected();
        UnitEffects effects = FactorModelEstimator.withDefaults()
                .withBackend(reference.backend())
                .withNoise("iid".equals(expected.get("noise").asString()) ? Noise.IID : Noise.AR1)
                .withEffects(
                        EffectsForm.valueOf(expected.get("effects").asString().toUpperCase(Locale.ROOT)))
                .fit(panel);
        FactorModel model = effects.factorModel().orElseThrow();

        assertThat(model.rank()).isEqualTo(expected.get("rank").asInt());
        assertThat(model.trends()).isEqualTo(expected.get("trends").asInt());
        assertThat(model.hasOnsetTerms()).isEqualTo(expected.get("onsets").asBoolean());
        assertThat(model.effectsForm() != EffectsForm.FACTORS)
                .isEqualTo(expected.get("constant").asBoolean());
        assertThat(model.noiseCorrelation())
                .isCloseTo(expected.get("noise_correlation").asDouble(), within(1e-8));
        assertThat(Tables.distance(model.evidenceBounds(), numbers(expected.get("bounds"), i -> true)))
                .isLessThan(1e-8);
        for (int arm = 1; arm < panel.arms(); arm++) {
            JsonNode ofArm = expected.get("arms").get(arm - 1);
            assertEstimates(effects, arm, UnitEffect::ate, ofArm, "ate");
            assertEstimates(effects, arm, UnitEffect::att, ofArm, "att");
            assertEstimates(effects, arm, UnitEffect::atu, ofArm, "atu");
            double[] freedom = effects.effects().stream()
                    .filter(ofOne(arm))
                    .mapToDouble(
                            unit -> unit.ate().hasStandardError() ? unit.ate().degreesOfFreedom() : Double.NaN)
                    .toArray();
            assertThat(Tables.distance(freedom, numbers(expected.get("df"), reported(effects, arm))))
                    .isLessThan(1e-8);
        }
    }

    private static void assertEstimates(
            UnitEffects effects, int arm, Function<UnitEffect, Estimate> part, JsonNode expected, String name) {
        double[] values = effects.effects().stream()
                .filter(ofOne(arm))
                .map(part)
                .mapToDouble(estimate -> estimate.isAvailable() ? estimate.value() : Double.NaN)
                .toArray();
        double[] errors = effects.effects().stream()
                .filter(ofOne(arm))
                .map(part)
                .mapToDouble(estimate -> estimate.isAvailable() ? estimate.standardError() : Double.NaN)
                .toArray();
        assertThat(Tables.distance(values, numbers(expected.get(name), reported(effects, arm))))
                .isLessThan(1e-8);
        assertThat(Tables.distance(errors, numbers(expected.get(name + "_se"), reported(effects, arm))))
                .isLessThan(1e-8);
    }

    private static Predicate<UnitEffect> ofOne(int arm) {
        return unit -> unit.arm() == arm;
    }

    private static IntPredicate reported(UnitEffects effects, int arm) {
        return unit -> effects.effect(unit, arm).ate().isAvailable();
    }

    /** The numbers, NaN where the reference estimates what the library does not report. */
    private static double[] numbers(JsonNode array, IntPredicate reported) {
        double[] all = StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        return IntStream.range(0, all.length)
                .mapToDouble(i -> reported.test(i) ? all[i] : Double.NaN)
                .toArray();
    }
}
