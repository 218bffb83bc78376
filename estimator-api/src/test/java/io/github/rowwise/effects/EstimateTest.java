package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {

    private static final PassRunner ALONE = new BlockRunner(RowBlocks.NONE, 1);

    @Test
    void withoutAnEstimateThereIsAReasonInPlaceOfEveryNumber() {
        Estimate none = Estimate.unavailable("never treated");

        assertThat(none.isAvailable()).isFalse();
        assertThat(none.hasStandardError()).isFalse();
        assertThatThrownBy(none::value)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("never treated");
        assertThatThrownBy(none::standardError)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("never treated");
        assertThatThrownBy(() -> none.interval(0.95)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(none::pValue).isInstanceOf(NoSuchElementException.class);
        assertThat(none).hasToString("none (never treated)");
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "NaN, 5", "Infinity, 5", "1, 0", "1, NaN", "-1, 5"})
    void aStandardErrorThatIsNoneIsNotGiven(double standardError, double degreesOfFreedom) {
        Estimate estimate = Estimate.of(3, standardError, degreesOfFreedom);

        assertThat(estimate.value()).isEqualTo(3);
        assertThat(estimate.hasStandardError()).isFalse();
        assertThatThrownBy(estimate::standardError).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> estimate.interval(0.9)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(estimate::pValue).isInstanceOf(NoSuchElementException.class);
        assertThat(estimate).hasToString("3.0");
    }

    @ParameterizedTest
    @CsvSource({"0.95, 1, 7", "0.95, 12, 4", "0.5, 300, 1000", "0.99, 100000, 30", "0.9, 1000000, 4"})
    void aBandHoldsAllOfIndependentEstimatesAtItsLevel(double level, int estimates, double degreesOfFreedom) {
        Estimate estimate = Estimate.of(3, 0.5, degreesOfFreedom);

        Interval part = estimate.simultaneousInterval(level, estimates);

        double out = 2 * TDistribution.of(degreesOfFreedom).survivalProbability((part.upper() - 3) / 0.5);
        assertThat(Math.exp(estimates * Math.log1p(-out))).isCloseTo(level, within(1e-9));
        assertThat(3 - part.lower()).isCloseTo(part.upper() - 3, within(1e-12));
        assertThat(part.upper()).isGreaterThanOrEqualTo(estimate.interval(level).upper() - 1e-12);
    }

    @Test
    void aBandNeedsALevelANumberAndAStandardError() {
        Estimate estimate = Estimate.of(3, 0.5, 9);

        assertThatThrownBy(() -> estimate.simultaneousInterval(95, 2)).hasMessageContaining("95.0");
        assertThatThrownBy(() -> estimate.simultaneousInterval(0.95, 0)).hasMessageContaining("0 estimates");
        assertThatThrownBy(() -> Estimate.withoutStandardError(1).simultaneousInterval(0.95, 2))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 7, 0.95", "-3, 0.25, 2.5, 0.5", "1e-160, 1e-161, 30, 0.999", "1e150, 1e149, 1e6, 0.9"})
    void intervalAndPValueAreStudents(double value, double standardError, double degreesOfFreedom, double level) {
        Estimate estimate = Estimate.of(value, standardError, degreesOfFreedom);
        TDistribution t = TDistribution.of(degreesOfFreedom);
        double half = standardError * t.inverseSurvivalProbability((1 - level) / 2);

        Interval interval = estimate.interval(level);
        assertThat((interval.upper() - value) / half).isCloseTo(1, within(1e-9));
        assertThat((value - interval.lower()) / half).isCloseTo(1, within(1e-9));
        assertThat(estimate.pValue() / (2 * t.survivalProbability(Math.abs(value) / standardError)))
                .isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.95, 0.999})
    void theIntervalHoldsZeroWhereThePValueIsAboveOneMinusTheLevel(double level) {
        for (double value = -6; value < 6; value += 0.11) {
            Estimate estimate = Estimate.of(value, 1.3, 6);
            assertThat(estimate.interval(level).contains(0)).isEqualTo(estimate.pValue() > 1 - level);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void aLevelOutsideZeroToOneIsRejectedByItsValue(double level) {
        assertThatThrownBy(() -> Estimate.of(1, 1, 5).interval(level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Double.toString(level))
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void anIntervalHoldsItsEnds() {
        Interval interval = new Interval(-1, 2);

        assertThat(interval.contains(-1)).isTrue();
        assertThat(interval.contains(2)).isTrue();
        assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
        assertThat(interval.contains(Math.nextDown(-1.0))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -3, 1e-160, 1e150})
    void anAverageHasTheVarianceOfIndependentEstimates(double unit) {
        Estimate average = WeightedAverage.of(
                List.of(
                        Estimate.of(1 * unit, 2 * Math.abs(unit), 4),
                        Estimate.of(4 * unit, 1 * Math.abs(unit), 9),
                        Estimate.withoutStandardError(7 * unit)),
                ALONE);
        // Variances 4 and 1, and 2.5 for the one without: 7.5 / 9. Satterthwaite: 5^2 / (16 / 4 + 1 / 9).
        TDistribution t = TDistribution.of(25 / (4 + 1 / 9.0));

        assertThat(average.value() / unit).isCloseTo(4, within(1e-12));
        assertThat(average.standardError() / Math.abs(unit)).isCloseTo(Math.sqrt(7.5) / 3, within(1e-12));
        assertThat(average.pValue()).isCloseTo(2 * t.survivalProbability(4 / (Math.sqrt(7.5) / 3)), within(1e-12));
    }

    @Test
    void anAverageOfNoneGivesAReason() {
        assertThat(WeightedAverage.of(List.of(), ALONE).isAvailable()).isFalse();
        assertThat(WeightedAverage.of(List.of(), ALONE)).hasToString("none (no unit is estimable)");
    }

    @Test
    void anAverageOfEstimatesWithoutStandardErrorsHasNone() {
        Estimate average =
                WeightedAverage.of(List.of(Estimate.withoutStandardError(1), Estimate.withoutStandardError(2)), ALONE);

        assertThat(average.value()).isEqualTo(1.5);
        assertThat(average.hasStandardError()).isFalse();
    }

    @Test
    void infiniteDegreesOfFreedomAreThoseOfTheNormalDistribution() {
        Estimate normal = Estimate.of(1.959963984540054, 1, Double.POSITIVE_INFINITY);

        assertThat(normal.pValue()).isCloseTo(0.05, within(1e-8));
        assertThat(normal.quantile(0.95)).isCloseTo(1.959963984540054, within(1e-7));
        assertThat(normal.degreesOfFreedom()).isInfinite();
    }
}
