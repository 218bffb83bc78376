package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two units show no factor. Their noise is what unit and period effects leave. */
class TwoUnitsTest {

    private static final FactorModelEstimator MODEL = FactorModelEstimator.withDefaults();

    private static Panel panel(int units, int periods, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] outcomes = new double[units][periods];
        int[][] arms = new int[units][periods];
        double[] common = random.doubles(periods, -1, 1).toArray();
        for (int unit = 0; unit < units; unit++) {
            for (int period = 0; period < periods; period++) {
                arms[unit][period] = random.nextInt(2);
                outcomes[unit][period] = 5 * unit + common[period] + arms[unit][period] + random.nextGaussian();
            }
        }
        return Draws.panel(outcomes, arms);
    }

    @Test
    void intervalsOfTwoUnitsHold() {
        int covered = 0;
        int intervals = 0;
        for (int seed = 0; seed < 150; seed++) {
            UnitEffects effects = MODEL.fit(panel(2, 20, seed));
            assertThat(effects.factorModel().orElseThrow().rank()).isZero();
            for (UnitEffect unit : effects.effects()) {
                assertThat(unit.att().standardError()).isBetween(.2, 1.5);
                covered += unit.att().interval(.95).contains(1) ? 1 : 0;
                intervals++;
            }
        }
        assertThat(covered / (double) intervals).isBetween(.91, .99);
    }

    @Test
    void tooFewCellsGiveNoIntervals() {
        for (int[] size : new int[][] {{2, 5}, {2, 3}, {30, 2}}) {
            UnitEffects effects = MODEL.fit(panel(size[0], size[1], 3));

            assertThat(effects.warnings())
                    .extracting(Warning::kind)
                    .contains(Warning.Kind.NO_STANDARD_ERRORS)
                    .doesNotContain(Warning.Kind.ALL_FACTORS_KEPT);
            assertThat(effects.averages(1).att().hasStandardError()).isFalse();
            assertThat(effects.averages(1).att().value()).isBetween(-4.0, 6.0);
        }
    }

    @Test
    void theSpectralMethodGivesTwoUnitsNoIntervals() {
        UnitEffects effects = SpectralEstimator.withDefaults().fit(panel(2, 20, 1));

        Estimate average = effects.averages(1).ate();
        assertThat(average.isAvailable()).isTrue();
        assertThat(average.hasStandardError()).isFalse();
        assertThat(effects.warnings()).extracting(Warning::kind).contains(Warning.Kind.NO_STANDARD_ERRORS);
    }

    @Test
    void backendsAgreeOnPeriodsWithoutNoise() {
        // Every unit several times, in two periods: a factor would describe all outcomes exactly.
        double[][] outcomes = new double[35][2];
        int[][] arms = new int[35][2];
        SplittableRandom random = new SplittableRandom(2);
        double[][] pairs = random.doubles(22, 0, 4)
                .boxed()
                .map(level -> new double[] {level, 2 + level / 3})
                .toArray(double[][]::new);
        for (int unit = 0; unit < 35; unit++) {
            outcomes[unit] = pairs[unit % 11].clone();
        }
        arms[5][0] = 1;
        Panel panel = Draws.panel(outcomes, arms);

        double expected = Double.NaN;
        for (String name : TestedBackends.NAMES) {
            UnitEffects effects = MODEL.withBackend(Backends.named(name)).fit(panel);
            double value = effects.effect(5, 1).att().value();
            assertThat(value).isFinite();
            expected = Double.isNaN(expected) ? value : expected;
            assertThat(value).isCloseTo(expected, within(1e-8));
        }
    }
}
