package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The difference of means and two-way fixed effects, and the worst row. */
class ComparisonsTest {

    private static final int UNITS = 14;
    private static final int PERIODS = 11;

    /** Three arms and gaps; unit 3 was never in arm 2, unit 4 never in control, and period 6 has no cell. */
    private static Panel panel(double factor) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] outcomes = new double[UNITS][PERIODS];
        int[][] arms = new int[UNITS][PERIODS];
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < PERIODS; j++) {
                arms[i][j] = i == 3 ? random.nextInt(2) : i == 4 ? 1 + random.nextInt(2) : random.nextInt(3);
                outcomes[i][j] = j == 6 || random.nextInt(5) == 0
                        ? Double.NaN
                        : factor * (10 + i + j * j * 0.1 + arms[i][j] * i + random.nextGaussian());
            }
        }
        return Panel.of(outcomes, arms, names(UNITS), names(PERIODS));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** By alternating between units and periods until nothing moves. */
    private static double[] slowFixedEffects(Panel panel, int arm) {
        double[][] levels = new double[3][UNITS];
        double[] periods = new double[PERIODS];
        for (int sweep = 0; sweep < 20_000; sweep++) {
            for (int i = 0; i < UNITS; i++) {
                for (int a = 0; a < 3; a++) {
                    double sum = 0;
                    int cells = 0;
                    for (int j = 0; j < PERIODS; j++) {
                        if (panel.isObserved(i, j) && panel.arm(i, j) == a) {
                            sum += panel.outcome(i, j) - periods[j];
                            cells++;
                        }
                    }
                    levels[a][i] = sum / cells;
                }
            }
            for (int j = 0; j < PERIODS; j++) {
                double sum = 0;
                int cells = 0;
                for (int i = 0; i < UNITS; i++) {
                    if (panel.isObserved(i, j)) {
                        sum += panel.outcome(i, j) - levels[panel.arm(i, j)][i];
                        cells++;
                    }
                }
                periods[j] = cells == 0 ? 0 : sum / cells;
            }
        }
        return IntStream.range(0, UNITS)
                .mapToDouble(i -> levels[arm][i] - levels[0][i])
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fixedEffectsAreThoseOfAlternatingLeastSquares(int arm) {
        double[] expected = slowFixedEffects(panel(1), arm);
        double[] effects = TwoWayFixedEffects.effects(panel(1), arm);
        assertThat(effects).hasSize(UNITS);
        assertThat(effects[4]).isNaN();
        assertThat(Double.isNaN(effects[3])).isEqualTo(arm == 2);
        for (int i = 0; i < UNITS; i++) {
            if (!Double.isNaN(expected[i])) {
                assertThat(effects[i]).isCloseTo(expected[i], offset(expected[i], 1e-8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e150})
    void effectsScaleWithOutcomes(double factor) {
        double[] plain = TwoWayFixedEffects.effects(panel(1), 1);
        double[] scaled = TwoWayFixedEffects.effects(panel(factor), 1);
        for (int i = 0; i < UNITS; i++) {
            if (!Double.isNaN(plain[i])) {
                assertThat(scaled[i] / factor).isCloseTo(plain[i], offset(plain[i], 1e-9));
            }
        }
    }

    @Test
    void differenceOfMeansIsWhatItSays() {
        Panel panel = Panel.of(
                new double[][] {{1, 2, 3, Double.NaN}, {5, 5, 5, 5}},
                new int[][] {{0, 1, 1, 0}, {0, 0, 0, 0}},
                names(2),
                names(4));
        assertThat(DifferenceOfMeans.effects(panel, 1)).containsExactly(1.5, Double.NaN);
        assertThatThrownBy(() -> DifferenceOfMeans.effects(panel, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> TwoWayFixedEffects.effects(panel, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void worstRowIsTheLargestErrorOfARow() {
        var loadings = DenseMatrix.wrap(new double[] {1, 2, 3}, 3, 1);
        var factors = DenseMatrix.wrap(new double[] {1, -1, 1, -1}, 1, 4);
        LowRankMatrix truth = LowRankMatrix.of(loadings, factors);
        loadings.set(1, 0, 2.5);
        LowRankMatrix estimate = LowRankMatrix.of(loadings, factors);
        assertThat(estimate.worstRowError(truth)).isCloseTo(0.5, within(1e-15));
        assertThat(truth.worstRowError(truth)).isZero();
        assertThat(truth.get(1, 1)).as("a copy was kept").isEqualTo(-2);
        assertThatThrownBy(() -> LowRankMatrix.of(factors, factors)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Offset<Double> offset(double value, double relative) {
        return within(relative * (1 + Math.abs(value)));
    }
}
