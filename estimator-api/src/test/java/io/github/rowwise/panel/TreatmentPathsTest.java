package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.simulation.PanelSimulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many courses of treatment there are, on panels whose groups are known. */
class TreatmentPathsTest {

    /** Units of some groups, each with a random course, of whose cells some are missing or go their own way. */
    private static Panel grouped(int units, int groups, int periods, double missing, double deviating) {
        SplittableRandom random = new SplittableRandom(7);
        String[] courses = new String[groups];
        for (int g = 0; g < groups; g++) {
            StringBuilder course = new StringBuilder();
            for (int j = 0; j < periods; j++) {
                course.append(random.nextDouble() < 0.3 ? '1' : '0');
            }
            courses[g] = course.toString();
        }
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            StringBuilder row = new StringBuilder(courses[i % groups]);
            for (int j = 0; j < periods; j++) {
                if (random.nextDouble() < missing) {
                    row.setCharAt(j, '.');
                } else if (random.nextDouble() < deviating) {
                    row.setCharAt(j, row.charAt(j) == '0' ? '1' : '0');
                }
            }
            rows.add(row.toString());
        }
        return Panels.drawn(rows.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "60, 6, 40, 0, 0",
        "60, 6, 40, 0.1, 0",
        "60, 6, 120, 0.1, 0.003",
        "990, 11, 121, 0.05, 0",
        "3000, 30, 64, 0, 0"
    })
    void groupsAreCounted(int units, int groups, int periods, double missing, double deviating) {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(grouped(units, groups, periods, missing, deviating));

        assertThat(diagnostics.effectiveTreatmentPaths()).isCloseTo(groups, within(0.15 * groups));
        assertThat(diagnostics.isClusteredTreatment()).isTrue();
        assertThat(diagnostics.warnings()).extracting(Warning::kind).contains(Warning.Kind.CLUSTERED_TREATMENT);
    }

    /** The sample that judges a large panel does not follow the order of the units, and neither do blocks nor threads. */
    @Test
    void theOrderOfUnitsDoesNotMatter() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(i % 2 == 0 ? "01101001011100010" : "10010110001011001");
        }
        double courses =
                PanelDiagnostics.of(Panels.drawn(rows.toArray(String[]::new))).effectiveTreatmentPaths();
        Collections.shuffle(rows, new Random(1));
        Panel shuffled = Panels.withBlockRows(Panels.drawn(rows.toArray(String[]::new)), 7);

        assertThat(PanelDiagnostics.of(shuffled).effectiveTreatmentPaths())
                .isEqualTo(courses)
                .isCloseTo(2, within(0.3));
    }

    @ParameterizedTest
    @EnumSource(PanelSimulation.Assignment.class)
    void unitsThatDecideForThemselvesAreNoGroups(PanelSimulation.Assignment assignment) {
        for (int[] size : new int[][] {{30, 30}, {400, 8}, {3000, 12}, {2000, 40}, {500, 120}}) {
            Panel panel = PanelSimulation.withDefaults()
                    .withSize(size[0], size[1])
                    .withAssignment(assignment)
                    .generate()
                    .panel();
            PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);

            assertThat(diagnostics.isClusteredTreatment())
                    .as("%s, %s x %s: %s courses", assignment, size[0], size[1], diagnostics.effectiveTreatmentPaths())
                    .isFalse();
        }
    }

    /** Adoption once and for all leaves few courses to choose from: sharing one tells nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"000001111100", "000001111111"})
    void staggeredAdoptionIsNoGroups(String first) {
        List<String> rows = new ArrayList<>(List.of(first));
        for (int i = 0; i < 40; i++) {
            rows.add("0".repeat(3 + i % 9) + "1".repeat(9 - i % 9));
        }

        assertThat(PanelDiagnostics.of(Panels.drawn(rows.toArray(String[]::new)))
                        .isClusteredTreatment())
                .isFalse();
    }

    @Test
    void aCommonShockIsNotEstimable() {
        PanelDiagnostics diagnostics = PanelDiagnostics.of(Panels.drawn("0110101101", "0110101101", "01.0101101"));

        assertThat(diagnostics.grade(0, 1)).isEqualTo(Grade.NOT_ESTIMABLE);
        assertThat(diagnostics.reason(0, 1)).contains("common shock");
        assertThat(diagnostics.isAnyEstimable()).isFalse();
        assertThat(diagnostics.warnings()).extracting(Warning::kind).containsExactly(Warning.Kind.NOT_IDENTIFIED);
    }
}
