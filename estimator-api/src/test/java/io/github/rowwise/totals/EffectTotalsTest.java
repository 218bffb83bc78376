package io.github.rowwise.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.UnitColumn;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Percentages, totals and worth of a result. */
@Tag("slow")
class EffectTotalsTest {

    private static final int UNITS = 14;
    private static final int PERIODS = 24;

    /** Unit 0 is always treated. */
    private static final double[][] OUTCOMES = new double[UNITS][PERIODS];

    private static final int[][] ARMS = new int[UNITS][PERIODS];

    static {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < UNITS; i++) {
            double level = 3 + random.nextGaussian();
            for (int j = 0; j < PERIODS; j++) {
                ARMS[i][j] = i == 0 ? 1 : random.nextInt(2);
                OUTCOMES[i][j] = random.nextInt(10) == 0
                        ? Double.NaN
                        : level + 0.1 * Math.sin(j) + ARMS[i][j] * (0.2 + 0.1 * (i % 4)) + 0.15 * random.nextGaussian();
            }
        }
    }

    private static final UnitEffects LOG = model(x -> x);
    private static final UnitEffects LEVEL = model(Math::exp);

    private static Panel panel(DoubleUnaryOperator transform) {
        double[][] outcomes = Arrays.stream(OUTCOMES)
                .map(row -> Arrays.stream(row).map(transform).toArray())
                .toArray(double[][]::new);
        return Panel.of(
                outcomes,
                ARMS,
                IntStream.range(0, UNITS).mapToObj(i -> "u" + i).toList(),
                IntStream.range(0, PERIODS).mapToObj(Integer::toString).toList());
    }

    private static UnitEffects model(DoubleUnaryOperator transform) {
        return FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(1)
                .withEffects(EffectsForm.CONSTANT)
                .fit(panel(transform));
    }

    private static double sum(int unit, int arm, DoubleUnaryOperator of) {
        return IntStream.range(0, PERIODS)
                .filter(j -> ARMS[unit][j] == arm && !Double.isNaN(OUTCOMES[unit][j]))
                .mapToDouble(j -> of.applyAsDouble(OUTCOMES[unit][j]))
                .sum();
    }

    private static void assertClose(Amount actual, Amount expected, double factor) {
        assertThat(actual.isAvailable()).isEqualTo(expected.isAvailable());
        if (expected.isAvailable()) {
            Percentage digits = Percentage.withPercentage(1e-6);
            assertThat(actual.value()).isCloseTo(factor * expected.value(), digits);
            Interval one = actual.interval().orElseThrow();
            Interval other = expected.interval().orElseThrow();
            assertThat(one.lower()).isCloseTo(factor * other.lower(), digits);
            assertThat(one.upper()).isCloseTo(factor * other.upper(), digits);
        }
    }

    private static void assertSamePercentages(TotalEffects actual, TotalEffects expected) {
        for (int unit = 0; unit < UNITS; unit++) {
            UnitTotals one = actual.units().get(unit);
            UnitTotals other = expected.units().get(unit);
            assertClose(one.atePercent().orElseThrow(), other.atePercent().orElseThrow(), 1);
            assertClose(one.attPercent().orElseThrow(), other.attPercent().orElseThrow(), 1);
        }
        assertClose(
                actual.arm(1).percentOverTreatedCells().orElseThrow(),
                expected.arm(1).percentOverTreatedCells().orElseThrow(),
                1);
        assertClose(
                actual.arm(1).percentOverAllCells().orElseThrow(),
                expected.arm(1).percentOverAllCells().orElseThrow(),
                1);
    }

    @Test
    void percentagesOfALogarithm() {
        TotalEffects totals = EffectTotals.of(LOG).withScale(OutcomeScale.LOG).compute();
        for (int unit = 1; unit < UNITS; unit++) {
            Estimate att = LOG.effect(unit, 1).att();
            Amount percent = totals.units().get(unit).attPercent().orElseThrow();
            assertThat(percent.value()).isCloseTo(100 * (Math.exp(att.value()) - 1), within(1e-9));
            Interval interval = percent.interval().orElseThrow();
            assertThat(interval.upper())
                    .isCloseTo(100 * (Math.exp(att.interval(0.95).upper()) - 1), within(1e-9));
            // What was sold, less what would have been.
            double observed = sum(unit, 1, Math::exp);
            assertThat(totals.units().get(unit).total().value())
                    .isCloseTo(observed - observed / Math.exp(att.value()), within(1e-9 * observed));
        }
        double observed = 0;
        double without = 0;
        for (int unit = 1; unit < UNITS; unit++) {
            double effect = LOG.effect(unit, 1).att().value();
            observed += sum(unit, 1, Math::exp);
            without += sum(unit, 1, y -> Math.exp(y - effect));
        }
        ArmTotals inAll = totals.arm(1);
        // Equal but for the correction of shrunk estimates.
        assertThat(inAll.percentOverTreatedCells().orElseThrow().value())
                .isCloseTo(100 * (observed / without - 1), within(0.5));
        double ratio = 1 + inAll.percentOverTreatedCells().orElseThrow().value() / 100;
        assertThat(inAll.total().value()).isCloseTo(observed * (1 - 1 / ratio), Percentage.withPercentage(1e-9));
        assertThat(inAll.units()).isEqualTo(UNITS - 1);
        assertThat(inAll.cellsWithoutEstimate()).isEqualTo(LOG.effect(0, 1).treatedPeriods());
        assertThat(inAll.cells() + inAll.cellsWithoutEstimate())
                .isEqualTo(LOG.panel().cellsInArm(1));
    }

    @Test
    void aLogarithmPlusAConstantHasTheSamePercentages() {
        TotalEffects totals = EffectTotals.of(LOG).withScale(OutcomeScale.LOG).compute();
        TotalEffects shifted =
                EffectTotals.of(model(x -> x + 4)).withScale(OutcomeScale.LOG).compute();
        assertSamePercentages(shifted, totals);
        assertClose(shifted.arm(1).total(), totals.arm(1).total(), Math.exp(4));
    }

    @Test
    void aScaledLevelHasTheSamePercentages() {
        TotalEffects totals =
                EffectTotals.of(LEVEL).withScale(OutcomeScale.LEVEL).compute();
        TotalEffects scaled = EffectTotals.of(model(x -> 1e5 * Math.exp(x)))
                .withScale(OutcomeScale.LEVEL)
                .compute();
        assertSamePercentages(scaled, totals);
        assertClose(scaled.arm(1).total(), totals.arm(1).total(), 1e5);
    }

    @Test
    void percentagesOfALevel() {
        TotalEffects totals =
                EffectTotals.of(LEVEL).withScale(OutcomeScale.LEVEL).compute();
        double total = 0;
        double treated = 0;
        for (int unit = 1; unit < UNITS; unit++) {
            UnitEffect effect = LEVEL.effect(unit, 1);
            double observed = sum(unit, 1, Math::exp);
            double without = observed - effect.treatedPeriods() * effect.att().value();
            assertThat(totals.units().get(unit).attPercent().orElseThrow().value())
                    .isCloseTo(100 * (observed / without - 1), within(1e-9));
            double ate = effect.ate().value();
            double under = sum(unit, 1, Math::exp) + sum(unit, 0, y -> Math.exp(y) + ate);
            double never = sum(unit, 1, y -> Math.exp(y) - ate) + sum(unit, 0, Math::exp);
            assertThat(totals.units().get(unit).atePercent().orElseThrow().value())
                    .isCloseTo(100 * (under / never - 1), within(1e-9));
            total += effect.treatedPeriods() * effect.att().value();
            treated += observed;
        }
        assertThat(totals.arm(1).total().value()).isCloseTo(total, Percentage.withPercentage(1e-6));
        assertThat(totals.arm(1).percentOverTreatedCells().orElseThrow().value())
                .isCloseTo(100 * total / (treated - total), within(1e-4));
        assertThat(totals.units().get(0).attPercent().orElseThrow().isAvailable())
                .isFalse();
    }

    @Test
    void aMeanUnderControlThatIsNotClearlyPositiveHasNoPercentage() {
        TotalEffects totals = EffectTotals.of(model(x -> x - 3.1))
                .withScale(OutcomeScale.LEVEL)
                .compute();
        List<Amount> percentages = totals.units().stream()
                .skip(1)
                .map(unit -> unit.atePercent().orElseThrow())
                .toList();
        assertThat(percentages).anyMatch(Amount::isAvailable);
        assertThat(percentages)
                .filteredOn(of -> !of.isAvailable())
                .isNotEmpty()
                .allMatch(of -> of.reason().equals("the mean outcome under control is not clearly above 0"));
        TotalEffects negative = EffectTotals.of(model(x -> x - 30))
                .withScale(OutcomeScale.LEVEL)
                .compute();
        assertThat(negative.arm(1).percentOverAllCells().orElseThrow().isAvailable())
                .isFalse();
        assertThat(negative.arm(1).percentOverTreatedCells().orElseThrow().isAvailable())
                .isFalse();
        assertThat(negative.arm(1).total().isAvailable()).isTrue();
    }

    /** Units are independent with the spectral method, so that draws need no covariance. */
    @Test
    void intervalsHoldWhatIsDrawnFromTheEffects() {
        UnitEffects spectral = SpectralEstimator.withDefaults()
                .withBackend("ejml")
                .withRank(RankRule.fixed(1))
                .fit(panel(x -> x));
        TotalEffects totals =
                EffectTotals.of(spectral).withScale(OutcomeScale.LOG).compute();
        SplittableRandom random = new SplittableRandom(4);
        double[] draws = new double[40_000];
        Arrays.setAll(draws, draw -> {
            double total = 0;
            for (int unit = 1; unit < UNITS; unit++) {
                Estimate att = spectral.effect(unit, 1).att();
                double effect = att.value() + att.standardError() * random.nextGaussian();
                total += sums[unit] * (1 - Math.exp(-effect));
            }
            return total;
        });
        double mean = Arrays.stream(draws).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
        Interval interval = totals.arm(1).total().interval().orElseThrow();
        AverageEffects averages = spectral.averages(1);
        double quantile = averages.att().quantile(0.95);
        assertThat((interval.upper() - interval.lower()) / (2 * quantile))
                .isCloseTo(deviation, Percentage.withPercentage(2));
        assertThat(totals.arm(1).total().value()).isCloseTo(mean, Percentage.withPercentage(1));
    }

    private final double[] sums = IntStream.range(0, UNITS)
            .mapToDouble(unit -> sum(unit, 1, Math::exp))
            .toArray();

    @Test
    void totalsAreTheAverageOverCellsTimesTheirNumber() {
        TotalEffects totals = EffectTotals.of(LEVEL).compute();
        ArmTotals inAll = totals.arm(1);
        Estimate average = LEVEL.averages(1).attOverCells();
        assertThat(inAll.total().value()).isCloseTo(inAll.cells() * average.value(), Percentage.withPercentage(1e-9));
        assertThat(inAll.total().interval().orElseThrow().upper())
                .isCloseTo(inAll.cells() * average.interval(0.95).upper(), Percentage.withPercentage(1e-9));
        assertThat(inAll.percentOverAllCells()).isEmpty();
        assertThat(inAll.worth()).isEmpty();
        assertThat(inAll.netReturn()).isEmpty();
        assertClose(
                EffectTotals.of(LEVEL.detach()).withValue(2).compute().arm(1).total(), inAll.total(), 1);
    }

    @Test
    void valuesScaleTheWorth() {
        double[] each = new SplittableRandom(1).doubles(UNITS, 0.5, 3).toArray();
        for (OutcomeScale scale : OutcomeScale.values()) {
            EffectTotals of =
                    EffectTotals.of(scale == OutcomeScale.LOG ? LOG : LEVEL).withScale(scale);
            ArmTotals one = of.withValue(2).compute().arm(1);
            assertClose(one.worth().orElseThrow(), one.total(), 2);
            TotalEffects byUnit =
                    of.withValues(UnitColumn.ofNumbers("value", each)).compute();
            double[] ten = Arrays.stream(each).map(x -> -10 * x).toArray();
            TotalEffects harmful =
                    of.withValues(UnitColumn.ofNumbers("value", ten)).compute();
            Amount worth = byUnit.arm(1).worth().orElseThrow();
            Amount harm = harmful.arm(1).worth().orElseThrow();
            assertThat(harm.value()).isCloseTo(-10 * worth.value(), Percentage.withPercentage(1e-9));
            assertThat(harm.interval().orElseThrow().lower())
                    .isCloseTo(-10 * worth.interval().orElseThrow().upper(), Percentage.withPercentage(1e-9));
            double sum = byUnit.units().stream()
                    .skip(1)
                    .mapToDouble(unit -> unit.worth().orElseThrow().value())
                    .sum();
            assertThat(worth.value()).isCloseTo(sum, Percentage.withPercentage(3));
        }
    }

    @Test
    void equalValuesByUnitAreOneValue() {
        double[] each = new double[UNITS];
        Arrays.fill(each, 3);
        each[0] = 7; // has no effect
        ArmTotals one = EffectTotals.of(LEVEL).withValue(3).compute().arm(1);
        ArmTotals byUnit = EffectTotals.of(LEVEL)
                .withValues(UnitColumn.ofNumbers("value", each))
                .compute()
                .arm(1);
        assertThat(byUnit.worth().orElseThrow().value())
                .isCloseTo(one.worth().orElseThrow().value(), Percentage.withPercentage(1e-6));
    }

    @Test
    void unitsOfNoValueAddNothing() {
        double[] each = new double[UNITS];
        Arrays.fill(each, 2);
        each[3] = 0;
        TotalEffects totals = EffectTotals.of(LEVEL)
                .withValues(UnitColumn.ofNumbers("value", each))
                .compute();
        double sum = totals.units().stream()
                .skip(1)
                .mapToDouble(unit -> unit.worth().orElseThrow().value())
                .sum();
        assertThat(totals.units().get(3).worth().orElseThrow().value()).isZero();
        assertThat(totals.arm(1).worth().orElseThrow().value()).isCloseTo(sum, Percentage.withPercentage(3));
        ArmTotals nothing = EffectTotals.of(LEVEL).withValue(0).compute().arm(1);
        assertThat(nothing.worth().orElseThrow().value()).isZero();
    }

    @Test
    void costsAreThoseOfTreatedCells() {
        double[] each = IntStream.range(0, UNITS).mapToDouble(i -> 1 + i).toArray();
        TotalEffects totals = EffectTotals.of(LEVEL)
                .withValue(5)
                .withCosts(UnitColumn.ofNumbers("cost", each))
                .compute();
        double paid = IntStream.range(1, UNITS)
                .mapToDouble(i -> each[i] * LEVEL.effect(i, 1).treatedPeriods())
                .sum();
        ArmTotals inAll = totals.arm(1);
        assertThat(inAll.cost().orElseThrow()).isCloseTo(paid, within(1e-9));
        Amount worth = inAll.worth().orElseThrow();
        assertThat(inAll.netReturn().orElseThrow().value()).isCloseTo(worth.value() - paid, within(1e-9));
        assertThat(inAll.returnOnCost().orElseThrow().value()).isCloseTo(worth.value() / paid - 1, within(1e-9));
        assertThat(inAll.returnOnCost().orElseThrow().interval().orElseThrow().lower())
                .isCloseTo(worth.interval().orElseThrow().lower() / paid - 1, within(1e-9));
        assertThat(EffectTotals.of(LEVEL)
                        .withValue(5)
                        .withCost(0)
                        .compute()
                        .arm(1)
                        .returnOnCost()
                        .orElseThrow())
                .hasToString("none (nothing is paid)");
    }

    @Test
    void groupsAreTheUnitsOfVariation() {
        UnitColumn groups = UnitColumn.ofTexts(
                "group", IntStream.range(0, UNITS).mapToObj(i -> "g" + i % 4).toList());
        EffectTotals of = EffectTotals.of(LOG).withScale(OutcomeScale.LOG);
        Interval byUnit = of.compute().arm(1).total().interval().orElseThrow();
        ArmTotals inAll = of.withGroups(groups).compute().arm(1);
        Interval byGroup = inAll.total().interval().orElseThrow();
        assertThat(byGroup.upper() - byGroup.lower()).isGreaterThan(1.5 * (byUnit.upper() - byUnit.lower()));
        assertThat(inAll.total().value())
                .isCloseTo(of.compute().arm(1).total().value(), Percentage.withPercentage(1e-9));
    }

    @Test
    void threadsMakeNoDifference() {
        EffectTotals of = EffectTotals.of(LOG).withScale(OutcomeScale.LOG).withValue(2);
        assertThat(of.withThreads(1).compute().arm(1))
                .hasToString(of.withThreads(3).compute().arm(1).toString());
    }

    @Test
    void wrongArguments() {
        EffectTotals of = EffectTotals.of(LEVEL);
        double[] each = new double[UNITS];
        each[2] = -1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of.withCosts(UnitColumn.ofNumbers("cost", each)))
                .withMessage("\"cost\": the cost -1.0 of unit \"u2\" is below 0; give a number of 0 or more");
        each[4] = 3;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of.withValues(UnitColumn.ofNumbers("value", each)))
                .withMessage("\"value\": the value -1.0 of unit \"u2\" is below 0, and 3.0 of unit \"u4\" is above;"
                        + " give values of one sign");
        each[5] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of.withValues(UnitColumn.ofNumbers("value", each)))
                .withMessageContaining("of unit \"u5\" is not a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of.withValues(UnitColumn.ofNumbers("value", 1, 2)))
                .withMessageContaining("2 values for 14 units");
        assertThatIllegalArgumentException().isThrownBy(() -> of.withValue(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> of.withThreads(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> of.withCost(2).compute())
                .withMessageContaining("costs without values");
        assertThatIllegalStateException()
                .isThrownBy(() -> EffectTotals.of(LEVEL.detach())
                        .withScale(OutcomeScale.LOG)
                        .compute())
                .withMessageContaining("detached from its panel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectTotals.of(model(x -> 1000 * x))
                        .withScale(OutcomeScale.LOG)
                        .compute())
                .withMessageContaining("cannot be a natural logarithm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutcomeScale.named("logs"))
                .withMessage("no scale \"logs\"; use log, level");
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.unavailable(" "));
    }
}
