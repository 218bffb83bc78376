package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FitBenchmarksTest {

    static List<String> backends() {
        return UsableBackends.names();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void fitsEveryUnitOfThePanel(String backend) {
        for (FitRule rule : FitRule.values()) {
            FitBenchmark benchmark = new FitBenchmark();
            benchmark.backend = backend;
            benchmark.panel = "90x60";
            benchmark.rule = rule;
            benchmark.threads = 2;
            benchmark.findBackend();
            benchmark.prepare();
            benchmark.fit();
            UnitEffects effects = benchmark.fit();
            assertThat(effects.effects()).hasSize(90);
            assertThat(effects.spectrum(0).rank()).isBetween(1, 3);
            assertThat(effects.provenance().backend()).isEqualTo(backend);
            // The simulation's average effect is 1 with spread 0.5.
            assertThat(effects.averages(1).ate().value()).isCloseTo(1, within(0.3));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void fitsTheFactorModel(String backend) {
        FactorModelBenchmark benchmark = new FactorModelBenchmark();
        benchmark.backend = backend;
        benchmark.panel = "90x60";
        benchmark.threads = 2;
        benchmark.findBackend();
        benchmark.prepare();
        UnitEffects effects = benchmark.fit();
        assertThat(effects.factorModel()).isPresent();
        assertThat(effects.provenance().backend()).isEqualTo(backend);
        assertThat(effects.averages(1).ate().value()).isCloseTo(1, within(0.3));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void passMultipliesBothArmsMatrices(String backend) {
        FusedPassBenchmark benchmark = new FusedPassBenchmark();
        benchmark.backend = backend;
        benchmark.panel = "70x21";
        benchmark.vectors = 3;
        benchmark.findBackend();
        benchmark.prepare();
        List<DenseMatrix> images = benchmark.pass();
        for (int arm = 0; arm < 2; arm++) {
            DenseMatrix vectors = benchmark.operands().get(arm).vectors();
            DenseMatrix x = rows(benchmark, arm);
            for (int k = 0; k < 3; k++) {
                for (int j = 0; j < 21; j++) {
                    double expected = 0;
                    for (int i = 0; i < 70; i++) {
                        for (int l = 0; l < 21; l++) {
                            expected += x.get(i, j) * x.get(i, l) * vectors.get(k, l);
                        }
                    }
                    assertThat(images.get(arm).get(k, j)).isCloseTo(expected, within(1e-9 * 70 * 21));
                }
            }
        }
        benchmark.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void randomisedSvdFindsBothArmsLeadingValuesAndVectors(String backend) {
        FusedPassBenchmark benchmark = new FusedPassBenchmark();
        benchmark.backend = backend;
        benchmark.panel = "70x21";
        benchmark.vectors = 1;
        benchmark.findBackend();
        benchmark.prepare();
        List<ArmMatrix> matrices =
                benchmark.operands().stream().map(NormalOperand::matrix).toList();
        List<RandomisedSvd.Factors> factors = RandomisedSvd.of(benchmark.view(), benchmark.algebra(), matrices);
        for (int arm = 0; arm < 2; arm++) {
            Svd full = benchmark.algebra().svd(rows(benchmark, arm));
            // Twenty of 21 columns: all but the last are found.
            for (int k = 0; k < 10; k++) {
                double value = full.singularValues()[k];
                assertThat(factors.get(arm).values()[k]).isCloseTo(value, within(1e-6 * value));
            }
            double inner = 0;
            for (int j = 0; j < 21; j++) {
                inner += full.right().get(j, 0) * factors.get(arm).right().get(0, j);
            }
            assertThat(Math.abs(inner)).isCloseTo(1, within(1e-6));
        }
        benchmark.close();
    }

    @Test
    void factorModelIsComparedWithDecompositions() throws Exception {
        FactorModelGate.Cost cost = FactorModelGate.measure("400x60");
        // The clock of processor time may not have ticked in so short a decomposition.
        assertThat(cost.svd()).isNotNegative();
        assertThat(cost.wall()).isGreaterThan(1);
        assertThat(cost.rank()).isPositive();
        assertThat(cost.passes()).isGreaterThan(5);
    }

    /** An arm's matrix from its definition. */
    private static DenseMatrix rows(FusedPassBenchmark benchmark, int arm) {
        ArmMatrix matrix = benchmark.operands().get(arm).matrix();
        DenseMatrix x = DenseMatrix.zeros(70, 21);
        benchmark.runner().forEachBlock(() -> new PassScratch() {}, (scratch, block) -> {
            for (int i = 0; i < block.rows(); i++) {
                int unit = block.firstRow() + i;
                for (int j = 0; j < 21; j++) {
                    if (block.arms()[i * 21 + j] == arm) {
                        double centred =
                                block.outcomes()[i * 21 + j] - matrix.unitMeans()[unit] - matrix.periodMeans()[j];
                        x.set(unit, j, centred * 21 / matrix.cells(unit));
                    }
                }
            }
        });
        return x;
    }

    @Test
    void aTenthOfTheUnitsIsExpectedInTheTopDecile() {
        EffectProbabilitiesBenchmark benchmark = new EffectProbabilitiesBenchmark();
        benchmark.units = 5_000;
        benchmark.threads = 2;
        benchmark.prepare();
        double[] probabilities = benchmark.compute();
        benchmark.close();
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(500, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryCellOnce(int threads) throws InterruptedException, ExecutionException {
        PlainReadBenchmark benchmark = new PlainReadBenchmark();
        // Several blocks, the last of them smaller.
        benchmark.panel = "401x500";
        benchmark.threads = threads;
        benchmark.prepare();
        Panel panel = Inputs.panel(Shape.parse(benchmark.panel));
        double outcomes = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                outcomes += panel.isObserved(unit, period) ? panel.outcome(unit, period) : 0;
            }
        }
        CellBlock.Sum first = benchmark.read();
        CellBlock.Sum second = benchmark.read();
        benchmark.close();
        assertThat(second.outcomes()).isCloseTo(outcomes, within(1e-9 * outcomes));
        assertThat(second).isEqualTo(first);
        assertThat(second.arms()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"4000x1000, 4000, 1000", "2x3, 2, 3"})
    void shapesAreRowsByColumns(String text, int rows, int columns) {
        assertThat(Shape.parse(text)).isEqualTo(new Shape(rows, columns));
    }
}
