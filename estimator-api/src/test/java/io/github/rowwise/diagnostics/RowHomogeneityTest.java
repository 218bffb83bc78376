package io.github.rowwise.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class RowHomogeneityTest {

    private static PanelSimulation simulation(Assignment assignment, int units, int periods, long seed) {
        return PanelSimulation.withDefaults()
                .withSize(units, periods)
                .withAssignment(assignment)
                .withMissing(0.1)
                .withSeed(seed);
    }

    private static RowHomogeneity test(Panel panel) {
        return RowHomogeneity.of(panel, 1, 1);
    }

    /** Of 60 panels 3 on average have a p-value of at most 0.05, and 10 or more one time in 3,000. */
    @ParameterizedTest
    @EnumSource(names = {"BY_UNIT", "RARE", "BLOCKS"})
    void seldomRejectsWhereUnitsAreHomogeneous(Assignment assignment) {
        long rejected = IntStream.rangeClosed(1, 60)
                .filter(seed ->
                        test(simulation(assignment, 40, 40, seed).generate().panel())
                                        .pValue()
                                        .orElseThrow()
                                <= 0.05)
                .count();
        assertThat(rejected).isLessThan(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_PERIOD", "CONFOUNDED", "STAGGERED"})
    void rejectsWherePropensitiesMove(Assignment assignment) {
        for (int seed = 1; seed <= 5; seed++) {
            RowHomogeneity test =
                    test(simulation(assignment, 80, 60, seed).generate().panel());
            assertThat(test.pValue()).hasValue(0.01);
            assertThat(test.drift()).isBetween(0.05, 0.5);
            assertThat(test.testedUnits()).isEqualTo(test.varyingUnits());
        }
    }

    /** P is 0.3 in some periods and -0.3 in the others, for half of the units the other way round. */
    @Test
    void driftIsTheRootMeanSquareOfThePropensityDeviations() {
        SplittableRandom random = new SplittableRandom(3);
        int units = 300;
        int periods = 200;
        double[][] outcomes = new double[units][periods];
        int[][] arms = new int[units][periods];
        boolean[] isOdd = new boolean[periods];
        for (int j = 0; j < periods; j++) {
            isOdd[j] = random.nextBoolean();
        }
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < periods; j++) {
                boolean isHigh = isOdd[j] == (i % 2 == 0);
                arms[i][j] = random.nextDouble() < (isHigh ? 0.8 : 0.2) ? 1 : 0;
            }
        }
        RowHomogeneity test = test(Panel.of(outcomes, arms, Panels.names("u", units), Panels.names("t", periods)));

        assertThat(test.drift()).isCloseTo(0.3, within(0.02));
        assertThat(test.operatorNorm()).isCloseTo(0.3 * Math.sqrt(units * periods), within(0.02 * 245));
        assertThat(test.largestShift()).isBetween(-0.15, 0.15);
    }

    @Test
    void theLargestShiftIsAColumnMeanOfR() {
        // Both other units are in the arm always or never.
        RowHomogeneity test = test(Panels.drawn("0101", "0.11", "1111", "0000", "0011"));

        assertThat(test.varyingUnits()).isEqualTo(3);
        assertThat(test.shiftedPeriod()).isZero();
        assertThat(test.largestShift()).isCloseTo((-0.5 - 2.0 / 3 - 0.5) / 3, within(1e-15));
    }

    @Test
    void neitherTheOrderOfUnitsNorOutcomesMatter() {
        // More units than the test takes.
        Panel panel = simulation(Assignment.BY_UNIT, 700, 30, 1).generate().panel();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, panel.units()).boxed().toList());
        Collections.shuffle(order, new Random(2));
        PanelCells cells =
                Panel.cells(order.stream().map(panel.unitNames()::get).toList(), panel.periodNames(), panel.armNames());
        for (int i = 0; i < order.size(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                cells.set(i, j, panel.arm(order.get(i), j), 1e200 * panel.outcome(order.get(i), j));
            }
        }

        RowHomogeneity expected = test(panel);
        RowHomogeneity found = test(cells.build());

        assertThat(expected.testedUnits()).isEqualTo(500);
        assertThat(expected.varyingUnits()).isGreaterThan(690);
        assertThat(found.pValue()).isEqualTo(expected.pValue());
        assertThat(found.drift()).isEqualTo(expected.drift());
        assertThat(found.operatorNorm()).isEqualTo(expected.operatorNorm());
        assertThat(found.shiftedPeriod()).isEqualTo(expected.shiftedPeriod());
        assertThat(found.largestShift()).isCloseTo(expected.largestShift(), within(1e-12));
    }

    @Test
    void controlAndTheOnlyTreatmentAreTheSameTest() {
        Panel panel = simulation(Assignment.CONFOUNDED, 20, 30, 4).generate().panel();
        assertThat(RowHomogeneity.of(panel, 0, 1).pValue())
                .isEqualTo(RowHomogeneity.of(panel, 1, 1).pValue());
    }

    @Test
    void eachArmOfThreeIsTested() {
        SplittableRandom random = new SplittableRandom(8);
        double[][] outcomes = new double[60][40];
        int[][] arms = new int[60][40];
        for (int[] unit : arms) {
            for (int j = 0; j < unit.length; j++) {
                // Arm 1 gives way to arm 2 with time; control does not move.
                unit[j] = random.nextBoolean() ? 0 : random.nextInt(40) < j ? 2 : 1;
            }
        }
        Panel panel = Panel.of(outcomes, arms, Panels.names("u", 60), Panels.names("t", 40));
        assertThat(RowHomogeneity.of(panel, 1, 1).pValue()).hasValue(0.01);
        assertThat(RowHomogeneity.of(panel, 2, 1).pValue()).hasValue(0.01);
        assertThat(RowHomogeneity.of(panel, 0, 1).pValue().orElseThrow()).isGreaterThan(0.05);
        assertThatThrownBy(() -> RowHomogeneity.of(panel, 3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void fewerThanTwoUnitsThatChangeTellNothing() {
        assertThat(test(Panels.drawn("0011", "0000", "1111")).pValue()).isEmpty();
        assertThat(test(Panels.drawn("0000", "1111")).pValue()).isEmpty();
        assertThat(test(Panels.drawn("0000", "1111")).largestShift()).isZero();
        // Rotations of a single unit are all alike.
        assertThat(test(Panels.drawn("0011", "0..1", "1111")).pValue()).isPresent();
    }

    @Test
    void allUnitsInStepAreFound() {
        String[] units = new String[12];
        Arrays.fill(units, 0, 8, "00001111");
        Arrays.fill(units, 8, 12, "00000000");
        assertThat(test(Panels.drawn(units)).pValue().orElseThrow()).isLessThanOrEqualTo(0.05);
        Arrays.fill(units, "01101001");
        assertThat(test(Panels.drawn(units)).pValue()).hasValue(0.01);
    }
}
