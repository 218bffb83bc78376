package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final List<String> UNITS = List.of("a", "b", "c");
    private static final List<String> PERIODS = List.of("x", "y", "z");
    private static final List<String> ARMS = List.of("no", "yes");
    private static final int[][] ASSIGNMENT = {{0, 1, 0}, {1, 0, 1}, {0, 0, 1}};
    private static final double[][] OUTCOMES = {{1, 2, 3}, {4, Double.NaN, 6}, {7, 8, 9}};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void doesNotDependOnTheHeightOfTheBlocks(int rows) {
        Panel panel = Panels.random(new SplittableRandom(rows), 19, 13, 2, 0.2);

        assertThat(Panels.withBlockRows(panel, rows).fingerprint())
                .isEqualTo(panel.fingerprint())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void doesNotDependOnTheOrderInWhichCellsWereSet() {
        PanelCells backwards = Panel.cells(UNITS, PERIODS, ARMS);
        for (int i = 2; i >= 0; i--) {
            for (int j = 2; j >= 0; j--) {
                backwards.set(i, j, ASSIGNMENT[i][j], OUTCOMES[i][j]);
            }
        }

        assertThat(backwards.build().fingerprint()).isEqualTo(of(UNITS, PERIODS, ARMS, ASSIGNMENT, OUTCOMES));
    }

    @Test
    void changesWithEveryNameArmAndOutcome() {
        Set<String> seen = new HashSet<>();
        seen.add(of(UNITS, PERIODS, ARMS, ASSIGNMENT, OUTCOMES));
        int expected = 1;
        for (int k = 0; k < 3; k++) {
            seen.add(of(changed(UNITS, k), PERIODS, ARMS, ASSIGNMENT, OUTCOMES));
            seen.add(of(UNITS, changed(PERIODS, k), ARMS, ASSIGNMENT, OUTCOMES));
            expected += 2;
        }
        for (int k = 0; k < 2; k++) {
            seen.add(of(UNITS, PERIODS, changed(ARMS, k), ASSIGNMENT, OUTCOMES));
            expected++;
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                if (Double.isNaN(OUTCOMES[i][j])) {
                    continue;
                }
                int[][] arms = Panels.copy(ASSIGNMENT);
                arms[i][j] = 1 - arms[i][j];
                seen.add(of(UNITS, PERIODS, ARMS, arms, OUTCOMES));
                for (double other : new double[] {Math.nextUp(OUTCOMES[i][j]), -OUTCOMES[i][j], 0, Double.NaN}) {
                    double[][] outcomes = Panels.copy(OUTCOMES);
                    outcomes[i][j] = other;
                    seen.add(of(UNITS, PERIODS, ARMS, ASSIGNMENT, outcomes));
                }
                expected += 5;
            }
        }

        assertThat(seen).hasSize(expected);
    }

    @Test
    void tellsNamesApartThatReadTheSameInARow() {
        assertThat(of(List.of("ab", "c", "d"), PERIODS, ARMS, ASSIGNMENT, OUTCOMES))
                .isNotEqualTo(of(List.of("a", "bc", "d"), PERIODS, ARMS, ASSIGNMENT, OUTCOMES));
    }

    private static List<String> changed(List<String> names, int k) {
        List<String> result = new ArrayList<>(names);
        result.set(k, names.get(k) + "'");
        return result;
    }

    private static String of(
            List<String> units, List<String> periods, List<String> arms, int[][] assignment, double[][] outcomes) {
        PanelCells cells = Panel.cells(units, periods, arms);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                cells.set(i, j, assignment[i][j], outcomes[i][j]);
            }
        }
        return cells.build().fingerprint();
    }
}
