package io.github.rowwise.spark.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.spark.fit.ShardData;
import io.github.rowwise.spark.fit.ShardReader;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitBlockTest {

    private static final byte[] ARMS = {0, 1, -1, 1};

    @Test
    void tellsItsCounts() {
        UnitBlock block = UnitBlock.ofDoubles(new String[] {"a", "b"}, 2, new double[] {1, -7, 0, 2.5}, ARMS, 3);

        assertThat(block.cellsPerArm()).containsExactly(1, 2, 0);
        assertThat(block.largestOutcome()).isEqualTo(7);
        assertThat(block.periods()).isEqualTo(2);
        assertThat(block.units()).containsExactly("a", "b");
    }

    @Test
    void widensFloatsIntoARoomThatIsKept() {
        UnitBlock.Room room = new UnitBlock.Room();
        UnitBlock block = UnitBlock.ofFloats(new String[] {"a", "b"}, 2, new float[] {1, -7, 0, 0.1f}, ARMS, 2);
        UnitBlock smaller = UnitBlock.ofFloats(new String[] {"c"}, 2, new float[] {3, 4}, new byte[] {0, 0}, 2);

        ShardRows rows = block.rows(room);

        assertThat(rows.outcomes()).containsExactly(1, -7, 0, (double) 0.1f);
        assertThat(rows.arms()).isEqualTo(ARMS);
        assertThat(block.rows(room).outcomes()).isSameAs(rows.outcomes());
        assertThat(smaller.rows(room).outcomes()).containsExactly(3, 4);
        assertThat(block.largestOutcome()).isEqualTo(7);
    }

    @Test
    void rejectsOtherNumbersOfCells() {
        assertThatThrownBy(() -> UnitBlock.ofDoubles(new String[] {"a"}, 2, new double[3], new byte[2], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 units by 2 periods with 3 outcomes and 2 arms");
        assertThatThrownBy(() -> UnitBlock.ofFloats(new String[0], 2, new float[0], new byte[0], 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPartIsTheSumOfItsBlocks() {
        List<UnitBlock> blocks = TestBlocks.all(4, 5);

        ShardData part = TestBlocks.reader(blocks).part(TestBlocks.ARMS);

        assertThat(part.unitNames()).hasSize(9).startsWith("unit 0").endsWith("unit 8");
        long[] cells = new long[TestBlocks.ARMS];
        double largest = 0;
        UnitBlock.Room room = new UnitBlock.Room();
        for (UnitBlock block : blocks) {
            ShardRows rows = block.rows(room);
            for (int cell = 0; cell < rows.arms().length; cell++) {
                if (rows.arms()[cell] != ShardRows.MISSING) {
                    cells[rows.arms()[cell]]++;
                }
                largest = Math.max(largest, Math.abs(rows.outcomes()[cell]));
            }
        }
        assertThat(part.cellsPerArm()).isEqualTo(cells);
        assertThat(part.largestOutcome()).isEqualTo(largest);
    }

    @Test
    void theChecksumTellsNamesOutcomesAndArmsApart() {
        String[] names = {"a", "b"};
        double[] outcomes = {1, 2, 0, 4};
        long known = checksum(UnitBlock.ofDoubles(names, 2, outcomes, ARMS, 2));

        assertThat(checksum(UnitBlock.ofDoubles(names.clone(), 2, outcomes.clone(), ARMS.clone(), 2)))
                .isEqualTo(known);
        assertThat(checksum(UnitBlock.ofDoubles(new String[] {"b", "a"}, 2, outcomes, ARMS, 2)))
                .isNotEqualTo(known);
        assertThat(checksum(UnitBlock.ofDoubles(names, 2, new double[] {2, 1, 0, 4}, ARMS, 2)))
                .isNotEqualTo(known);
        assertThat(checksum(UnitBlock.ofDoubles(names, 2, outcomes, new byte[] {1, 0, -1, 1}, 2)))
                .isNotEqualTo(known);
    }

    private static long checksum(UnitBlock block) {
        Iterator<UnitBlock> one = List.of(block).iterator();
        return new ShardReader(() -> one).part(2).checksum();
    }
}
