package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    private static final double NONE = Double.NaN;

    @Test
    void errorsAreCountedUnitByUnit() {
        Accuracy accuracy = Accuracy.of(new double[] {1.5, NONE, 2, 4}, new double[] {1, 1, NONE, 5});
        // Two units count, with errors of 0.5 and -1.
        assertThat(accuracy.units()).isEqualTo(2);
        assertThat(accuracy.bias()).isEqualTo(-0.25);
        assertThat(accuracy.rmse()).isCloseTo(Math.sqrt(1.25 / 2), within(1e-15));
        assertThat(accuracy.coverage()).isNaN();
        assertThat(accuracy.worstRow()).isNaN();
    }

    @Test
    void rankCorrelationIsSpearmans() {
        double[] values = {3, -1, 2, 10};
        assertThat(Accuracy.of(values, new double[] {30, -10, 20, 100}).rankCorrelation())
                .isEqualTo(1);
        assertThat(Accuracy.of(values, new double[] {-3, 1, -2, -10}).rankCorrelation())
                .isEqualTo(-1);
        assertThat(Accuracy.of(new double[] {1, 2, 3}, new double[] {1, 3, 2}).rankCorrelation())
                .isEqualTo(0.5);
        // Ties share their ranks: (0, 1.5, 1.5, 3) against (0, 1, 2, 3).
        assertThat(Accuracy.of(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4})
                        .rankCorrelation())
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-15));
        assertThat(Accuracy.of(new double[] {1, 1}, new double[] {1, 2}).rankCorrelation())
                .isNaN();
    }

    @Test
    void intervalsAreCountedWhereThereAreAny() {
        List<Estimate> estimates = List.of(
                Estimate.of(1, 0.1, 1e6),
                Estimate.of(1, 0.1, 1e6),
                Estimate.withoutStandardError(1),
                Estimate.unavailable("no cell"));
        Accuracy accuracy = Accuracy.of(estimates, new double[] {1.1, 1.3, 1, 1}, 0.95);
        assertThat(accuracy.units()).isEqualTo(3);
        assertThat(accuracy.coverage()).isEqualTo(0.5);
        assertThat(accuracy.width()).isCloseTo(2 * 1.96 * 0.1, within(1e-4));
        double rmse = Math.sqrt((0.01 + 0.09) / 3);
        assertThat(accuracy.widthOverNeeded(0.95)).isCloseTo(0.1 / rmse, within(1e-4));
    }

    @Test
    void drawsAddUp() {
        Accuracy first = Accuracy.of(new double[] {1, 2}, new double[] {0, 0}).withWorstRow(3);
        Accuracy second = Accuracy.of(new double[] {-1, 5}, new double[] {0, 1}).withWorstRow(5);
        Accuracy both = first.plus(second);
        assertThat(both.draws()).isEqualTo(2);
        assertThat(both.units()).isEqualTo(4);
        assertThat(both.bias()).isEqualTo(6.0 / 4);
        assertThat(both.rmse()).isCloseTo(Math.sqrt(22.0 / 4), within(1e-15));
        assertThat(both.worstRow()).isEqualTo(4);
        // The first draw has no order to compare: the truths are equal.
        assertThat(both.rankCorrelation()).isEqualTo(1);
    }

    @Test
    void lengthsMustBeEqual() {
        assertThatThrownBy(() -> Accuracy.of(new double[3], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 estimates for 2 true effects: give one of each per unit");
    }
}
