package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.internal.pass.BlockBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelTest {

    @ParameterizedTest
    @CsvSource({"2,2", "3,500", "500,3", "97,61", "5000,40"})
    void givesBackEveryCell(int units, int periods) {
        SplittableRandom random = new SplittableRandom(units);
        double[][] outcomes = new double[units][periods];
        int[][] arms = new int[units][periods];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < periods; j++) {
                boolean missing = i + j > 2 && random.nextInt(5) == 0;
                outcomes[i][j] = missing ? Double.NaN : random.nextGaussian();
                arms[i][j] = (i + j) % 3;
            }
        }
        Panel panel = Panel.of(outcomes, arms, Panels.names("u", units), Panels.names("t", periods));

        for (int i = 0; i < units; i++) {
            for (int j = 0; j < periods; j++) {
                boolean missing = Double.isNaN(outcomes[i][j]);
                assertThat(panel.isObserved(i, j)).isEqualTo(!missing);
                assertThat(panel.outcome(i, j)).isEqualTo(Double.valueOf(outcomes[i][j]));
                assertThat(panel.arm(i, j)).isEqualTo(missing ? -1 : arms[i][j]);
            }
        }
        assertThat(panel.units()).isEqualTo(units);
        assertThat(panel.periods()).isEqualTo(periods);
        assertThat(panel.arms()).isEqualTo(3);
        assertThat(panel.armNames()).containsExactly("0", "1", "2");
    }

    @Test
    void countsTheObservedCellsOfEachArm() {
        Panel panel = Panels.drawn("01.2", "0.11", "2..0");

        assertThat(panel.observedCells()).isEqualTo(8);
        assertThat(List.of(panel.cellsInArm(0), panel.cellsInArm(1), panel.cellsInArm(2)))
                .containsExactly(3L, 3L, 2L);
    }

    @Test
    void doesNotChangeWithTheArraysItWasMadeFrom() {
        double[][] outcomes = {{1, 2}, {3, 4}};
        int[][] arms = {{0, 1}, {1, 0}};
        Panel panel = Panel.of(outcomes, arms, List.of("a", "b"), List.of("x", "y"));
        outcomes[0][0] = 100;
        arms[0][0] = 1;

        assertThat(panel.outcome(0, 0)).isEqualTo(1);
        assertThat(panel.arm(0, 0)).isZero();
    }

    @Test
    void armOfAMissingCellDoesNotMatter() {
        double[][] outcomes = {{1, Double.NaN}, {3, 4}};
        int[][] arms = {{0, 99}, {1, 0}};

        assertThat(Panel.of(outcomes, arms, List.of("a", "b"), List.of("x", "y"))
                        .arms())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "2,0", "0,-1", "0,2"})
    void rejectsACellThatIsNotThere(int unit, int period) {
        Panel panel = Panels.drawn("01", "10");

        assertThatThrownBy(() -> panel.outcome(unit, period)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panel.arm(unit, period)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panel.isObserved(unit, period)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7", "100"})
    void blocksOfAnyHeightHoldTheSameCells(int rows) {
        Panel panel = Panels.random(new SplittableRandom(rows), 23, 11, 3, 0.3);
        Panel other = Panels.withBlockRows(panel, rows);

        assertThat(other.blocks()).hasSize((23 + rows - 1) / rows);
        assertThat(Arrays.deepToString(Panels.outcomes(other))).isEqualTo(Arrays.deepToString(Panels.outcomes(panel)));
        assertThat(Panels.arms(other)).isDeepEqualTo(Panels.arms(panel));
        assertThat(other.largestOutcome()).isEqualTo(panel.largestOutcome());
    }

    @Test
    void heightOfTheBlocksDependsOnTheWidthAlone() {
        assertThat(Panels.random(new SplittableRandom(1), 4000, 100, 2, 0)
                        .blocks()
                        .read(0, new BlockBuffer())
                        .rows())
                .isEqualTo(Panels.random(new SplittableRandom(2), 8000, 100, 2, 0)
                        .blocks()
                        .read(0, new BlockBuffer())
                        .rows());
    }
}
