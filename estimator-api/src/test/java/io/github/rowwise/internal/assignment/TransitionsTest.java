package io.github.rowwise.internal.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    private static final byte GAP = RowBlock.MISSING;

    @Test
    void labelsTheExample() {
        byte[] arms = {0, 0, GAP, 0, 1, GAP, 1, 0, 0, 2, 0};
        int[] before = new int[arms.length];
        int[] after = new int[arms.length];

        Transitions.label(arms, IntStream.range(0, arms.length).toArray(), before, after);

        assertThat(before).containsExactly(4, 3, 0, 1, 0, 0, 0, 2, 1, 0, 0);
        assertThat(after).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 1);
    }

    @Test
    void agreesWithASearchInBothDirections() {
        SplittableRandom random = new SplittableRandom(1);
        for (int draw = 0; draw < 300; draw++) {
            byte[] arms = new byte[random.nextInt(2, 12)];
            int[] positions = new int[arms.length];
            for (int j = 0; j < arms.length; j++) {
                arms[j] = (byte) random.nextInt(-1, 3);
                positions[j] = j == 0 ? 0 : positions[j - 1] + random.nextInt(1, 3);
            }
            int[] before = new int[arms.length];
            int[] after = new int[arms.length];

            Transitions.label(arms, positions, before, after);

            for (int j = 0; j < arms.length; j++) {
                assertThat(before[j]).isEqualTo(distance(arms, positions, j, 1));
                assertThat(after[j]).isEqualTo(distance(arms, positions, j, -1));
            }
        }
    }

    private static int distance(byte[] arms, int[] positions, int cell, int step) {
        for (int j = cell; arms[cell] == 0 && j >= 0 && j < arms.length; j += step) {
            if (arms[j] > 0) {
                return Math.abs(positions[j] - positions[cell]);
            }
        }
        return 0;
    }
}
