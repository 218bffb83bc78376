package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that differ in size by orders of magnitude: effects of ten percent, multiplicative noise. */
class UnitScalesTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);
    private static final int UNITS = 60;
    private static final int PERIODS = 52;

    private final double[][] outcomes = new double[UNITS][PERIODS];
    private final int[][] arms = new int[UNITS][PERIODS];
    private final double[] truth = new double[UNITS];
    private final double[] sizes = new double[UNITS];

    private void draw(long seed, double spread) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < UNITS; i++) {
            sizes[i] = 20 * Math.exp(spread * random.nextGaussian());
            double effect = Math.max(0, .1 + .06 * random.nextGaussian());
            double loading = 1 + .3 * random.nextGaussian();
            int treated = 0;
            truth[i] = 0;
            for (int j = 0; j < PERIODS; j++) {
                double untreated = sizes[i] * (1 + .2 * loading * Math.sin(2 * Math.PI * j / 10));
                double noise = Math.exp(.08 * random.nextGaussian());
                arms[i][j] = random.nextDouble() < .4 ? 1 : 0;
                truth[i] += arms[i][j] * untreated * effect;
                treated += arms[i][j];
                outcomes[i][j] = untreated * (1 + arms[i][j] * effect) * noise;
            }
            truth[i] /= treated;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void intervalsOfTheLargestUnitsHold(long seed) {
        draw(seed, 1.5);

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        int large = 0;
        int all = 0;
        for (int i = 0; i < UNITS; i++) {
            Estimate att = effects.effect(i, 1).att();
            boolean holds = att.interval(.95).contains(truth[i]);
            all += holds ? 1 : 0;
            large += holds && sizes[i] >= sorted[UNITS - 10] ? 1 : 0;
        }
        assertThat(large).isGreaterThanOrEqualTo(9);
        assertThat(all).isBetween(54, UNITS);
    }

    @Test
    void theUnitOfMeasurementOfARowDoesNotMatter() {
        draw(4, 1.2);
        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));
        SplittableRandom random = new SplittableRandom(5);
        double[] factors = random.doubles(UNITS, -4, 4).map(Math::exp).toArray();
        double[][] converted = new double[UNITS][PERIODS];
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < PERIODS; j++) {
                converted[i][j] = outcomes[i][j] * factors[i];
            }
        }

        UnitEffects other = ESTIMATOR.fit(Draws.panel(converted, arms));

        for (int i = 0; i < UNITS; i++) {
            for (boolean isAte : new boolean[] {true, false}) {
                UnitEffect before = effects.effect(i, 1);
                UnitEffect after = other.effect(i, 1);
                Estimate expected = isAte ? before.ate() : before.att();
                Estimate found = isAte ? after.ate() : after.att();
                assertThat(found.value() / factors[i] - expected.value())
                        .isBetween(-1e-7 * expected.standardError(), 1e-7 * expected.standardError());
                assertThat(found.standardError() / factors[i] / expected.standardError())
                        .isBetween(1 - 1e-7, 1 + 1e-7);
            }
        }
    }

    @Test
    void averagesAreThoseOfTheUnitsInTheOutcomesUnit() {
        draw(6, 1.2);

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        double mean = effects.effects().stream()
                .mapToDouble(unit -> unit.att().value())
                .average()
                .orElseThrow();
        assertThat(effects.averages(1).att().value() / mean).isBetween(1 - 1e-12, 1 + 1e-12);
    }

    @Test
    void oneRowInAnotherUnitOfMeasurementChangesNothingElse() {
        draw(7, .1);
        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));
        for (int j = 0; j < PERIODS; j++) {
            outcomes[9][j] *= 1000;
        }

        UnitEffects other = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        for (int i = 0; i < UNITS; i++) {
            Estimate expected = effects.effect(i, 1).att();
            Estimate found = other.effect(i, 1).att();
            double factor = i == 9 ? 1000 : 1;
            double most = (i == 9 ? 1 : .6) * expected.standardError();
            assertThat(found.value() / factor - expected.value()).isBetween(-most, most);
            assertThat(found.standardError() / factor / expected.standardError())
                    .isBetween(.8, 1.25);
        }
    }

    /** Units with strong loadings move more than others, but are not larger. */
    @Test
    void loadingsAreNoSizes() {
        SplittableRandom random = new SplittableRandom(8);
        double[] factor = random.doubles(PERIODS, -2, 2).toArray();
        for (int i = 0; i < UNITS; i++) {
            double level = random.nextGaussian();
            double loading = 3 * random.nextGaussian();
            for (int j = 0; j < PERIODS; j++) {
                arms[i][j] = random.nextInt(2);
                outcomes[i][j] = level + loading * factor[j] + arms[i][j] + .5 * random.nextGaussian();
            }
        }

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        assertThat(effects.effects())
                .allSatisfy(unit -> assertThat(unit.att().value()).isBetween(.5, 1.5));
    }
}
