package io.github.rowwise.internal.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RankDecisionTest {

    static List<RankDecision> rules() {
        return List.of(
                RankDecision.above(2),
                RankDecision.above(0),
                RankDecision.eigenvalueRatio(4),
                RankDecision.spectralGap(2),
                RankDecision.spectralGap(0));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void anEmptySpectrumAndZerosKeepNothing(RankDecision rule) {
        assertThat(rule.rank(new double[0])).isZero();
        assertThat(rule.valuesUsed(new double[0])).isNotNegative();
        assertThat(rule.rank(new double[4])).isZero();
    }

    @Test
    void aFixedRankDoesNotDependOnTheValues() {
        for (double[] values : List.of(new double[0], new double[5], new double[] {4, 3, 2, 1})) {
            assertThat(RankDecision.fixed(3).rank(values)).isEqualTo(3);
            assertThat(RankDecision.fixed(3).valuesUsed(values)).isZero();
            assertThat(RankDecision.fixed(3).threshold()).isNaN();
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "4, 0", "3.9, 2", "2, 2", "1.9, 3", "0.5, 4", "0, 4"})
    void aThresholdKeepsTheValuesStrictlyAboveIt(double threshold, int kept) {
        double[] tied = {4, 4, 2, 1, 0, 0};
        RankDecision rule = RankDecision.above(threshold);

        assertThat(rule.rank(tied)).isEqualTo(kept);
        assertThat(rule.valuesUsed(tied)).isEqualTo(kept + 1);
        assertThat(rule.threshold()).isEqualTo(threshold);
    }

    @ParameterizedTest
    @CsvSource({
        "9 8 7 1 0.9 0.8, 3",
        "9 1 0.9 0.8, 1",
        "9 7 6 5 0.5 0.4, 1", // The largest ratio is beyond the highest rank.
        "5 5 5 5 5, 1",
        "5 4 0 0, 2",
        "5 4 3e-9 1e-9, 2",
        "7, 0"
    })
    void theEigenvalueRatioKeepsTheValuesBeforeTheLargestRatio(String values, int kept) {
        int highest = 3;
        double[] spectrum = values(values);

        assertThat(RankDecision.eigenvalueRatio(highest).rank(spectrum)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "9 7 5 3 2.5 0, 2, 5",
        "9 7 5 3 2.5, 2, 5", // A value of 0 follows the last one.
        "9 7 5 3 2.5 1.5, 2, 3",
        "9 7 5 3 2.5 1.5, 2.5, 0",
        "9 9 9 1, 8, 3",
        "9 9 9 2, 8, 0",
        "9, 9, 1",
        "9 9, 9, 2",
        "9 0 0, 9.1, 0"
    })
    void theSpectralGapKeepsTheValuesBeforeTheLastWideGap(String values, double gap, int kept) {
        assertThat(RankDecision.spectralGap(gap).rank(values(values))).isEqualTo(kept);
    }

    @Test
    void rulesFollowTheirDefinitionOnRandomSpectra() {
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < 2000; draw++) {
            double[] spectrum = random.doubles(random.nextInt(1, 9)).toArray();
            for (int k = 0; k < spectrum.length; k++) {
                spectrum[k] = Math.rint(spectrum[k] * 10);
            }
            spectrum = descending(spectrum);
            double bound = 1 + random.nextInt(5);
            int above = 0;
            int gap = 0;
            int ratio = 0;
            double best = 0;
            for (int s = 1; s <= spectrum.length; s++) {
                double next = s < spectrum.length ? spectrum[s] : 0;
                above += spectrum[s - 1] > bound ? 1 : 0;
                gap = spectrum[s - 1] - next >= bound ? s : gap;
                if (s <= 4 && s < spectrum.length && spectrum[s - 1] > 0 && spectrum[s - 1] / next > best) {
                    best = spectrum[s - 1] / next;
                    ratio = s;
                }
            }

            assertThat(RankDecision.above(bound).rank(spectrum)).isEqualTo(above);
            assertThat(RankDecision.spectralGap(bound).rank(spectrum)).isEqualTo(gap);
            assertThat(RankDecision.eigenvalueRatio(4).rank(spectrum)).isEqualTo(ratio);
        }
    }

    /** Values after those that are used do not change the rank, as long as they are not larger. */
    @ParameterizedTest
    @MethodSource("rules")
    void theRankDependsOnTheUsedValuesOnly(RankDecision rule) {
        SplittableRandom random = new SplittableRandom(2);
        for (int draw = 0; draw < 500; draw++) {
            double[] spectrum = descending(random.doubles(10, 0, 8).toArray());
            int looked = Math.max(rule.valuesUsed(spectrum), rule.rank(spectrum));
            double[] other = spectrum.clone();
            for (int k = looked; k < other.length; k++) {
                other[k] *= 0.9;
            }
            assertThat(rule.rank(other)).isEqualTo(rule.rank(spectrum));
        }
    }

    private static double[] values(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] descending(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        for (int k = 0; k < sorted.length; k++) {
            values[sorted.length - 1 - k] = sorted[k];
        }
        return values;
    }

    @Test
    void rulesSayWhatTheyDependOn() {
        double[] values = {5, 3, 1, 0};
        assertThat(RankDecision.eigenvalueRatio(4).valuesUsed(values)).isEqualTo(5);
        assertThat(RankDecision.eigenvalueRatio(4).threshold()).isNaN();
        assertThat(RankDecision.spectralGap(2).valuesUsed(values)).isEqualTo(3);
        assertThat(RankDecision.spectralGap(.5).valuesUsed(new double[] {5, 3})).isEqualTo(2);
        assertThat(RankDecision.spectralGap(2).threshold()).isEqualTo(2);
    }
}
