package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Algorithm 1 against results of a slow reference in numpy, on every backend. The panels and the script that made the
 * results are among the test resources, in {@code algorithm1}.
 */
class ReferenceTest {

    record Case(String backend, String panel, JsonNode expected) {
        @Override
        public String toString() {
            return backend + " " + panel + " centring "
                    + expected.get("centring").asString() + " rank "
                    + expected.get("rank").asInt() + " arm "
                    + expected.get("arm").asInt();
        }
    }

    static Stream<Case> cases() throws IOException {
        Stream.Builder<Case> cases = Stream.builder();
        for (String backend : TestedBackends.NAMES) {
            for (String panel : new String[] {"plain", "gaps", "three_arms"}) {
                JsonNode expected = JsonMapper.shared().readTree(Tables.text("algorithm1/" + panel + ".expected.json"));
                expected.get("results").forEach(result -> cases.add(new Case(backend, panel, result)));
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheReference(Case reference) throws IOException {
        Panel panel = Tables.panel("algorithm1/" + reference.panel() + ".csv");
        JsonNode expected = reference.expected();
        int arm = expected.get("arm").asInt();
        UnitEffects effects = SpectralEstimator.withDefaults()
                .withBackend(reference.backend())
                .withRank(RankRule.fixed(expected.get("rank").asInt()))
                .withCentring("none".equals(expected.get("centring").asString()) ? Centring.NONE : Centring.TWO_WAY)
                .fit(panel);

        assertThat(Tables.distance(Tables.ate(effects, arm), numbers(expected.get("ate"))))
                .isLessThan(1e-8);
        assertSingularValues(effects.spectrum(0), expected.get("singular_values_control"));
        assertSingularValues(effects.spectrum(arm), expected.get("singular_values_arm"));
    }

    private static void assertSingularValues(Spectrum spectrum, JsonNode expected) {
        double[] values = numbers(expected);
        assertThat(Tables.distance(Arrays.copyOf(spectrum.singularValues(), values.length), values))
                .isLessThan(1e-8);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(node -> node.isNull() ? Double.NaN : node.asDouble())
                .toArray();
    }
}
