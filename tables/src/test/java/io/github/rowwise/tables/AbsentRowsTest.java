package io.github.rowwise.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsentRowsTest {

    private static final byte ABSENT = -2;

    /** A digit is an arm, a point a cell without a row, and x a row without an outcome. */
    private static byte[] arms(String text) {
        byte[] arms = new byte[text.length()];
        for (int i = 0; i < arms.length; i++) {
            char c = text.charAt(i);
            arms[i] = c == '.' ? ABSENT : c == 'x' ? -1 : (byte) (c - '0');
        }
        return arms;
    }

    @ParameterizedTest
    @CsvSource({
        "00..0, 00000, 2",
        "..0.1.1.., 000.11111, 5",
        "0.x.2., 0.x.22, 1",
        "1x.1, 1x11, 1",
        "...., ...., 0",
        "xx.x, xx.x, 0",
        "01, 01, 0"
    })
    void cellsWithoutARowHaveTheTreatmentOfTheirNeighbours(String before, String after, int filled) {
        byte[] arms = arms("9" + before);
        double[] outcomes = new double[arms.length];
        Arrays.fill(outcomes, 7);
        assertThat(AbsentRows.ZERO.fill(arms, outcomes, 1, before.length(), ABSENT))
                .isEqualTo(filled);
        assertThat(arms).isEqualTo(arms("9" + after));
        for (int i = 0; i < outcomes.length; i++) {
            boolean isFilled = i > 0 && before.charAt(i - 1) == '.' && after.charAt(i - 1) != '.';
            assertThat(outcomes[i]).isEqualTo(isFilled ? 0 : 7);
        }
    }

    @Test
    void aUnitThatSwitchesBackHasNoKnownTreatment() {
        assertThat(AbsentRows.ZERO.fill(arms("0.10"), new double[4], 0, 4, ABSENT))
                .isEqualTo(AbsentRows.UNKNOWN);
        assertThat(AbsentRows.ZERO.fill(arms("012."), new double[4], 0, 4, ABSENT))
                .isEqualTo(AbsentRows.UNKNOWN);
    }
}
