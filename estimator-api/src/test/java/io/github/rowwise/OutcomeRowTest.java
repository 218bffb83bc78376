package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Completed outcomes of cells if effects depend on the time since the start of treatment. */
class OutcomeRowTest {

    private static final int UNITS = 30;
    private static final int PERIODS = 24;

    /** Effects that build up from 0 to 2 over a few periods; unit 0 is never treated. */
    private static UnitEffects fit(EffectsForm form) {
        SplittableRandom random = new SplittableRandom(7);
        var builder = Panel.builder();
        for (int unit = 0; unit < UNITS; unit++) {
            int stay = 0;
            for (int period = 0; period < PERIODS; period++) {
                boolean isTreated = unit > 0 && (period + 3 * unit) / 8 % 2 == 1;
                stay = isTreated ? stay + 1 : 0;
                double outcome = unit % 4 + random.nextGaussian() * .2 + 2 * (1 - Math.exp(-stay / 3.0));
                if (random.nextInt(20) > 0) {
                    builder.add("u" + unit, "" + period, isTreated ? 1 : 0, outcome);
                }
            }
        }
        return FactorModelEstimator.withDefaults().withEffects(form).fit(builder.build());
    }

    @Test
    void differencesOfRowsAreTheEffectsOfCells() {
        UnitEffects effects = fit(EffectsForm.ONSET);
        double largest = 0;
        for (int unit = 1; unit < UNITS; unit++) {
            double[] treated = effects.outcomeRow(unit, 1);
            double[] control = effects.outcomeRow(unit, 0);
            double[] atAverageTime = effects.outcomeMatrix(1).row(unit);
            assertThat(control).isEqualTo(effects.outcomeMatrix(0).row(unit));
            for (int period = 0; period < PERIODS; period++) {
                assertThat(treated[period] - control[period])
                        .isCloseTo(effects.cellEffect(unit, 1, period).value(), within(1e-12));
                if (effects.panel().arm(unit, period) == 0) {
                    assertThat(treated[period]).isEqualTo(atAverageTime[period]);
                }
                largest = Math.max(largest, Math.abs(treated[period] - atAverageTime[period]));
            }
        }
        assertThat(largest).isGreaterThan(.5);
        assertThatThrownBy(() -> effects.outcomeRow(0, 1)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> effects.outcomeRow(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void withoutOnsetTermsRowsAreThoseOfTheMatrix() {
        UnitEffects effects = fit(EffectsForm.CONSTANT);
        for (int arm = 0; arm < 2; arm++) {
            assertThat(effects.outcomeRow(3, arm))
                    .isEqualTo(effects.outcomeMatrix(arm).row(3));
        }
    }

    @Test
    void residualsAreThoseOfTheCells() {
        UnitEffects effects = fit(EffectsForm.ONSET);
        Panel panel = effects.panel();
        double products = 0;
        double earlier = 0;
        double later = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            double[] residuals = new double[PERIODS];
            Arrays.fill(residuals, Double.NaN);
            for (int period = 0; period < PERIODS; period++) {
                int arm = panel.arm(unit, period);
                if (arm >= 0) {
                    residuals[period] = panel.outcome(unit, period) - effects.outcomeRow(unit, arm)[period];
                }
                if (period > 0 && !Double.isNaN(residuals[period] + residuals[period - 1])) {
                    products += residuals[period] * residuals[period - 1];
                    earlier += residuals[period - 1] * residuals[period - 1];
                    later += residuals[period] * residuals[period];
                }
            }
        }
        assertThat(ResidualCorrelation.of(effects).value().orElseThrow())
                .isCloseTo(products / Math.sqrt(earlier * later), within(1e-9));
    }
}
