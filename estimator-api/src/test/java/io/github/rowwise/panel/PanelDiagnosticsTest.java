package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns and grades on assignments drawn by hand: a digit is an arm, a point a gap, and units are parted by spaces. */
class PanelDiagnosticsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "a unit leaves treatment, SWITCHING, 0110 0001",
        "a unit leaves treatment behind a gap, SWITCHING, 01.0 0001",
        "a unit changes treatments, SWITCHING, 0012 0001",
        "treated at first, SWITCHING, 1100 0000",
        "units enter at different times, STAGGERED, 0011 0111 0000",
        "two treatments enter at different times, STAGGERED, 0011 0222 0000",
        "an entry before a gap elsewhere, STAGGERED, 00.1 0111 0000",
        "units enter together, BLOCK, 0011 0011 0000",
        "a single treated unit, BLOCK, 0001 0000 0000",
        "always treated against never treated, BLOCK, 1111 0000",
        "two treatments enter together, BLOCK, 0011 0022 0000",
        "units enter together with gaps, BLOCK, 0.11 0011 .000",
        "units enter together with a gap at the entry, BLOCK, 00.1 0011 0000",
        "a unit comes late and treated, BLOCK, ...1 0011 0000",
        "all units in step, COMMON_SHOCK, 0011 0011",
        "all units in step with gaps, COMMON_SHOCK, 0.11 .01.",
        "in step to and fro, COMMON_SHOCK, 0101 0101",
        "no period with two units, COMMON_SHOCK, 0.1. .1.0",
    })
    void tellsThePattern(String what, AssignmentPattern pattern, String units) {
        assertThat(PanelDiagnostics.of(Panels.drawn(units.split(" "))).pattern())
                .isEqualTo(pattern);
    }

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource({
        "010101010101, OK, ''",
        "0.1.0.1.010101, OK, ''",
        "01010101, WEAK, only 4 periods treated; only 4 periods under control",
        "0100000000000, WEAK, only 1 period treated",
        "1111110101111, WEAK, only 2 periods under control",
        "000000111111, EXTRAPOLATED, treated only in one stretch from period 't6' to the end",
        "000000.11.111.., EXTRAPOLATED, treated only in one stretch from period 't7' to the end",
        "111111000000, EXTRAPOLATED, treated only in one stretch from the start to period 't5'",
        "..111111.000000, EXTRAPOLATED, treated only in one stretch from the start to period 't7'",
        "0000000011, EXTRAPOLATED, treated only in one stretch from period 't8' to the end; only 2 periods treated",
        "000000, NOT_ESTIMABLE, never treated in a period with an outcome",
        "111111, NOT_ESTIMABLE, always treated: no control period with an outcome",
        "......, NOT_ESTIMABLE, no period with an outcome",
    })
    void gradesAUnit(String unit, Grade grade, String reason) {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(withCompany(unit, "10"));

        assertThat(diagnostics.grade(0, 1)).isEqualTo(grade);
        assertThat(diagnostics.reason(0, 1)).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}, arm {1}: {2}, {3}")
    @CsvSource({
        "012012012012012, 1, OK, ''",
        "012012012012012, 2, OK, ''",
        "000001111122222, 2, EXTRAPOLATED, in arm '2' only in one stretch from period 't10' to the end",
        "000001212121212, 1, EXTRAPOLATED, under control only in one stretch from the start to period 't4'",
        "121212121200000, 2, EXTRAPOLATED, under control only in one stretch from period 't10' to the end",
        "000001111100000, 1, OK, ''",
        "020202020202, 1, NOT_ESTIMABLE, never in arm '1' in a period with an outcome",
        "121212121212, 1, NOT_ESTIMABLE, never under control in a period with an outcome",
        "002002002001, 1, EXTRAPOLATED, in arm '1' only in one stretch from period 't11' to the end; "
                + "only 1 period in arm '1'",
    })
    void gradesAUnitInOneOfTwoTreatments(String unit, int arm, Grade grade, String reason) {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(withCompany(unit, "120"));

        assertThat(diagnostics.grade(0, arm)).isEqualTo(grade);
        assertThat(diagnostics.reason(0, arm)).isEqualTo(reason);
    }

    @Test
    void anArmSeenInLessThanATwentiethOfThePeriodsIsWeak() {
        String twenty = ("0".repeat(19) + "1").repeat(6);
        String more = "0" + ("0".repeat(19) + "1").repeat(5) + "0".repeat(19);
        PanelDiagnostics diagnostics = PanelDiagnostics.of(Panels.drawn(twenty, more, "1".repeat(120)));

        assertThat(diagnostics.grade(0, 1)).as("scaled by 20").isEqualTo(Grade.OK);
        assertThat(diagnostics.grade(1, 1)).as("scaled by 24").isEqualTo(Grade.WEAK);
        assertThat(diagnostics.reason(1, 1)).isEqualTo("only 5 of 120 periods treated");
    }

    @Test
    void countsCellsAndPropensities() {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(Panels.drawn("01.2", "0.11", "2..0"));

        assertThat(diagnostics.cellsPerArm()).containsExactly(3, 3, 2);
        assertThat(diagnostics.missingCells()).isEqualTo(4);
        assertThat(diagnostics.cells(1, 1)).isEqualTo(2);
        assertThat(diagnostics.propensity(1, 1)).isEqualTo(0.5);
        assertThatThrownBy(() -> diagnostics.cells(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> diagnostics.grade(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void knowsWhetherAnyUnitCanBeEstimated() {
        assertThat(PanelDiagnostics.of(Panels.drawn("0000", "1111")).isAnyEstimable())
                .isFalse();
        assertThat(PanelDiagnostics.of(Panels.drawn("0000", "1112", "2220")).isAnyEstimable())
                .isTrue();
    }

    @Test
    void warnsOfExtrapolation() {
        assertThat(PanelDiagnostics.of(Panels.drawn("000001111", "010101010", "101010101", "011001101"))
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).startsWith("1 unit is extrapolated: "));

        PanelDiagnostics early =
                PanelDiagnostics.of(Panels.drawn("000010111", "001010101", "000000010", "000000011", "000000111"));
        assertThat(early.periodsWithout(0)).isZero();
        assertThat(early.periodsWithout(1)).isEqualTo(4);
        assertThat(early.allUnits()).isEqualTo(5);
        assertThat(early.warnings())
                .extracting(Warning::message)
                .anyMatch(message -> message.startsWith("2 units are extrapolated: "))
                .anyMatch(message -> message.startsWith("in 4 of 9 periods no unit was seen treated"));
    }

    /** The unit, and one that is in every arm, and not always in the same. */
    private static Panel withCompany(String unit, String arms) {
        return Panels.drawn(unit, arms.repeat(unit.length()).substring(0, unit.length()));
    }
}
