package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard errors of the factor model's cells and of averages over them. */
class AverageErrorsTest {

    private static final FactorModelEstimator ESTIMATOR = FactorModelEstimator.withDefaults()
            .withBackend("ejml")
            .withThreads(1)
            .withRankLimit(3)
            .withCellErrors(true);

    /** Units leave control for each arm in stays of a few periods; noise of 0.5, correlated or not. */
    private static Simulated simulate(long seed, int n, int m, int arms, double correlation, int stay) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] factor = random.doubles(m, -1.7, 1.7).toArray();
        double[][] outcomes = new double[n][m];
        double[][] effects = new double[n][m];
        int[][] arm = new int[n][m];
        for (int i = 0; i < n; i++) {
            double loading = random.nextGaussian();
            double constant = 1 + 0.5 * random.nextGaussian();
            double slope = 0.3 * random.nextGaussian();
            double noise = 0.5 * random.nextGaussian();
            int first = random.nextInt(stay);
            for (int j = 0; j < m; j++) {
                arm[i][j] = (j + first) % stay == 0 || j == 0 ? random.nextInt(arms) : arm[i][j - 1];
                effects[i][j] = constant + slope * factor[j];
                noise = correlation * noise + 0.5 * Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                outcomes[i][j] = 2 + loading * factor[j] + (arm[i][j] > 0 ? effects[i][j] * arm[i][j] : 0) + noise;
            }
        }
        return new Simulated(Draws.panel(outcomes, arm), effects);
    }

    private record Simulated(Panel panel, double[][] effects) {}

    @ParameterizedTest
    @EnumSource(Noise.class)
    void withConstantEffectsCellsAndPeriodsHaveTheErrorsOfUnitsAndAverages(Noise noise) {
        UnitEffects effects = ESTIMATOR
                .withNoise(noise)
                .withEffects(EffectsForm.CONSTANT)
                .fit(simulate(1, 50, 24, 3, 0, 3).panel());

        for (int arm = 1; arm <= 2; arm++) {
            for (UnitEffect unit : effects.effects().subList(0, 20)) {
                int index = effects.panel().unitNames().indexOf(unit.unit());
                Estimate cell = effects.cellEffect(index, unit.arm(), 7);
                assertThat(cell.standardError()).isCloseTo(unit.ate().standardError(), percent(1e-8));
            }
            Estimate average = effects.averages(arm).ate();
            for (PeriodEffect period : effects.byPeriod(arm)) {
                assertThat(period.effect().standardError()).isCloseTo(average.standardError(), percent(1e-8));
                assertThat(period.effect().value()).isCloseTo(average.value(), percent(1e-8));
            }
        }
    }

    @Test
    void anEventTimeThatHoldsEveryTreatedCellOfUnitsTreatedOnceHasTheErrorOfTheirAtt() {
        // Each unit is treated in one period, so that averages over cells and over units are the same.
        double[][] outcomes = new double[40][20];
        int[][] arms = new int[40][20];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 40; i++) {
            arms[i][1 + i % 19] = 1;
            for (int j = 0; j < 20; j++) {
                outcomes[i][j] = i % 5 * Math.sin(j) + arms[i][j] * (1 + i % 3) + 0.3 * random.nextGaussian();
            }
        }

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        List<EventTimeEffect> byEventTime = effects.byEventTime(1);
        assertThat(byEventTime).hasSize(1);
        Estimate att = effects.averages(1).att();
        assertThat(byEventTime.get(0).effect().value()).isCloseTo(att.value(), percent(1e-8));
        assertThat(byEventTime.get(0).effect().standardError()).isCloseTo(att.standardError(), percent(1e-8));
    }

    @Test
    void errorsOfCellsAndPeriodsHoldTheTruthAsOftenAsTheySay() {
        Count cells = new Count();
        Count periods = new Count();
        Count eventTimes = new Count();
        for (long seed = 1; seed <= 12; seed++) {
            Simulated simulated = simulate(seed, 80, 40, 2, 0.3, 4);
            UnitEffects effects = ESTIMATOR.fit(simulated.panel());
            int n = effects.panel().units();
            for (int j = 0; j < 40; j++) {
                int period = j;
                for (int i = 0; i < n; i++) {
                    Estimate cell = effects.cellEffect(i, 1, j);
                    if (cell.isAvailable()) {
                        cells.add(cell, simulated.effects()[i][j]);
                    }
                }
                ToDoubleFunction<Integer> truth = i -> simulated.effects()[i][period];
                double mean = IntStream.range(0, n)
                        .filter(i -> effects.effect(i, 1).ate().isAvailable())
                        .mapToDouble(truth::applyAsDouble)
                        .average()
                        .orElseThrow();
                periods.add(effects.byPeriod(1).get(j).effect(), mean);
            }
            for (EventTimeEffect effect : effects.byEventTime(1)) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < 40; j++) {
                        boolean counts = effects.effect(i, 1).ate().isAvailable()
                                && EventTimeTest.eventTime(effects.panel(), i, j, 1)
                                                .orElse(-1)
                                        == effect.eventTime();
                        sum += counts ? simulated.effects()[i][j] : 0;
                    }
                }
                eventTimes.add(effect.effect(), sum / effect.cells());
            }
        }

        assertThat(cells.share()).isBetween(0.92, 0.98);
        assertThat(periods.share()).isBetween(0.88, 1.0);
        assertThat(eventTimes.share()).isBetween(0.85, 1.0);
    }

    @Test
    void theBlockJackknifeHoldsUnderCorrelationThatTheModelIsNotToldOf() {
        Count plain = new Count();
        Count jackknife = new Count();
        for (long seed = 1; seed <= 6; seed++) {
            Simulated simulated = simulate(seed, 80, 80, 2, 0.6, 8);
            for (Noise noise : List.of(Noise.IID, Noise.BLOCK_JACKKNIFE)) {
                UnitEffects effects = ESTIMATOR.withNoise(noise).fit(simulated.panel());
                for (int i = 0; i < 80; i++) {
                    double truth =
                            Arrays.stream(simulated.effects()[i]).average().orElseThrow();
                    Estimate ate = effects.effect(i, 1).ate();
                    if (ate.isAvailable()) {
                        (noise == Noise.IID ? plain : jackknife).add(ate, truth);
                    }
                }
            }
        }

        // The former are corrected for what correlation the innovations keep, up to three periods apart.
        assertThat(plain.share()).isBetween(0.88, jackknife.share());
        assertThat(jackknife.share()).isBetween(0.9, 0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theBlockJackknifeAgreesWithTheModelWhereItHolds(int arms) {
        double ratio = 0;
        int count = 0;
        for (long seed = 1; seed <= 3; seed++) {
            Panel panel = simulate(seed, 60, 60, arms, 0, 2).panel();
            UnitEffects model = ESTIMATOR.withNoise(Noise.IID).fit(panel);
            UnitEffects jackknife = ESTIMATOR.withNoise(Noise.BLOCK_JACKKNIFE).fit(panel);
            for (int k = 0; k < model.effects().size(); k++) {
                Estimate expected = model.effects().get(k).ate();
                Estimate found = jackknife.effects().get(k).ate();
                assertThat(found.value()).isEqualTo(expected.value());
                ratio += Math.pow(found.standardError() / expected.standardError(), 2);
                count++;
            }
        }

        assertThat(ratio / count).isBetween(0.85, 1.2);
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void threadsAndBlocksOfRowsChangeNoError(Noise noise) {
        Panel panel = Panels.withBlockRows(simulate(3, 90, 30, 3, 0.3, 3).panel(), 32);
        FactorModelEstimator estimator = ESTIMATOR.withNoise(noise);

        double[] once = everyError(estimator.fit(panel));

        assertThat(everyError(estimator.withThreads(3).fit(panel))).containsExactly(once);
    }

    @Test
    void withoutBeingAskedForCellsHaveNoStandardError() {
        Panel panel = simulate(3, 30, 20, 2, 0, 3).panel();

        assertThat(ESTIMATOR
                        .withCellErrors(false)
                        .fit(panel)
                        .cellEffect(2, 1, 3)
                        .hasStandardError())
                .isFalse();
    }

    @Test
    void fewPeriodsLeaveTheModelsErrorWhereNoBlockCanBeLeftOut() {
        double nan = Double.NaN;
        double[][] outcomes = {{1, 3, 2}, {2, 2, 3}, {1, nan, nan}, {2, 1, 1}, {4, 5, 2}};
        int[][] arms = {{0, 1, 0}, {1, 0, 0}, {0, 0, 0}, {0, 0, 1}, {0, 1, 0}};

        UnitEffects effects = ESTIMATOR.withNoise(Noise.BLOCK_JACKKNIFE).fit(Draws.panel(outcomes, arms));

        assertThat(effects.effect(0, 1).ate().standardError()).isFinite().isPositive();
        assertThat(effects.predictions()).hasSize(1);
        assertThat(effects.predictions().get(0).ate().standardError())
                .isFinite()
                .isPositive();
    }

    private static double[] everyError(UnitEffects effects) {
        return IntStream.rangeClosed(1, 2)
                .boxed()
                .flatMap(arm -> Stream.concat(
                        effects.byPeriod(arm).stream().map(PeriodEffect::effect),
                        Stream.concat(
                                effects.byEventTime(arm).stream().map(EventTimeEffect::effect),
                                IntStream.range(0, 30).mapToObj(j -> effects.cellEffect(40, arm, j)))))
                .mapToDouble(Estimate::standardError)
                .toArray();
    }

    private static Percentage percent(double percent) {
        return Percentage.withPercentage(percent);
    }

    /** How often 95 % intervals hold the truth. */
    private static final class Count {
        private int held;
        private int all;

        void add(Estimate estimate, double truth) {
            held += estimate.interval(0.95).contains(truth) ? 1 : 0;
            all++;
        }

        double share() {
            return (double) held / all;
        }
    }
}
