package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.PredictedEffect;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is said of units that lack an arm. */
class PredictedEffectTest {

    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(1);

    @Test
    void theyStayWithoutAnEstimate() throws IOException {
        UnitEffects effects = ESTIMATOR.fit(Tables.panel("factormodel/gaps.csv"));

        List<String> lacking = effects.effects().stream()
                .filter(unit -> !unit.ate().isAvailable() && unit.treatedPeriods() + unit.controlPeriods() > 0)
                .map(UnitEffect::unit)
                .toList();

        assertThat(lacking).isNotEmpty();
        assertThat(effects.predictions()).extracting(PredictedEffect::unit).containsExactlyElementsOf(lacking);
        assertThat(effects.predictions()).allSatisfy(predicted -> {
            assertThat(predicted.arm()).isEqualTo(1);
            assertThat(predicted.ate().standardError()).isPositive();
        });
    }

    @Test
    void algorithm1MakesNone() throws IOException {
        assertThat(SpectralEstimator.withDefaults()
                        .withBackend("ejml")
                        .fit(Tables.panel("factormodel/gaps.csv"))
                        .predictions())
                .isEmpty();
    }

    @Test
    void aUnitThatWasNeverSeenHasNoPrediction() {
        Panel panel = Draws.random(3, 20, 12, 2, 0);
        Panel emptied = Draws.with(panel, (unit, period, arm, former) -> unit == 7 ? Double.NaN : former);

        assertThat(ESTIMATOR.fit(emptied).predictions()).isEmpty();
    }

    @Test
    void theIntervalHoldsTheEffectOfUntreatedUnitsAsOftenAsItSays() {
        int held = 0;
        int predictions = 0;
        double error = 0;
        for (long seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] outcomes = new double[120][40];
            int[][] arms = new int[120][40];
            double[] truth = new double[120];
            double[] factor = random.doubles(40, -1.7, 1.7).toArray();
            for (int i = 0; i < 120; i++) {
                double level = random.nextGaussian();
                double loading = random.nextGaussian();
                // Effects go with levels, as far as to be predicted from them.
                truth[i] = 1 + level + 0.3 * random.nextGaussian();
                for (int j = 0; j < 40; j++) {
                    arms[i][j] = i < 40 ? 0 : random.nextInt(2);
                    outcomes[i][j] = level + loading * factor[j] + arms[i][j] * truth[i] + 0.5 * random.nextGaussian();
                }
            }
            UnitEffects effects = ESTIMATOR.withRankLimit(3).fit(Draws.panel(outcomes, arms));
            assertThat(effects.predictions()).hasSize(40);
            for (int i = 0; i < 40; i++) {
                Estimate ate = effects.predictions().get(i).ate();
                held += ate.interval(0.95).contains(truth[i]) ? 1 : 0;
                error += Math.pow(ate.value() - truth[i], 2);
                predictions++;
            }
        }

        // The spread of effects given the level is 0.3, and of effects 1.04.
        assertThat(Math.sqrt(error / predictions)).isLessThan(0.4);
        assertThat((double) held / predictions).isBetween(0.9, 0.99);
    }

    @Test
    void bandsAndCellsLeaveThemOut() throws IOException {
        UnitEffects effects = ESTIMATOR.withConfidenceLevel(0.9).fit(Tables.panel("factormodel/gaps.csv"));
        int known = (int) effects.effects().stream()
                .filter(unit -> unit.ate().isAvailable())
                .count();

        for (int unit = 0; unit < effects.panel().units(); unit++) {
            Estimate ate = effects.effect(unit, 1).ate();
            Estimate cell = effects.cellEffect(unit, 1, 2);
            assertThat(cell.isAvailable()).isEqualTo(ate.isAvailable());
            assertThat(effects.simultaneousIntervals().get(unit).isPresent()).isEqualTo(ate.isAvailable());
            if (ate.isAvailable()) {
                assertThat(effects.simultaneousIntervals().get(unit)).hasValue(ate.simultaneousInterval(0.9, known));
                assertThat(cell.value())
                        .isCloseTo(effects.effectMatrix().get(unit, 2), org.assertj.core.api.Assertions.within(1e-12));
            }
        }
    }
}
