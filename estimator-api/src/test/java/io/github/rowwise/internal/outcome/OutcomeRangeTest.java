package io.github.rowwise.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes and zeros among outcomes; rows are written as texts, with points for missing cells. */
class OutcomeRangeTest {

    private static final String CODE = "-999 -999 -999 -999 -999";

    private static OutcomeRange range(int firstRow, String... rows) {
        String[][] cells = Arrays.stream(rows).map(row -> row.split(" ")).toArray(String[][]::new);
        int columns = cells[0].length;
        double[] outcomes = new double[rows.length * columns];
        byte[] arms = new byte[outcomes.length];
        for (int k = 0; k < outcomes.length; k++) {
            String cell = cells[k / columns][k % columns];
            arms[k] = cell.equals(".") ? RowBlock.MISSING : 0;
            outcomes[k] = cell.equals(".") ? 0 : Double.parseDouble(cell);
        }
        List<String> names = IntStream.range(0, firstRow + rows.length)
                .mapToObj(k -> "u" + k)
                .toList();
        return new OutcomeRange().add(new RowBlock(firstRow, rows.length, columns, outcomes, arms), names);
    }

    @Test
    void aRepeatedValueFarBelowIsFound() {
        OutcomeRange range = range(0, "7 8 12 9 10", "11 -999 -999 -999 -999", "-999 9 . 8 10");

        assertThat(range.repeatedExtreme()).isEqualTo(new OutcomeFacts.RepeatedExtreme(-999, 7, 5, "u1", 1));
    }

    @Test
    void aRepeatedValueFarAboveIsFound() {
        OutcomeRange range = range(0, "7 8 12 9 10", "11 888 888 888 888", "888 9 . 8 -10");

        assertThat(range.repeatedExtreme()).isEqualTo(new OutcomeFacts.RepeatedExtreme(888, 12, 5, "u1", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "-999 -999 -999 -999 -999 0 2000, true", // Nines below 0, whatever the others.
        "-998 -998 -998 -998 -998 0 2000, false",
        "-999 -999 -999 -999 -999 -1 2000, false",
        "-9.5 -9.5 -9.5 -9.5 -9.5 0 2000, false",
        "-20 -20 -20 -20 -20 0 19, true",
        "-20 -20 -20 -20 -20 0 20, false", // No farther from the others than these from one another.
        "-20 -20 -20 -20 -20 5 5, false", // The others are one value, as in a table of two.
        "20 20 20 20 20 20 20, false",
    })
    void otherValuesDecide(String outcomes, boolean isFound) {
        OutcomeRange range = range(0, outcomes);
        assertThat(range.repeatedExtreme() != null).isEqualTo(isFound);
    }

    @Test
    void aValueMustBeRepeated() {
        String cells = "3 4 5 6 7 8";
        String tooFew = String.join(" ", Collections.nCopies(OutcomeScan.REPEATED - 1, "-999"));
        String enough = tooFew + " -999";
        assertThat(range(0, tooFew + " " + cells).repeatedExtreme()).isNull();
        assertThat(range(0, enough + " " + cells).repeatedExtreme()).isNotNull();
    }

    /** In any order, with the value in either or in both. */
    @Test
    void blocksAddUp() {
        String others = "7 8 12 9 10";
        OutcomeFacts.RepeatedExtreme first = new OutcomeFacts.RepeatedExtreme(-999, 7, 5, "u0", 0);
        OutcomeFacts.RepeatedExtreme second = new OutcomeFacts.RepeatedExtreme(-999, 7, 5, "u1", 0);

        assertThat(range(0, CODE).add(range(1, others)).repeatedExtreme()).isEqualTo(first);
        assertThat(range(0, others).add(range(1, CODE)).repeatedExtreme()).isEqualTo(second);
        assertThat(range(0, CODE).add(range(1, CODE)).add(range(2, others)).repeatedExtreme())
                .isEqualTo(new OutcomeFacts.RepeatedExtreme(-999, 7, 10, "u0", 0));
        assertThat(range(0, "-998 6 7 8 9").add(range(1, CODE)).repeatedExtreme())
                .isNull();
        assertThat(range(0, "11 888 888 888 888").add(range(1, "888 9 . 8 -10")).repeatedExtreme())
                .isEqualTo(new OutcomeFacts.RepeatedExtreme(888, 11, 5, "u0", 1));
    }

    /** An outcome is close to 0 below a twentieth of the mean of its unit. */
    @Test
    void missingCellsCountWhereOutcomesComeCloseToZero() {
        OutcomeRange close = range(0, ". 0.01 0.02 100 .", "200 0.01 0.02 . 100");
        assertThat(close.missingShareAboveZero()).isEqualTo(.3);
        assertThat(range(0, ". 0.01 0.02 100 .")
                        .add(range(1, "200 0.01 0.02 . 100"))
                        .missingShareAboveZero())
                .isEqualTo(.3);

        assertThat(range(0, ". 60 70 100 .", "200 60 70 . 100").missingShareAboveZero())
                .isZero();
        assertThat(range(0, ". 0 0.02 100 .", "200 0.01 0.02 . 100").missingShareAboveZero())
                .isZero();
        assertThat(range(0, ". 6 6 100 .", "200 8 8 . 100").missingShareAboveZero())
                .isZero();
    }

    /** More than one outcome in a hundred. The first unit is far from 0 throughout. */
    @ParameterizedTest
    @CsvSource({"3, 0", "4, .125"})
    void manyOutcomesMustBeClose(int close, double share) {
        List<String> second = new ArrayList<>(Collections.nCopies(close, "0.01"));
        second.addAll(Collections.nCopies(150 - close, "100"));
        second.addAll(Collections.nCopies(50, "."));

        OutcomeRange range = range(0, String.join(" ", Collections.nCopies(200, "100")), String.join(" ", second));
        assertThat(range.missingShareAboveZero()).isEqualTo(share);
    }
}
