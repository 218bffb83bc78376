package io.github.rowwise.internal.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.EvidenceBound;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallInverse;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.BlocksOf;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the sums of a pass, which are computed by arm and in batches, with a direct implementation of the model:
 * each unit's regressors cell by cell, and the inverse of the dense covariance of its noise.
 */
class GroupedSumsTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    /** One character per cell: the arm, or a dot for a missing cell. */
    private static final String[] CELLS = {
        "0123012301230",
        "..10203.1.233",
        "3210......12.",
        "1.2.3.0.1.2.3",
        "0000111122223",
        "0101010101010",
        "2222222222222",
        ".............",
        "......3......",
        "01.2301.23013",
    };

    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @CsvSource({"3, false, true", "3, true, true", "3, false, false", "1, false, true", "1, true, false"})
    void equalADirectImplementationOfTheModel(int treatments, boolean constantEffects, boolean correlated) {
        // More units than a batch, two blocks, and more periods than bits per word.
        int n = 14 * CELLS.length;
        int m = 3 * CELLS[0].length();
        PanelCounts panel = panel(n, m, treatments, correlated);
        FactorState state = state(new Dimensions(2, 0, constantEffects, treatments, 0), n, m, correlated);
        EvidenceBound.updatePooledNoise(state, panel);

        EStep.Result pass = EStep.run(panel, state, HuberClipping.none());

        int p = state.size.coefficients();
        double[] covariances = new double[p * p];
        Expected expected = new Expected(m, state.size.extended());
        for (int unit = 0; unit < n; unit++) {
            SlowUnit slow = new SlowUnit(panel, state, unit);
            assertThat(Arrays.copyOfRange(pass.coefficients, unit * p, (unit + 1) * p))
                    .containsExactly(slow.mean, CLOSE);
            double rho = pass.correlation[unit];
            assertThat(pass.residuals[unit]).isCloseTo(slow.expectedResiduals(rho), CLOSE);
            Vectors.add(covariances, slow.covariance);
            slow.addTo(expected, pass.noise[unit], rho);
        }
        CoefficientMoments all = pass.moments[0].plus(pass.moments[1]).plus(pass.moments[2]);
        assertThat(all.covariances).containsExactly(covariances, CLOSE);
        for (int j = 0; j < m; j++) {
            double now = state.periodPrecisions[j];
            double next = j + 1 < m ? state.periodPrecisions[j + 1] : 0;
            for (int a = 0; a < state.size.extended(); a++) {
                double linear = now * pass.periods.linear[a][j];
                linear += next * pass.periods.previousLinear(a, j + 1);
                assertThat(linear).isCloseTo(expected.linear[j][a], CLOSE);
                for (int c = 0; c < state.size.extended(); c++) {
                    assertThat(now * pass.periods.cross(a, c, j)).isCloseTo(expected.coupled[j][a][c], CLOSE);
                    if (a <= c) {
                        assertThat(now * pass.periods.current(a, c, j) + next * pass.periods.previous(a, c, j + 1))
                                .isCloseTo(expected.precise[j][a][c], CLOSE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1, true", "1, false"})
    void thePeriodPrecisionsMaximiseTheBound(int treatments, boolean correlated) {
        int n = 4 * CELLS.length;
        int m = CELLS[0].length();
        PanelCounts panel = panel(n, m, treatments, correlated);
        FactorState state = state(new Dimensions(2, 0, false, treatments, 0), n, m, correlated);
        EvidenceBound.updatePooledNoise(state, panel);
        EStep.Result pass = EStep.run(panel, state, HuberClipping.none());
        List<SlowUnit> units = IntStream.range(0, n)
                .mapToObj(unit -> new SlowUnit(panel, state, unit))
                .toList();

        PeriodNoiseScales.update(state, panel, pass.periods);

        double step = 1e-3;
        double top = bound(units, state, panel, pass);
        for (int j = 0; j < m; j++) {
            double precision = state.periodPrecisions[j];
            state.periodPrecisions[j] = precision * (1 + step);
            double above = bound(units, state, panel, pass);
            state.periodPrecisions[j] = precision * (1 - step);
            double below = bound(units, state, panel, pass);
            state.periodPrecisions[j] = precision;
            assertThat(top).isGreaterThan(above).isGreaterThan(below);
            // The curvature is at least 25, so that a deviation from the maximum would show in the slope.
            assertThat((above - below) / (2 * step)).isCloseTo(0, within(1e-4));
        }
    }

    /** Terms of the bound that depend on the precisions of the periods. */
    private static double bound(List<SlowUnit> units, FactorState state, PanelCounts panel, EStep.Result pass) {
        double sum = PeriodNoiseScales.bound(state, panel);
        for (int unit = 0; unit < units.size(); unit++) {
            sum -= .5 * units.get(unit).expectedResiduals(pass.correlation[unit]) / pass.noise[unit];
        }
        return sum;
    }

    /** Precision of each period, coupling with the previous period, and linear term. */
    private record Expected(double[][][] precise, double[][][] coupled, double[][] linear) {

        Expected(int m, int wide) {
            this(new double[m][wide][wide], new double[m][wide][wide], new double[m][wide]);
        }
    }

    /** One unit, cell by cell. Regressors are in the order (b, d_1, ..., d_K, 1); the last one belongs to nu. */
    private static final class SlowUnit {

        private final PanelCounts panel;
        private final FactorState state;
        private final byte[] arms;
        private final double[] y;
        private final int p;
        final double[] covariance;
        final double[] mean;
        private final double[] second;

        SlowUnit(PanelCounts panel, FactorState state, int unit) {
            this.panel = panel;
            this.state = state;
            int m = panel.periods();
            RowBlock block = BlocksOf.runner(panel.runner()).stream()
                    .filter(each -> each.firstRow() <= unit && unit < each.firstRow() + each.rows())
                    .findFirst()
                    .orElseThrow();
            int start = (unit - block.firstRow()) * m;
            this.arms = Arrays.copyOfRange(block.arms(), start, start + m);
            this.y = Arrays.copyOfRange(block.outcomes(), start, start + m);
            this.p = state.size.coefficients();
            boolean isDiffuse = panel.group(unit) == UnitGroup.NO_CONTROL;
            double[] precision = SmallInverse.of(
                    isDiffuse ? UnitBatch.diffuse(state.priorCovariance, panel) : state.priorCovariance, p);
            double[] right = SmallMatrices.times(precision, state.priorMean, p, p, 1);
            double[] q = noisePrecision(state.correlation[unit]);
            for (int j = 0; j < m; j++) {
                for (int l = 0; l < m; l++) {
                    double weight = q[j * m + l] / state.noise[unit];
                    if (weight != 0) {
                        double[] moments = regressors(j, l);
                        for (int i = 0; i < p; i++) {
                            for (int c = 0; c < p; c++) {
                                precision[i * p + c] += weight * moments[i * (p + 1) + c];
                            }
                            right[i] += weight * (regressor(j)[i] * outcome(l) - moments[i * (p + 1) + p]);
                        }
                    }
                }
            }
            this.covariance = SmallInverse.of(precision, p);
            this.mean = SmallMatrices.times(covariance, right, p, p, 1);
            double[] z = Arrays.copyOf(mean, p + 1);
            z[p] = 1;
            this.second = new double[(p + 1) * (p + 1)];
            for (int i = 0; i <= p; i++) {
                for (int c = 0; c <= p; c++) {
                    second[i * (p + 1) + c] = z[i] * z[c] + (i < p && c < p ? covariance[i * p + c] : 0);
                }
            }
        }

        private double outcome(int j) {
            return y[j] - panel.shift();
        }

        /** The inverse of the covariance of the unit's noise with innovation variance 1; zeros for missing cells. */
        private double[] noisePrecision(double rho) {
            int m = arms.length;
            double[] dense = new double[m * m];
            for (int j = 0; j < m; j++) {
                for (int l = 0; l < m; l++) {
                    int first = Math.min(j, l);
                    boolean joined =
                            IntStream.rangeClosed(first, Math.max(j, l)).allMatch(k -> arms[k] >= 0);
                    boolean apart = !joined || (!panel.correlated() && j != l);
                    double decayed = Math.pow(rho, Math.abs(j - l)) * variance(first, rho);
                    dense[j * m + l] = apart ? (j == l ? 1 : 0) : decayed;
                }
            }
            double[] inverse = SmallInverse.of(dense, m);
            for (int j = 0; j < m; j++) {
                for (int l = 0; l < m; l++) {
                    boolean zero = arms[j] < 0 || arms[l] < 0 || Math.abs(j - l) > 1;
                    inverse[j * m + l] = zero ? 0 : inverse[j * m + l];
                }
            }
            return inverse;
        }

        /** Of the noise in a cell, with innovation variance one over the period's precision. */
        private double variance(int j, double rho) {
            boolean starts = j == 0 || arms[j] < 0 || arms[j - 1] < 0 || !panel.correlated();
            return starts
                    ? 1 / (state.periodPrecisions[j] * (1 - rho * rho))
                    : rho * rho * variance(j - 1, rho) + 1 / state.periodPrecisions[j];
        }

        /** Which entry of the extended vector goes with a coefficient, in an arm; -1 where none does. */
        private int entry(int coefficient, int arm) {
            Dimensions size = state.size;
            if (coefficient == p) {
                return size.levels();
            }
            if (coefficient < size.levels()) {
                return coefficient;
            }
            int first = arm == 0 ? -1 : size.firstEffect(arm);
            return arm > 0 && coefficient >= first && coefficient < first + size.effects() ? coefficient - first : -1;
        }

        private double extended(int entry, int j) {
            return entry == 0 ? 1 : state.latent[entry - 1][j];
        }

        private double[] regressor(int j) {
            double[] x = new double[p + 1];
            for (int i = 0; i <= p; i++) {
                int entry = entry(i, arms[j]);
                x[i] = entry < 0 ? 0 : extended(entry, j);
            }
            return x;
        }

        /** Expected products of the regressors of two cells. */
        private double[] regressors(int j, int l) {
            int g = state.size.latent();
            double[] moments = new double[(p + 1) * (p + 1)];
            for (int i = 0; i <= p; i++) {
                for (int c = 0; c <= p; c++) {
                    int a = entry(i, arms[j]);
                    int b = entry(c, arms[l]);
                    if (a >= 0 && b >= 0) {
                        double uncertain = 0;
                        if (a > 0 && b > 0) {
                            int at = (a - 1) * g + b - 1;
                            int mirrored = (b - 1) * g + a - 1;
                            uncertain = j == l
                                    ? state.covariance[j][at]
                                    : j > l ? state.lagged[j][at] : state.lagged[l][mirrored];
                        }
                        moments[i * (p + 1) + c] = extended(a, j) * extended(b, l) + uncertain;
                    }
                }
            }
            return moments;
        }

        double expectedResiduals(double rho) {
            int m = arms.length;
            double[] q = noisePrecision(rho);
            double sum = 0;
            for (int j = 0; j < m; j++) {
                for (int l = 0; l < m; l++) {
                    if (q[j * m + l] != 0) {
                        double squares = SmallMatrices.inner(regressors(j, l), second);
                        double[] z = Arrays.copyOf(mean, p + 1);
                        z[p] = 1;
                        double products = outcome(j) * SmallMatrices.inner(regressor(l), z)
                                + outcome(l) * SmallMatrices.inner(regressor(j), z);
                        sum += q[j * m + l] * (outcome(j) * outcome(l) - products + squares);
                    }
                }
            }
            return sum;
        }

        /** Adds the unit's part of the sums for the periods. */
        void addTo(Expected sums, double noise, double rho) {
            int m = arms.length;
            double[] q = noisePrecision(rho);
            for (int j = 0; j < m; j++) {
                for (int l = Math.max(0, j - 1); l <= Math.min(m - 1, j + 1); l++) {
                    double weight = q[j * m + l] / noise;
                    for (int i = 0; i <= p && weight != 0; i++) {
                        int a = entry(i, arms[j]);
                        for (int c = 0; c <= p && a >= 0; c++) {
                            int b = entry(c, arms[l]);
                            if (b >= 0 && j == l) {
                                sums.precise[j][a][b] += weight * second[i * (p + 1) + c];
                            } else if (b >= 0 && l == j - 1) {
                                sums.coupled[j][a][b] -= weight * second[i * (p + 1) + c];
                            }
                        }
                        if (a >= 0) {
                            sums.linear[j][a] += weight * second[i * (p + 1) + p] * outcome(l);
                        }
                    }
                }
            }
        }
    }

    private PanelCounts panel(int n, int m, int treatments, boolean correlated) {
        double[] outcomes = new double[n * m];
        byte[] arms = new byte[n * m];
        for (int at = 0; at < n * m; at++) {
            char cell = CELLS[at / m % CELLS.length].charAt(at % m % CELLS[0].length());
            arms[at] = cell == '.' ? RowBlock.MISSING : (byte) Math.min(cell - '0', treatments);
            outcomes[at] = cell == '.' ? 0 : random.nextGaussian();
        }
        int first = Math.min(n / CELLS.length - 1, 9) * CELLS.length;
        RowBlock above = new RowBlock(0, first, m, Arrays.copyOf(outcomes, first * m), Arrays.copyOf(arms, first * m));
        RowBlock below = new RowBlock(
                first,
                n - first,
                m,
                Arrays.copyOfRange(outcomes, first * m, n * m),
                Arrays.copyOfRange(arms, first * m, n * m));
        CellHash hash = new CellHash(1, names(n), names(m));
        BlockRunner runner = new BlockRunner(RowBlocks.of(List.of(above, below)), 1);
        return PanelCounts.of(new PanelView(runner, n, m, treatments + 1, 1, hash), correlated);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private FactorState state(Dimensions size, int n, int m, boolean correlated) {
        FactorState state = new FactorState(size, n, m);
        int g = size.latent();
        int p = size.coefficients();
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        for (int j = 0; j < m; j++) {
            state.covariance[j] = RandomMatrices.positiveDefinite(random, g, .1);
            // Small relative to the covariances, so that both form a valid distribution.
            Arrays.setAll(state.lagged[j], k -> .003 * random.nextGaussian());
        }
        Arrays.setAll(state.priorMean, k -> random.nextGaussian());
        state.priorCovariance = RandomMatrices.positiveDefinite(random, p, 1);
        Arrays.setAll(state.noise, unit -> random.nextDouble(.5, 2));
        Arrays.setAll(state.periodPrecisions, j -> random.nextDouble(.3, 3));
        Arrays.setAll(state.correlation, unit -> correlated ? random.nextDouble(-.8, .8) : 0);
        return state;
    }
}
