package io.github.rowwise.averages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.UnitColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Averages over chosen cells and with weights. */
class EffectAveragesTest {

    private static final Panel PANEL = AveragedPanels.panel(3);
    private static final Map<String, UnitEffects> FITS = AveragedPanels.fits(PANEL);

    /** All cells, by a test that a pass has to make. */
    private static final CellSelection EVERY = CellSelection.all().withCells((unit, period) -> true);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static UnitEffects fit(String name) {
        return Objects.requireNonNull(FITS.get(name));
    }

    private static Percentage digits(int digits) {
        return Percentage.withPercentage(100 * Math.pow(10, -digits));
    }

    private static void assertEqual(Estimate actual, Estimate expected, int digits) {
        assertThat(actual.isAvailable()).isEqualTo(expected.isAvailable());
        if (expected.isAvailable()) {
            assertThat(actual.value()).isCloseTo(expected.value(), digits(digits));
            assertThat(actual.hasStandardError()).isEqualTo(expected.hasStandardError());
        }
        if (expected.hasStandardError()) {
            assertThat(actual.standardError()).isCloseTo(expected.standardError(), digits(digits));
            assertThat(actual.degreesOfFreedom()).isCloseTo(expected.degreesOfFreedom(), digits(digits));
        }
    }

    private static void assertEqual(AverageEffects actual, AverageEffects expected, int digits) {
        assertThat(actual.arm()).isEqualTo(expected.arm());
        assertThat(actual.units()).isEqualTo(expected.units());
        for (int k = 0; k < 4; k++) {
            assertEqual(
                    AveragedPanels.estimates(actual).get(k),
                    AveragedPanels.estimates(expected).get(k),
                    digits);
        }
    }

    @Test
    void allCellsWithEqualWeightsGiveTheAveragesOfTheFit() {
        FITS.forEach((name, effects) -> {
            double[] weights = new double[PANEL.units()];
            Arrays.fill(weights, 3.7);
            List<AverageEffects> averages =
                    EffectAverages.of(effects).withWeights(weights).byArm(EVERY);
            for (int arm = 1; arm < PANEL.arms(); arm++) {
                for (int k = 0; k < 4; k++) {
                    Estimate average =
                            AveragedPanels.estimates(averages.get(arm - 1)).get(k);
                    Estimate expected =
                            AveragedPanels.estimates(effects.averages(arm)).get(k);
                    assertThat(average.value()).as(name).isCloseTo(expected.value(), digits(12));
                    assertThat(average.standardError()).as(name).isCloseTo(expected.standardError(), digits(12));
                    // A few noisy units carry the average.
                    assertThat(average.degreesOfFreedom())
                            .isLessThanOrEqualTo(expected.degreesOfFreedom() * (1 + 1e-12));
                }
            }
        });
    }

    @Test
    void onePass() {
        UnitEffects effects = FITS.values().iterator().next();
        assertThat(EffectAverages.of(effects).byArm(CellSelection.all()).get(1)).isSameAs(effects.averages(2));
    }

    @Test
    void weightsAverageTheEstimatesOfTheUnits() {
        double[] weights = new Random(1).doubles(PANEL.units(), 0.1, 9).toArray();
        FITS.forEach((name, effects) -> {
            for (AverageEffects averages :
                    EffectAverages.of(effects).withWeights(weights).byArm(CellSelection.all())) {
                assertThat(averages.ate().value())
                        .as(name)
                        .isCloseTo(mean(effects, averages.arm(), weights, unit -> 1), digits(10));
                List<UnitEffect> units = units(effects, averages.arm());
                double sum = 0;
                double total = 0;
                for (UnitEffect unit : units) {
                    double weight = weights[PANEL.unitIndex(unit.unit())] * unit.treatedPeriods();
                    sum += weight * unit.att().value();
                    total += weight;
                }
                assertThat(averages.attOverCells().value()).as(name).isCloseTo(sum / total, digits(10));
                assertThat(averages.ate().standardError())
                        .isNotCloseTo(effects.averages(averages.arm()).ate().standardError(), digits(3));
            }
        });
    }

    private static List<UnitEffect> units(UnitEffects effects, int arm) {
        return effects.effects().stream()
                .filter(unit -> unit.arm() == arm && unit.ate().isAvailable())
                .toList();
    }

    private static double mean(UnitEffects effects, int arm, double[] weights, ToDoubleFunction<UnitEffect> factor) {
        double sum = 0;
        double total = 0;
        for (UnitEffect unit : units(effects, arm)) {
            double weight = weights[PANEL.unitIndex(unit.unit())];
            sum += weight * factor.applyAsDouble(unit) * unit.ate().value();
            total += weight;
        }
        return sum / total;
    }

    @Test
    void oneUnitHasItsEffectsAndTheErrorsThatItSharesToo() {
        FITS.forEach((name, effects) -> {
            for (UnitEffect unit : units(effects, 1)) {
                AverageEffects averages = EffectAverages.of(effects)
                        .byArm(CellSelection.all().withUnits(List.of(unit.unit())))
                        .get(0);
                assertThat(averages.units()).isEqualTo(1);
                assertThat(averages.ate().value()).as(name).isCloseTo(unit.ate().value(), digits(9));
                assertThat(averages.att().value()).as(name).isCloseTo(unit.att().value(), digits(9));
                if (!unit.ate().hasStandardError()) {
                    assertThat(averages.ate().hasStandardError()).isFalse();
                    continue;
                }
                assertThat(averages.ate().standardError() / unit.ate().standardError())
                        .as(name + " " + unit.unit())
                        .isBetween(1 - 1e-9, 1.5);
                assertThat(averages.att().standardError() / unit.att().standardError())
                        .isBetween(1 - 1e-9, 1.5);
                if (name.equals("spectral")) {
                    assertEqual(averages.ate(), unit.ate(), 9);
                }
            }
        });
    }

    /** The effect of each cell is known from the fit, so that any average is known too. */
    @Test
    void stretchesOfPeriodsAverageTheEffectsOfTheirCells() {
        CellSelection selection = CellSelection.all().withPeriods("2003", "2014");
        int first = PANEL.periodIndex("2003");
        int last = PANEL.periodIndex("2014");
        FITS.forEach((name, effects) -> {
            for (AverageEffects averages : EffectAverages.of(effects).byArm(selection)) {
                int arm = averages.arm();
                double sum = 0;
                int units = 0;
                for (UnitEffect unit : units(effects, arm)) {
                    int index = PANEL.unitIndex(unit.unit());
                    double[] treated = IntStream.rangeClosed(first, last)
                            .filter(j -> PANEL.isObserved(index, j) && PANEL.arm(index, j) == arm)
                            .mapToDouble(j -> effects.cellEffect(index, arm, j).value())
                            .toArray();
                    if (treated.length > 0) {
                        sum += Arrays.stream(treated).average().orElseThrow();
                        units++;
                    }
                }
                assertThat(averages.att().value()).as(name).isCloseTo(sum / units, digits(8));
                assertThat(averages.att().standardError())
                        .as(name)
                        .isGreaterThan(0.5 * effects.averages(arm).att().standardError());
            }
        });
    }

    @Test
    void singleCellsHaveAtLeastTheErrorsOfCells() {
        for (String name : List.of("constant", "factors", "onset, iid")) {
            UnitEffects effects = fit(name);
            for (UnitEffect effect : units(effects, 1)) {
                int unit = PANEL.unitIndex(effect.unit());
                int period = IntStream.range(0, PANEL.periods())
                        .filter(j -> PANEL.isObserved(unit, j) && PANEL.arm(unit, j) == 1)
                        .findFirst()
                        .orElseThrow();
                AverageEffects averages = EffectAverages.of(effects)
                        .byArm(CellSelection.all().withCells((i, j) -> i == unit && j == period))
                        .get(0);
                Estimate cell = effects.cellEffect(unit, 1, period);
                assertThat(averages.att().value()).as(name).isCloseTo(cell.value(), digits(9));
                assertThat(averages.att().standardError() / cell.standardError())
                        .as(name + " " + unit)
                        .isBetween(0.85, 1.6);
                assertThat(averages.atu().isAvailable()).isFalse();
            }
        }
    }

    @Test
    void stretchesAddUp() {
        UnitEffects effects = fit("factors");
        EffectAverages averages = EffectAverages.of(effects);
        int split = 12;
        double before = averages.byArm(
                        EVERY.withPeriods("1990", PANEL.periodNames().get(split - 1)))
                .get(0)
                .ate()
                .value();
        double after = averages.byArm(EVERY.withPeriods(
                        PANEL.periodNames().get(split), PANEL.periodNames().get(PANEL.periods() - 1)))
                .get(0)
                .ate()
                .value();
        assertThat((split * before + (PANEL.periods() - split) * after) / PANEL.periods())
                .isCloseTo(effects.averages(1).ate().value(), digits(10));
    }

    @Test
    void theOrderOfUnitsDoesNotMatter() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, PANEL.units()).boxed().toList());
        Collections.shuffle(order, new Random(3));
        double[][] outcomes = new double[PANEL.units()][];
        int[][] arms = new int[PANEL.units()][PANEL.periods()];
        double[] weights = new double[PANEL.units()];
        double[] shuffled = new double[PANEL.units()];
        for (int k = 0; k < order.size(); k++) {
            int unit = order.get(k);
            outcomes[k] = new double[PANEL.periods()];
            for (int j = 0; j < PANEL.periods(); j++) {
                outcomes[k][j] = PANEL.outcome(unit, j);
                arms[k][j] = PANEL.isObserved(unit, j) ? PANEL.arm(unit, j) : 0;
            }
            weights[unit] = 1 + unit % 4;
            shuffled[k] = weights[unit];
        }
        Panel other = Panel.of(
                outcomes, arms, order.stream().map(unit -> "unit " + unit).toList(), PANEL.periodNames());
        SpectralEstimator spectral =
                SpectralEstimator.withDefaults().withBackend("ejml").withRank(RankRule.fixed(1));
        CellSelection selection = CellSelection.all()
                .withUnits(List.of("unit 7", "unit 11", "unit 20"))
                .withPeriods("1995", "2015");
        assertEqual(
                EffectAverages.of(spectral.fit(other))
                        .withWeights(shuffled)
                        .byArm(selection)
                        .get(0),
                EffectAverages.of(spectral.fit(PANEL))
                        .withWeights(weights)
                        .byArm(selection)
                        .get(0),
                7);
    }

    @Test
    void threadsAndFilesGiveTheSame() {
        Panel panel = AveragedPanels.panel(2);
        FactorModelEstimator model =
                FactorModelEstimator.withDefaults().withBackend("ejml").withRankLimit(2);
        CellSelection selection = CellSelection.all().withPeriods("1995", "2015");
        String expected = EffectAverages.of(model.fit(panel))
                .withThreads(1)
                .over(selection)
                .toString();
        assertThat(EffectAverages.of(model.fit(panel)).withThreads(3).over(selection))
                .hasToString(expected);
        Path path = folder.resolve("p.panel");
        PanelFile.write(panel, path, OutcomeStorage.DOUBLE);
        UnitEffects effects;
        try (PanelFile file = PanelFile.open(path)) {
            effects = model.fit(file.panel());
            assertThat(EffectAverages.of(effects).over(selection)).hasToString(expected);
        }
        EffectAverages closed = EffectAverages.of(effects);
        assertThatThrownBy(() -> closed.over(selection)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void resultsWithoutCellsHaveTheirAveragesOnly() {
        UnitEffects effects = fit("factors");
        Path path = folder.resolve("e.effects");
        effects.save(path);
        for (UnitEffects without : List.of(
                effects.detach(),
                UnitEffects.load(path),
                UnitEffects.builder(PANEL).build())) {
            EffectAverages averages = EffectAverages.of(without);
            assertThat(averages.byArm(CellSelection.all()).get(0)).isEqualTo(without.averages(1));
            assertThatThrownBy(() -> averages.byArm(EVERY))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before it is detached or saved");
        }
    }

    @Test
    void cellsThatSelectNothing() {
        AverageEffects none = EffectAverages.of(fit("factors"))
                .byArm(CellSelection.all().withUnits(List.of("unit 0")))
                .get(0);
        assertThat(none.units()).isZero();
        assertThat(none.ate()).hasToString("none (no unit is estimable)");
        assertThat(none.att()).hasToString("none (no selected cell in the arm)");
        UnitEffects empty = SpectralEstimator.withDefaults()
                .withBackend("ejml")
                .withRank(RankRule.fixed(0))
                .withCentring(io.github.rowwise.Centring.NONE)
                .fit(PANEL);
        assertThat(EffectAverages.of(empty).byArm(EVERY).get(0).ate().isAvailable())
                .isFalse();
    }

    @Test
    void wrongArguments() {
        EffectAverages averages = EffectAverages.of(fit("constant"));
        double[] weights = new double[PANEL.units()];
        Arrays.fill(weights, 1);
        weights[3] = 0;
        assertRejected(() -> averages.withWeights(weights), "the weight 0.0 of unit \"unit 3\"");
        weights[3] = Double.NaN;
        assertRejected(
                () -> averages.withWeights(UnitColumn.ofNumbers("size", weights)),
                "\"size\": the weight NaN of unit \"unit 3\"");
        weights[3] = 1e-320;
        weights[4] = 1e30;
        assertRejected(() -> averages.withWeights(weights), "vanishes beside the largest");
        assertRejected(() -> averages.withWeights(1, 2), "2 weights for 26 units");
        assertRejected(() -> averages.withWeights(UnitColumn.ofNumbers("size", 1, 2)), "2 values for 26 units");
        assertRejected(
                () -> averages.byArm(CellSelection.all().withUnits(List.of("unit 99"))),
                "there is no unit \"unit 99\"");
        assertRejected(() -> averages.byArm(CellSelection.all().withPeriods("1990", "1880")), "\"1880\"");
        assertRejected(
                () -> averages.byArm(CellSelection.all().withPeriods("1991", "1990")),
                "comes before the first \"1991\"");
        assertRejected(() -> CellSelection.all().withUnits(List.of()), "no units");
        assertRejected(() -> averages.withThreads(0), "0 threads");
        assertThatThrownBy(() -> averages.over(CellSelection.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there are 2 treatments");
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable task, String part) {
        assertThatThrownBy(task).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(part);
    }

    @Test
    void texts() {
        assertThat(CellSelection.all()).hasToString("all units, all periods");
        assertThat(CellSelection.all()
                        .withUnits(List.of("a"))
                        .withPeriods("1", "2")
                        .withCells((unit, period) -> true))
                .hasToString("1 unit, periods \"1\" to \"2\", a condition on cells");
    }

    @Test
    void theSpectralMethodCountsUnitsAsIndependent() {
        UnitEffects effects = fit("spectral");
        double[] weights = new Random(2).doubles(PANEL.units(), 0.1, 9).toArray();
        double variance = 0;
        double total = 0;
        List<UnitEffect> known = units(effects, 2).stream()
                .filter(unit -> unit.ate().hasStandardError())
                .toList();
        for (UnitEffect unit : known) {
            double weight = weights[PANEL.unitIndex(unit.unit())];
            variance += Math.pow(weight * unit.ate().standardError(), 2);
            total += weight;
        }
        assertThat(EffectAverages.of(effects)
                        .withWeights(weights)
                        .byArm(CellSelection.all()
                                .withUnits(known.stream().map(UnitEffect::unit).toList()))
                        .get(1)
                        .ate()
                        .standardError())
                .isCloseTo(Math.sqrt(variance) / total, within(1e-6));
    }
}
