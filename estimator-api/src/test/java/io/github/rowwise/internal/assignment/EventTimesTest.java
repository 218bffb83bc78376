package io.github.rowwise.internal.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {

    @ParameterizedTest
    @CsvSource({
        // arms of a unit's cells (a dot is a missing cell), arm, event times (x means none)
        "000111, 1, -3 -2 -1 0 1 2",
        "000000, 1, x x x x x x",
        "111111, 1, x x x x x x",
        "110011, 1, x x -2 -1 0 1",
        "010110, 1, -1 0 -1 0 1 x",
        "0.1.1., 1, -2 x 0 x 2 x",
        ".1.011, 1, x x x -1 0 1",
        "..01..1, 1, x x -1 0 x x 3",
        "0020211, 1, x x x x x 0 1",
        "0020211, 2, -2 -1 0 -1 0 x x",
        "1.2.0.1, 1, x x x x -2 x 0",
        "01.2.1, 1, -1 0 x x x 0",
        "......, 1, x x x x x x"
    })
    void eventTimesOfExamples(String arms, int arm, String expected) {
        byte[] row = new byte[arms.length() + 2];
        row[0] = 1;
        row[1] = 0;
        for (int j = 0; j < arms.length(); j++) {
            row[j + 2] = arms.charAt(j) == '.' ? RowBlock.MISSING : (byte) (arms.charAt(j) - '0');
        }
        int[] times = new int[arms.length()];

        EventTimes.label(row, 2, arm, IntStream.range(0, times.length).toArray(), times);

        assertThat(Arrays.stream(times)
                        .mapToObj(time -> time == EventTimes.NONE ? "x" : Integer.toString(time))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }
}
