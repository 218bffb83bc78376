package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.diagnostics.Incoherence;
import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Incoherence, correlation of residuals and the spectrum's place against dense definitions, on every backend. */
@Tag("slow")
class FitDiagnosticsTest {

    static Stream<String> backends() {
        return TestedBackends.NAMES.stream();
    }

    private static UnitEffects fit(Panel panel, int rank) {
        return SpectralEstimator.withDefaults().withRank(RankRule.fixed(rank)).fit(panel);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void incoherenceEqualsThatOfTheDenseMatrix(String backend) {
        LinearAlgebra algebra = Backends.named(backend);
        for (int seed = 1; seed <= 12; seed++) {
            UnitEffects effects = fit(Draws.random(seed, 5 + seed, 20 - seed, 2 + seed % 2, 0.1), seed % 3);
            for (int arm = 0; arm < effects.panel().arms(); arm++) {
                LowRankMatrix matrix = effects.outcomeMatrix(arm);
                int[] rows = IntStream.range(0, matrix.units())
                        .filter(matrix::isAvailable)
                        .toArray();
                double[][] dense = IntStream.of(rows).mapToObj(matrix::row).toArray(double[][]::new);
                Incoherence found = Incoherence.of(matrix, algebra).orElseThrow();

                double[] ofUnits = leverages(dense, found.rank());
                double[] ofPeriods = leverages(transposed(dense), found.rank());
                double unit = Arrays.stream(ofUnits).max().orElseThrow();
                double period = Arrays.stream(ofPeriods).max().orElseThrow();
                assertThat(found.rank()).isEqualTo(Math.min(Math.min(rows.length, matrix.periods()), seed % 3 + 2));
                assertThat(found.unitLeverage()).isCloseTo(unit, within(1e-8));
                assertThat(found.periodLeverage()).isCloseTo(period, within(1e-8));
                assertThat(found.units()).isCloseTo(unit * rows.length / found.rank(), within(1e-7));
                assertThat(found.periods()).isCloseTo(period * matrix.periods() / found.rank(), within(1e-7));
                assertThat(ofUnits[Arrays.binarySearch(rows, found.unit())]).isCloseTo(unit, within(1e-8));
                assertThat(ofPeriods[found.period()]).isCloseTo(period, within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aUnitAndAPeriodThatCarryAFactorAreNamed(String backend) {
        Panel panel = Draws.with(
                Draws.random(1, 30, 40, 2, 0.05),
                (unit, period, arm, former) -> unit == 17 && period == 23 ? 1e4 : former);
        int arm = panel.arm(17, 23);
        Incoherence found = Incoherence.of(fit(panel, 1).outcomeMatrix(arm), Backends.named(backend))
                .orElseThrow();
        assertThat(found.unit()).isEqualTo(17);
        assertThat(found.period()).isEqualTo(23);
        assertThat(found.unitLeverage()).isGreaterThan(0.9);
        assertThat(found.periodLeverage()).isGreaterThan(0.9);
    }

    @Test
    void incoherenceDoesNotDependOnScaleOrOrder() {
        Panel panel = Draws.random(3, 14, 18, 2, 0.1);
        LinearAlgebra algebra = Backends.select();
        Incoherence expected =
                Incoherence.of(fit(panel, 2).outcomeMatrix(1), algebra).orElseThrow();
        for (double scale : new double[] {1e-120, 1e120, -3}) {
            Incoherence scaled = Incoherence.of(
                            fit(Draws.with(panel, y -> scale * y), 2).outcomeMatrix(1), algebra)
                    .orElseThrow();
            assertThat(scaled.units()).isCloseTo(expected.units(), within(1e-7));
            assertThat(scaled.period()).isEqualTo(expected.period());
        }
        int[] units = Draws.permutation(14, 1);
        int[] periods = Draws.permutation(18, 2);
        Incoherence moved = Incoherence.of(
                        fit(Draws.ordered(panel, units, periods), 2).outcomeMatrix(1), algebra)
                .orElseThrow();
        assertThat(moved.units()).isCloseTo(expected.units(), within(1e-7));
        assertThat(units[moved.unit()]).isEqualTo(expected.unit());
        assertThat(periods[moved.period()]).isEqualTo(expected.period());
    }

    @Test
    void nothingCompletedHasNoIncoherenceAndNoResiduals() {
        UnitEffects effects = SpectralEstimator.withDefaults()
                .withCentring(Centring.NONE)
                .withRank(RankRule.fixed(0))
                .fit(Draws.random(3, 14, 18, 2, 0.1));
        assertThat(Incoherence.of(effects.outcomeMatrix(0), Backends.select())).isEmpty();
        assertThat(ResidualCorrelation.of(effects).value()).isEmpty();
        assertThat(ResidualCorrelation.of(effects).pairs()).isZero();

        UnitEffects zeros = fit(Draws.with(Draws.random(3, 14, 18, 2, 0.1), y -> 0), 0);
        assertThat(Incoherence.of(zeros.outcomeMatrix(0), Backends.select())).isEmpty();
        assertThat(ResidualCorrelation.of(zeros).value()).isEmpty();
    }

    @Test
    void residualCorrelationEqualsItsDefinition() {
        for (int seed = 1; seed <= 6; seed++) {
            Panel panel = Draws.random(seed, 10, 25, 3, 0.3);
            UnitEffects effects = fit(panel, 1);
            double products = 0;
            double earlier = 0;
            double later = 0;
            long pairs = 0;
            for (int i = 0; i < panel.units(); i++) {
                for (int j = 1; j < panel.periods(); j++) {
                    if (panel.isObserved(i, j - 1) && panel.isObserved(i, j)) {
                        double before = residual(effects, i, j - 1);
                        double here = residual(effects, i, j);
                        products += before * here;
                        earlier += before * before;
                        later += here * here;
                        pairs++;
                    }
                }
            }
            ResidualCorrelation found = ResidualCorrelation.of(effects);
            assertThat(found.pairs()).isEqualTo(pairs);
            assertThat(found.value().orElseThrow()).isCloseTo(products / Math.sqrt(earlier * later), within(1e-10));

            UnitEffects huge = fit(Draws.with(panel, y -> -1e150 * y), 1);
            assertThat(ResidualCorrelation.of(huge).value().orElseThrow())
                    .isCloseTo(found.value().orElseThrow(), within(1e-8));
        }
    }

    @Test
    void residualsShowTheCorrelationOfTheNoise() {
        PanelSimulation simulation =
                PanelSimulation.withDefaults().withSize(150, 150).withRank(0).withEffect(1, 0);
        assertThat(correlation(simulation.withNoiseForm(PanelSimulation.NoiseForm.AUTOREGRESSIVE)))
                .isBetween(0.5, 0.65);
        assertThat(correlation(simulation)).isBetween(-0.05, 0.05);
    }

    @Test
    void theSpectrumStandsBesideNoiseAndThePapersCondition() {
        Panel panel = PanelSimulation.withDefaults().withSize(60, 50).generate().panel();
        SpectralEstimator estimator = SpectralEstimator.withDefaults().withCentring(Centring.NONE);
        for (Spectrum spectrum : estimator.spectra(panel)) {
            double largest = 0;
            double leastShare = 1;
            for (int i = 0; i < panel.units(); i++) {
                int cells = 0;
                for (int j = 0; j < panel.periods(); j++) {
                    if (panel.arm(i, j) == spectrum.arm()) {
                        largest = Math.max(largest, Math.abs(panel.outcome(i, j)));
                        cells++;
                    }
                }
                leastShare = cells == 0 ? leastShare : Math.min(leastShare, cells / 50.0);
            }
            assertThat(spectrum.largestOutcome()).isCloseTo(largest, within(1e-12));
            assertThat(spectrum.noiseScale()).isCloseTo(Math.sqrt(110 * Math.log(110) / leastShare), within(1e-9));
            assertThat(spectrum.rank()).isPositive();
            assertThat(spectrum.signalToNoise().orElseThrow())
                    .isEqualTo(spectrum.singularValues()[spectrum.rank() - 1]
                            / spectrum.threshold().orElseThrow())
                    .isGreaterThan(1);
        }
        for (RankRule rule : new RankRule[] {RankRule.fixed(0), RankRule.fixed(2), RankRule.spectralGap()}) {
            assertThat(estimator.withRank(rule).spectra(panel))
                    .allSatisfy(spectrum -> assertThat(spectrum.signalToNoise()).isEmpty());
        }
    }

    private static double correlation(PanelSimulation simulation) {
        return ResidualCorrelation.of(fit(simulation.generate().panel(), 0))
                .value()
                .orElseThrow();
    }

    private static double residual(UnitEffects effects, int unit, int period) {
        Panel panel = effects.panel();
        return panel.outcome(unit, period)
                - effects.outcomeMatrix(panel.arm(unit, period)).get(unit, period);
    }

    /** Squared norms of the rows of the left singular vectors, {@code u_k = A v_k / s_k}. */
    private static double[] leverages(double[][] rows, int rank) {
        double[][] right = SlowSvd.of(rows).right();
        double[] leverages = new double[rows.length];
        for (double[] vector : Arrays.copyOf(right, rank)) {
            double[] image = Arrays.stream(rows)
                    .mapToDouble(row -> SlowSvd.dot(row, vector))
                    .toArray();
            double square = Arrays.stream(image).map(x -> x * x).sum();
            for (int i = 0; i < image.length; i++) {
                leverages[i] += image[i] * image[i] / square;
            }
        }
        return leverages;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }
}
