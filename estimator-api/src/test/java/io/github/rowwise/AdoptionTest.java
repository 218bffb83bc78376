package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Units that drift, and adopt a treatment once and for all. */
class AdoptionTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);
    private static final int UNITS = 60;
    private static final int PERIODS = 48;

    private final double[][] outcomes = new double[UNITS][PERIODS];
    private final int[][] arms = new int[UNITS][PERIODS];
    private final double[] truth = new double[UNITS];

    /** Draws random walks and an effect that depends on the time since adoption. */
    private void draw(long seed, IntToDoubleFunction shape) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < UNITS; i++) {
            double drift = random.nextGaussian();
            double size = 1 + .3 * random.nextGaussian();
            int start = i % 3 == 0 ? PERIODS : random.nextInt(PERIODS / 3, PERIODS - 5);
            truth[i] = 0;
            for (int j = 0; j < PERIODS; j++) {
                drift += .2 * random.nextGaussian();
                arms[i][j] = j >= start ? 1 : 0;
                double effect = j < start ? 0 : size * shape.applyAsDouble(j - start);
                truth[i] += effect / Math.max(1, PERIODS - start);
                outcomes[i][j] = 5 + drift + effect + .2 * random.nextGaussian();
            }
        }
    }

    private double coverage(UnitEffects effects) {
        int covered = 0;
        int treated = 0;
        for (int i = 0; i < UNITS; i++) {
            Estimate att = effects.effect(i, 1).att();
            if (att.isAvailable()) {
                treated++;
                covered += att.interval(.95).contains(truth[i]) ? 1 : 0;
            }
        }
        return (double) covered / treated;
    }

    @Test
    void effectsThatBuildUpAreFollowed() {
        draw(1, k -> 4 * (1 - Math.exp(-k / 8.0)));

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        FactorModel model = effects.factorModel().orElseThrow();
        assertThat(model.trends()).isPositive();
        assertThat(model.trendStandardDeviation()).isPositive();
        assertThat(model.hasOnsetTerms()).isTrue();
        assertThat(coverage(effects)).isBetween(.85, 1.0);
        List<EventTimeEffect> byEventTime = effects.byEventTime(1);
        assertThat(byEventTime.get(0).effect().value()).isBetween(-.5, .8);
        for (int k : new int[] {4, 8, 12}) {
            double mean = 4 * (1 - Math.exp(-k / 8.0));
            assertThat(byEventTime.get(k).effect().value()).isBetween(mean - .8, mean + .8);
        }
    }

    @Test
    void effectsThatWearOffAreFollowed() {
        draw(2, k -> 4 * Math.exp(-k / 6.0));

        UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

        assertThat(effects.factorModel().orElseThrow().hasOnsetTerms()).isTrue();
        assertThat(coverage(effects)).isBetween(.85, 1.0);
        assertThat(effects.byEventTime(1).get(0).effect().value())
                .isGreaterThan(effects.byEventTime(1).get(12).effect().value() + 2);
    }

    @Test
    void constantEffectsHaveNoOnsetTerms() {
        for (double effect : new double[] {0, 1}) {
            draw(3, k -> effect);

            UnitEffects effects = ESTIMATOR.fit(Draws.panel(outcomes, arms));

            assertThat(effects.factorModel().orElseThrow().hasOnsetTerms()).isFalse();
            assertThat(coverage(effects)).isBetween(.85, 1.0);
        }
    }

    /** The cells of a unit average to its ATT, and the effect in a cell follows the time since adoption. */
    @Test
    void cellsAddUpToTheUnit() {
        draw(4, k -> .4 * k);
        UnitEffects effects = ESTIMATOR.withCellErrors(true).fit(Draws.panel(outcomes, arms));
        assertThat(effects.factorModel().orElseThrow().hasOnsetTerms()).isTrue();
        for (int i = 1; i < UNITS; i += 3) {
            double sum = 0;
            int cells = 0;
            double before = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < PERIODS; j++) {
                if (arms[i][j] == 1) {
                    Estimate cell = effects.cellEffect(i, 1, j);
                    assertThat(cell.standardError()).isPositive();
                    assertThat(cell.value()).isGreaterThan(before);
                    before = cell.value();
                    sum += cell.value();
                    cells++;
                }
            }
            double att = effects.effect(i, 1).att().value();
            assertThat(sum / cells).isBetween(att - 1e-9, att + 1e-9);
        }
    }

    /** A unit that was always treated says nothing about its effect, whatever its level. */
    @Test
    void unitsThatWereAlwaysTreatedDoNotMoveTheEffects() {
        draw(5, k -> 1);
        double[][] more = new double[UNITS + 20][PERIODS];
        int[][] treated = new int[UNITS + 20][PERIODS];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < more.length; i++) {
            double drift = 40;
            for (int j = 0; j < PERIODS; j++) {
                drift += .2 * random.nextGaussian();
                more[i][j] = i < UNITS ? outcomes[i][j] : drift + .2 * random.nextGaussian();
                treated[i][j] = i < UNITS ? arms[i][j] : 1;
            }
        }

        Estimate without =
                ESTIMATOR.fit(Draws.panel(outcomes, arms)).averages(1).attOverCells();
        Estimate with = ESTIMATOR.fit(Draws.panel(more, treated)).averages(1).attOverCells();

        assertThat(with.value())
                .isBetween(without.value() - without.standardError(), without.value() + without.standardError());
    }
}
