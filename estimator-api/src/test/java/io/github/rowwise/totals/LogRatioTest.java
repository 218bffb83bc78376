package io.github.rowwise.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The delta method against draws of the effects, whose errors the units share in part. */
class LogRatioTest {

    private static final int UNITS = 9;
    private static final int DRAWS = 60_000;
    private static final Percentage TWO_PERCENT = Percentage.withPercentage(2);

    private final double[] effects = new double[UNITS];

    /** Roots of the covariance: an error of each unit's own, then two that all share. */
    private final double[][] roots = new double[UNITS][UNITS + 2];

    private final double[] treated = new double[UNITS];
    private final double[] control = new double[UNITS];
    private final int[] treatedCells = new int[UNITS];
    private final int[] controlCells = new int[UNITS];

    LogRatioTest() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < UNITS; i++) {
            effects[i] = 0.3 + 0.4 * random.nextGaussian();
            roots[i][i] = 0.02 + 0.1 * random.nextDouble();
            roots[i][UNITS] = 0.06 * random.nextDouble();
            roots[i][UNITS + 1] = 0.05 * (random.nextDouble() - 0.5);
            treatedCells[i] = 1 + random.nextInt(20);
            controlCells[i] = 1 + random.nextInt(20);
            treated[i] = treatedCells[i] * Math.exp(1.5 * random.nextGaussian());
            control[i] = controlCells[i] * Math.exp(1.5 * random.nextGaussian());
        }
    }

    /** What a result gives: the average with the standard error of its own and its shared errors. */
    private Estimate average(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double value = 0;
        double[] combined = new double[UNITS + 2];
        for (int i = 0; i < UNITS; i++) {
            value += weights[i] / sum * effects[i];
            for (int k = 0; k < combined.length; k++) {
                combined[k] += weights[i] / sum * roots[i][k];
            }
        }
        double variance = Arrays.stream(combined).map(x -> x * x).sum();
        return Estimate.of(value, Math.sqrt(variance), Double.POSITIVE_INFINITY);
    }

    private double[] draws(ToDoubleFunction<double[]> ratio) {
        SplittableRandom random = new SplittableRandom(11);
        double[] found = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] errors = new double[UNITS + 2];
            Arrays.setAll(errors, k -> random.nextGaussian());
            double[] drawn = effects.clone();
            for (int i = 0; i < UNITS; i++) {
                for (int k = 0; k < errors.length; k++) {
                    drawn[i] += roots[i][k] * errors[k];
                }
            }
            found[draw] = ratio.applyAsDouble(drawn);
        }
        Arrays.sort(found);
        return found;
    }

    private void assertAsDrawn(Estimate estimate, ToDoubleFunction<double[]> ratio) {
        double[] drawn = draws(theta -> Math.log(ratio.applyAsDouble(theta)));
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double deviation =
                Math.sqrt(Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).sum() / (DRAWS - 1));
        assertThat(estimate.standardError()).isCloseTo(deviation, TWO_PERCENT);
        assertThat(estimate.value()).isCloseTo(Math.log(ratio.applyAsDouble(effects)), within(1e-12));
        // The interval of the percentage has the width of the draws' quantiles.
        Interval interval = estimate.interval(0.95);
        double least = Math.exp(drawn[(int) (0.025 * DRAWS)]);
        double greatest = Math.exp(drawn[(int) (0.975 * DRAWS)]);
        assertThat(Math.exp(interval.upper()) - Math.exp(interval.lower()))
                .isCloseTo(greatest - least, Percentage.withPercentage(3));
    }

    @Test
    void logarithmsOverTreatedCells() {
        assertAsDrawn(LogRatio.overTreatedCells(treated, effects, this::average), theta -> {
            double under = 0;
            double without = 0;
            for (int i = 0; i < UNITS; i++) {
                under += treated[i];
                without += treated[i] / Math.exp(theta[i]);
            }
            return under / without;
        });
    }

    @Test
    void logarithmsOverAllCells() {
        assertAsDrawn(LogRatio.overLogarithms(treated, control, effects, this::average), theta -> {
            double under = 0;
            double without = 0;
            for (int i = 0; i < UNITS; i++) {
                under += treated[i] + control[i] * Math.exp(theta[i]);
                without += treated[i] / Math.exp(theta[i]) + control[i];
            }
            return under / without;
        });
    }

    @Test
    void levelsOverAllCells() {
        double[] outcomes = new double[UNITS];
        Arrays.setAll(outcomes, i -> treated[i] + control[i] + 2 * treatedCells[i]);
        assertAsDrawn(LogRatio.overLevels(outcomes, treatedCells, controlCells, effects, this::average), theta -> {
            double under = 0;
            double without = 0;
            for (int i = 0; i < UNITS; i++) {
                under += outcomes[i] + controlCells[i] * theta[i];
                without += outcomes[i] - treatedCells[i] * theta[i];
            }
            return under / without;
        });
    }

    /** Units that share an error are not independent: without it the standard error would be too small. */
    @Test
    void sharedErrorsCount() {
        double shared =
                LogRatio.overTreatedCells(treated, effects, this::average).standardError();
        for (double[] of : roots) {
            of[UNITS] = 0;
            of[UNITS + 1] = 0;
        }
        assertThat(LogRatio.overTreatedCells(treated, effects, this::average).standardError())
                .isLessThan(0.95 * shared);
    }

    @Test
    void unitsWithoutAnEffectDoNotCount() {
        Estimate all = LogRatio.overLogarithms(treated, control, effects, this::average);
        double[] more = Arrays.copyOf(effects, UNITS + 1);
        more[UNITS] = Double.NaN;
        double[] sums = Arrays.copyOf(treated, UNITS + 1);
        sums[UNITS] = 1e9;
        Estimate same = LogRatio.overLogarithms(sums, sums, more, weights -> average(Arrays.copyOf(weights, UNITS)));
        assertThat(same.value()).isNotEqualTo(all.value());
        Estimate equal = LogRatio.overLogarithms(
                sums, Arrays.copyOf(control, UNITS + 1), more, weights -> average(Arrays.copyOf(weights, UNITS)));
        assertThat(equal.value()).isEqualTo(all.value());
        assertThat(equal.standardError()).isEqualTo(all.standardError());
    }

    @Test
    void sumsThatAreNotAboveZeroHaveNoRatio() {
        double[] outcomes = new double[UNITS];
        assertThat(LogRatio.overLevels(outcomes, treatedCells, controlCells, effects, this::average))
                .hasToString("none (the mean outcome under control is not clearly above 0)");
    }

    @Test
    void effectsThatOverflowHaveNoRatio() {
        double[] large = effects.clone();
        large[3] = -800;
        assertThat(LogRatio.overTreatedCells(treated, large, this::average).isAvailable())
                .isFalse();
    }
}
