package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.diagnostics.ResidualCorrelation;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.PanelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CovariatesTest {

    private static final int UNITS = 50;
    private static final int PERIODS = 40;
    private static final double EFFECT = 2;
    private static final List<String> NAMES = List.of("price", "feature");
    private static final double[] COEFFICIENTS = {1, -3};

    private static final FactorModelEstimator FACTOR_MODEL = FactorModelEstimator.withDefaults();
    private static final SpectralEstimator SPECTRAL = SpectralEstimator.withDefaults();

    /** A covariate that treatment follows, and one that does not. Each is scaled and shifted. */
    private static Panel panel(double scale, double shift, boolean withCovariates) {
        SplittableRandom random = new SplittableRandom(12);
        PanelCells cells = Panel.cells(
                names(UNITS),
                names(PERIODS),
                List.of("control", "treated"),
                withCovariates ? NAMES : List.of(),
                OutcomeStorage.DOUBLE);
        for (int i = 0; i < UNITS; i++) {
            double level = random.nextGaussian();
            double effect = EFFECT + .3 * random.nextGaussian();
            for (int j = 0; j < PERIODS; j++) {
                double price = level + random.nextGaussian() + .1 * j;
                double feature = random.nextGaussian();
                int arm = price - level - .1 * j + random.nextGaussian() > .5 ? 1 : 0;
                double outcome = 3 * level
                        + Math.sin(j)
                        + COEFFICIENTS[0] * price
                        + COEFFICIENTS[1] * feature
                        + arm * effect
                        + .5 * random.nextGaussian();
                if (random.nextInt(20) == 0) {
                    continue;
                }
                if (withCovariates) {
                    cells.set(i, j, arm, outcome, scale * price + shift, scale * feature - shift);
                } else {
                    cells.set(i, j, arm, outcome);
                }
            }
        }
        return cells.build();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Test
    void findsCoefficientsAndEffects() {
        for (Estimator estimator : List.of(FACTOR_MODEL, SPECTRAL)) {
            UnitEffects effects = estimator.fit(panel(1, 0, true));
            assertThat(effects.covariates().keySet()).containsExactly("price", "feature");
            for (int k = 0; k < 2; k++) {
                Estimate coefficient = coefficient(effects, k);
                // About 1,900 cells with noise .5 and covariates of variance 1.
                assertThat(coefficient.standardError()).isBetween(.008, .025);
                assertThat(coefficient.value()).isCloseTo(COEFFICIENTS[k], within(3.5 * coefficient.standardError()));
            }
            Estimate ate = effects.averages(1).ate();
            assertThat(ate.value()).isCloseTo(EFFECT, within(4 * ate.standardError()));
        }
        // Without the price, the effect takes part of it.
        assertThat(FACTOR_MODEL.fit(panel(1, 0, false)).averages(1).ate().value())
                .isGreaterThan(EFFECT + .3);
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 40", "1e200, 0", "1e-200, 0"})
    void doNotDependOnTheUnitOfACovariate(double scale, double shift) {
        for (Estimator estimator : List.of(FACTOR_MODEL, SPECTRAL)) {
            UnitEffects expected = estimator.fit(panel(1, 0, true));
            UnitEffects found = estimator.fit(panel(scale, shift, true));
            assertThat(values(found)).containsExactly(values(expected), within(1e-7));
            for (int k = 0; k < 2; k++) {
                Estimate coefficient = coefficient(found, k);
                Estimate other = coefficient(expected, k);
                assertThat(coefficient.value() * scale).isCloseTo(other.value(), within(1e-7));
                assertThat(coefficient.standardError() * scale).isCloseTo(other.standardError(), within(1e-7));
            }
        }
    }

    @Test
    void givesTheSameDoublesFromAFileAndForAnyNumberOfThreads(@TempDir Path folder) {
        Panel panel = panel(1, 0, true);
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(panel, path, OutcomeStorage.DOUBLE);
        UnitEffects expected = FACTOR_MODEL.withThreads(1).fit(panel);
        try (PanelFile file = PanelFile.open(path)) {
            assertThat(file.panel().covariateNames()).containsExactly("price", "feature");
            assertThat(file.panel().fingerprint()).isEqualTo(panel.fingerprint());
            assertThat(file.panel().covariate(1, 3, 2)).containsExactly(panel.covariate(1, 3, 2));
            assertThat(values(FACTOR_MODEL.withThreads(3).fit(file.panel()))).containsExactly(values(expected));
        }
        Path saved = folder.resolve("effects");
        expected.save(saved);
        assertThat(UnitEffects.load(saved).covariates())
                .usingRecursiveComparison()
                .isEqualTo(expected.covariates());
    }

    /** A covariate that wanders within each unit, so that it is no noise from period to period. */
    @Test
    void residualsLackWhatCovariatesExplain() {
        SplittableRandom random = new SplittableRandom(2);
        PanelCells cells =
                Panel.cells(names(UNITS), names(PERIODS), List.of("0", "1"), List.of("wave"), OutcomeStorage.DOUBLE);
        for (int i = 0; i < UNITS; i++) {
            double wave = 0;
            for (int j = 0; j < PERIODS; j++) {
                wave = .9 * wave + random.nextGaussian();
                int arm = j / 5 % 2 == i % 2 ? 1 : 0;
                cells.set(i, j, arm, i % 7 + arm + 5 * wave + .5 * random.nextGaussian(), wave);
            }
        }
        Panel panel = cells.build();
        for (Estimator estimator : List.of(FACTOR_MODEL, SPECTRAL)) {
            UnitEffects effects = estimator.fit(panel);
            assertThat(ResidualCorrelation.of(effects).value().orElseThrow()).isBetween(-.3, .3);
            assertThat(effects.preTrends(1)).isNotEmpty().allSatisfy(before -> {
                assertThat(before.gap().value()).isBetween(-.3, .3);
                assertThat(before.gap().standardError()).isLessThan(.2);
            });
        }
    }

    @Test
    void aMissingCovariateMakesACellMissing() {
        Panel panel = Panel.builder()
                .covariateNames(List.of("price"))
                .add("a", "1", 0, 1, 3)
                .add("a", "2", 1, 1, Double.NaN)
                .add("b", "1", 1, 1, 2)
                .add("b", "2", 0, 1, 1)
                .build();
        assertThat(panel.isObserved(0, 1)).isFalse();
        assertThat(panel.observedCells()).isEqualTo(3);
        assertThat(panel.covariate(0, 0, 2)).containsExactly(3, Double.NaN, 2, 1);
    }

    @Test
    void refusesCovariatesThatTellNothing() {
        assertThatThrownBy(() -> FACTOR_MODEL.fit(withCovariate((unit, period) -> unit * 7.5)))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("'other' is constant within units or within periods");
        assertThatThrownBy(() -> FACTOR_MODEL.fit(withCovariate((unit, period) -> 3 + unit + .1 * period)))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("'other' is constant within units or within periods");
        assertThatThrownBy(() -> SPECTRAL.fit(withCovariate((unit, period) -> -2 * first(unit, period) + period)))
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("'other' follows from the covariates before it, [first]");
        assertThatThrownBy(() -> Panel.builder()
                        .covariateNames(List.of("price"))
                        .add("a", "1", 0, 1)
                        .add("b", "2", 1, 1)
                        .build())
                .isInstanceOf(InvalidPanelException.class)
                .hasMessageContaining("unit 'a', period '1' has 0 covariates for 1 names [price]");
    }

    private static double first(int unit, int period) {
        return (unit * 37 + period * 101) % 17;
    }

    private interface Covariate {
        double at(int unit, int period);
    }

    private static Panel withCovariate(Covariate other) {
        PanelCells cells =
                Panel.cells(names(12), names(10), List.of("0", "1"), List.of("first", "other"), OutcomeStorage.DOUBLE);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 10; j++) {
                cells.set(i, j, (i + j) % 3 == 0 ? 1 : 0, (i * 31 + j * 17) % 11, first(i, j), other.at(i, j));
            }
        }
        return cells.build();
    }

    private static Estimate coefficient(UnitEffects effects, int covariate) {
        return Objects.requireNonNull(effects.covariates().get(NAMES.get(covariate)));
    }

    private static double[] values(UnitEffects effects) {
        return effects.effects().stream()
                .map(UnitEffect::ate)
                .mapToDouble(Estimate::value)
                .toArray();
    }
}
