package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.Panel;
import io.github.rowwise.UnitEffects;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            assertThat(effects.units()).hasSize(90);
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
