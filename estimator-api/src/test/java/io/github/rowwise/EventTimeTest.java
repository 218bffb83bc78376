package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Averages by event time against a slow and obvious reading of their definition. */
class EventTimeTest {

    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withBackend("ejml").withThreads(1);

    /** The unit's event time in the arm at a period, by looking back and ahead cell by cell; empty where it has none. */
    static OptionalInt eventTime(Panel panel, int unit, int period, int arm) {
        int now = panel.arm(unit, period);
        if (now == arm) {
            int first = period;
            for (int j = period; j >= 0; j--) {
                int before = panel.arm(unit, j);
                if (before == arm) {
                    first = j;
                } else if (before >= 0) {
                    return OptionalInt.of(period - first);
                }
            }
            return OptionalInt.empty();
        }
        for (int j = period; now == 0 && j < panel.periods(); j++) {
            if (panel.arm(unit, j) == arm) {
                return OptionalInt.of(period - j);
            }
            if (panel.arm(unit, j) > 0) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    /** By event time: unit, value. */
    private static Map<Integer, Map<Integer, double[]>> cells(UnitEffects effects, int arm, boolean treated) {
        Panel panel = effects.panel();
        Map<Integer, Map<Integer, double[]>> cells = new TreeMap<>();
        for (int i = 0; i < panel.units(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                OptionalInt time = eventTime(panel, i, j, arm);
                if (time.isEmpty()
                        || time.getAsInt() >= 0 != treated
                        || !effects.effect(i, arm).ate().isAvailable()) {
                    continue;
                }
                double control = effects.outcomeMatrix(0).get(i, j);
                double value = treated ? effects.outcomeMatrix(arm).get(i, j) - control : panel.outcome(i, j) - control;
                double[] sum = cells.computeIfAbsent(time.getAsInt(), t -> new TreeMap<>())
                        .computeIfAbsent(i, unit -> new double[2]);
                sum[0] += value;
                sum[1]++;
            }
        }
        return cells;
    }

    private static double total(Map<Integer, double[]> units, int entry) {
        return units.values().stream().mapToDouble(sum -> sum[entry]).sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void averagesAreThoseOfTheDefinition(long seed) {
        Panel panel = Draws.random(seed, 40, 14, 3, 0.2);
        UnitEffects effects = SPECTRAL.fit(panel);

        for (int arm = 1; arm <= 2; arm++) {
            Map<Integer, Map<Integer, double[]>> treated = cells(effects, arm, true);
            double switching = Objects.requireNonNull(treated.get(0)).size();
            treated.values().removeIf(units -> units.size() < 0.1 * switching);
            List<EventTimeEffect> byEventTime = effects.byEventTime(arm);
            assertThat(byEventTime.stream().map(EventTimeEffect::eventTime))
                    .containsExactlyElementsOf(treated.keySet());
            for (EventTimeEffect effect : byEventTime) {
                Map<Integer, double[]> units = Objects.requireNonNull(treated.get(effect.eventTime()));
                assertThat(effect.units()).isEqualTo(units.size());
                assertThat(effect.cells()).isEqualTo((int) total(units, 1));
                assertThat(effect.effect().value()).isCloseTo(total(units, 0) / total(units, 1), within(1e-10));
            }

            Map<Integer, Map<Integer, double[]>> before = cells(effects, arm, false);
            before.values().removeIf(units -> units.size() < 0.1 * switching);
            List<PreTrend> gaps = effects.preTrends(arm);
            assertThat(gaps.stream().map(PreTrend::eventTime)).containsExactlyElementsOf(before.keySet());
            for (PreTrend gap : gaps) {
                Map<Integer, double[]> units = Objects.requireNonNull(before.get(gap.eventTime()));
                double mean = total(units, 0) / total(units, 1);
                double squares = units.values().stream()
                        .mapToDouble(sum -> Math.pow(sum[0] - mean * sum[1], 2))
                        .sum();
                double groups = units.size();
                assertThat(gap.units()).isEqualTo(units.size());
                assertThat(gap.cells()).isEqualTo((int) total(units, 1));
                assertThat(gap.gap().value()).isCloseTo(mean, within(1e-10));
                assertThat(gap.gap().standardError())
                        .isCloseTo(Math.sqrt(groups / (groups - 1) * squares) / total(units, 1), within(1e-10));
            }
        }
    }

    @Test
    void anEffectThatWearsOffShows() {
        SplittableRandom random = new SplittableRandom(5);
        int[][] arms = new int[120][40];
        double[][] outcomes = new double[120][40];
        for (int i = 0; i < 120; i++) {
            int start = random.nextInt(10, 30);
            for (int j = 0; j < 40; j++) {
                int since = j - start;
                arms[i][j] = since >= 0 && since < 4 ? 1 : 0;
                outcomes[i][j] = i % 7 + Math.sin(j) + arms[i][j] * 3 + 0.1 * random.nextGaussian();
            }
        }

        UnitEffects effects = SPECTRAL.withRank(RankRule.fixed(0)).fit(Draws.panel(outcomes, arms));

        assertThat(effects.byEventTime(1))
                .extracting(EventTimeEffect::eventTime)
                .containsExactly(0, 1, 2, 3);
        assertThat(effects.byEventTime(1))
                .allSatisfy(effect -> assertThat(effect.effect().value()).isCloseTo(3, within(0.2)));
        assertThat(effects.preTrends(1))
                .allSatisfy(gap -> assertThat(gap.gap().value()).isCloseTo(0, within(0.1)));
        assertThat(effects.preTrends(1).get(0).eventTime()).isGreaterThanOrEqualTo(-30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-120, 1e120})
    void gapsScaleWithTheOutcomes(double factor) {
        Panel panel = Draws.random(4, 30, 12, 2, 0.1);

        List<PreTrend> plain = SPECTRAL.fit(panel).preTrends(1);
        List<PreTrend> scaled = SPECTRAL.fit(Draws.with(panel, y -> y * factor)).preTrends(1);

        for (int k = 0; k < plain.size(); k++) {
            Estimate gap = plain.get(k).gap();
            assertThat(scaled.get(k).gap().value() / factor).isCloseTo(gap.value(), within(1e-8));
            assertThat(scaled.get(k).gap().standardError())
                    .isCloseTo(gap.standardError() * factor, Percentage.withPercentage(1e-6));
        }
    }

    @Test
    void unitsThatAreNeverSeenToSwitchHaveNoEventTime() {
        // u0 goes out of treatment only, u1 stays as it is, u2 lacks treatment.
        int[][] arms = {{1, 1, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
        double[][] outcomes = {{1, 2, 3, 2}, {2, 1, 2, 4}, {1, 1, 3, 2}};

        UnitEffects effects = SPECTRAL.withRank(RankRule.fixed(1)).fit(Draws.panel(outcomes, arms));

        assertThat(effects.byEventTime(1)).isEmpty();
        assertThat(effects.preTrends(1)).isEmpty();
    }

    @Test
    void aSingleSwitchHasAGapWithoutAStandardError() {
        int[][] arms = {{0, 0, 1, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}};
        double[][] outcomes = {{1, 2, 3, 2}, {2, 1, 2, 4}, {1, 1, 3, 2}};

        UnitEffects effects = SPECTRAL.withRank(RankRule.fixed(0)).fit(Draws.panel(outcomes, arms));

        assertThat(effects.preTrends(1)).extracting(PreTrend::eventTime).containsExactly(-2, -1);
        assertThat(effects.preTrends(1))
                .allSatisfy(gap -> assertThat(gap.gap().hasStandardError()).isFalse());
    }
}
