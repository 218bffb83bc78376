package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.assignment.EventTimes;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares variances of averages over units with those from the joint covariance of all units' effects. */
class AverageErrorSumsTest {

    private static final int UNITS = 9;
    private static final int PERIODS = 12;

    private final SplittableRandom random = new SplittableRandom(4);

    @ParameterizedTest
    @CsvSource({"3, false, 1", "3, false, 2", "2, true, 1"})
    void equalThoseOfTheJointPosterior(int rank, boolean constantEffects, int treatments) {
        Dimensions size = new Dimensions(rank, 0, constantEffects, treatments, 0);
        int e = size.effects();
        int p = size.coefficients();
        FactorState state = new FactorState(size, UNITS, PERIODS);
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        Arrays.setAll(state.covariance, j -> covariance(size.latent()));
        state.coefficients = normals(UNITS * p);
        SharedUncertainty shared =
                new SharedUncertainty(covariance(p), covariance(p), new double[e], new double[e * e]);
        PeriodMoments table = PeriodMoments.of(state, false);
        byte[] arms = new byte[UNITS * PERIODS];
        for (int k = 0; k < arms.length; k++) {
            arms[k] = (byte) (random.nextInt(treatments + 2) - 1);
        }
        RowBlock block = new RowBlock(0, UNITS, PERIODS, new double[arms.length], arms);
        EffectUncertainty[] uncertainty = new EffectUncertainty[UNITS];
        // Merges two sums, like those of two blocks.
        AverageSums sums = new AverageSums(size, PERIODS, p);
        AverageSums later = new AverageSums(size, PERIODS, p);
        CellVariances cells = new CellVariances(state, null);
        double inflation = FactorEffects.inflation(p, UNITS);
        int arm = treatments;
        int[][] times = new int[UNITS][PERIODS];
        for (int unit = 0; unit < UNITS; unit++) {
            uncertainty[unit] = new EffectUncertainty(p, e);
            System.arraycopy(covariance(e), 0, uncertainty[unit].unitCovariance, 0, e * e);
            uncertainty[unit].sensitivity = normals(p * e);
            EventTimes.label(
                    block.arms(),
                    unit * PERIODS,
                    arm,
                    IntStream.range(0, PERIODS).toArray(),
                    times[unit]);
            AverageSums target = unit < 4 ? sums : later;
            for (int each = 1; each <= treatments; each++) {
                double[] d = effects(state, unit, each);
                target.eventTimes(each).add(times[unit], table, new double[0][], d, uncertainty[unit]);
                target.add(each, uncertainty[unit]);
                target.add(each, 0, 1, 0, 0, new double[p], d);
                cells.set(each, unit, uncertainty[unit], shared.meanCovariance(), inflation);
            }
        }
        sums.add(later);
        FactorEffects found = new FactorEffects(treatments, UNITS);
        sums.finish(found, state, shared, new SharedNoise(state, new int[PERIODS]), UNITS);

        for (int j = 0; j < PERIODS; j++) {
            boolean[][] column = new boolean[UNITS][PERIODS];
            for (int unit = 0; unit < UNITS; unit++) {
                column[unit][j] = true;
                boolean[][] cell = new boolean[UNITS][PERIODS];
                cell[unit][j] = true;
                assertThat(cells.variance(arm, unit, j))
                        .isCloseTo(variance(state, shared, uncertainty, arm, cell), percent());
            }
            assertThat(found.periodVariance(arm, j))
                    .isCloseTo(variance(state, shared, uncertainty, arm, column), percent());
        }
        int compared = 0;
        for (int time = 0; time < PERIODS; time++) {
            boolean[][] members = new boolean[UNITS][PERIODS];
            boolean any = false;
            for (int unit = 0; unit < UNITS; unit++) {
                for (int j = 0; j < PERIODS; j++) {
                    members[unit][j] = times[unit][j] == time;
                    any |= members[unit][j];
                }
            }
            if (any) {
                compared++;
                assertThat(found.eventTimeVariance(arm, time))
                        .isCloseTo(variance(state, shared, uncertainty, arm, members), percent());
            } else {
                assertThat(found.eventTimeVariance(arm, time)).isNaN();
            }
        }
        assertThat(compared).isGreaterThan(2);
    }

    /** The variance of the mean effect of some cells, cell pair by cell pair. */
    private static double variance(
            FactorState state,
            SharedUncertainty shared,
            EffectUncertainty[] uncertainty,
            int arm,
            boolean[][] members) {
        int p = state.size.coefficients();
        int g = state.size.latent();
        double sum = 0;
        double count = 0;
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < PERIODS; j++) {
                if (!members[i][j]) {
                    continue;
                }
                count++;
                double[] v = direction(state, j);
                double[] pull = SmallMatrices.times(uncertainty[i].sensitivity, v, p, v.length, 1);
                double[] d = effects(state, i, arm);
                for (int k = 0; k < UNITS; k++) {
                    for (int l = 0; l < PERIODS; l++) {
                        if (!members[k][l]) {
                            continue;
                        }
                        double[] w = direction(state, l);
                        double[] other = SmallMatrices.times(uncertainty[k].sensitivity, w, p, w.length, 1);
                        double coefficients = SmallMatrices.form(pull, shared.meanCovariance(), other, p)
                                + (i == k ? SmallMatrices.form(v, uncertainty[i].unitCovariance, w, v.length) : 0);
                        sum += FactorEffects.inflation(p, UNITS) * coefficients;
                        double[] b = effects(state, k, arm);
                        for (int a = 1; j == l && a < v.length; a++) {
                            for (int c = 1; c < v.length; c++) {
                                sum += d[a] * state.covariance[j][(a - 1) * g + c - 1] * b[c];
                            }
                        }
                    }
                }
            }
        }
        return sum / (count * count);
    }

    private static double[] direction(FactorState state, int period) {
        double[] direction = new double[state.size.effects()];
        Arrays.setAll(direction, k -> k == 0 ? 1 : state.latent[k - 1][period]);
        return direction;
    }

    private static double[] effects(FactorState state, int unit, int arm) {
        int first = unit * state.size.coefficients() + state.size.firstEffect(arm);
        return Arrays.copyOfRange(state.coefficients, first, first + state.size.effects());
    }

    private double[] normals(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, k -> random.nextGaussian());
        return values;
    }

    private double[] covariance(int n) {
        double[] root = normals(n * n);
        return SmallMatrices.symmetric(SmallMatrices.times(root, SmallMatrices.transposed(root, n, n), n, n, n), n);
    }

    private static Percentage percent() {
        return Percentage.withPercentage(1e-8);
    }
}
