package io.github.rowwise.spark.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartialSumsTest {

    @Test
    void mergesAsABinaryTree() {
        assertThat(merged(of("a", "b", "c", "d", "e"))).isEqualTo("(((a+b)+(c+d))+e)");
    }

    @Test
    void leavesOutPartsWithoutUnits() {
        assertThat(merged(of(null, "b", null, null, "e", "f"))).isEqualTo("(b+(e+f))");
        assertThat(merged(of(null, null, null))).isNull();
    }

    @Test
    void groupsMergedFirstComeToTheSame() {
        for (int parts = 1; parts < 300; parts++) {
            List<PartialSums> shares = new ArrayList<>();
            Map<Integer, List<PartialSums>> groups = new TreeMap<>();
            GroupPartitioner partitioner = new GroupPartitioner(parts);
            for (int part = 0; part < parts; part++) {
                PartialSums share = share(part, part % 5 == 3 ? null : "" + part);
                shares.add(share);
                groups.computeIfAbsent(partitioner.getPartition(part), group -> new ArrayList<>())
                        .add(share);
            }

            List<PartialSums> merged = groups.values().stream()
                    .map(group -> PartialSums.merge(group, (String a, String b) -> "(" + a + "+" + b + ")"))
                    .toList();

            assertThat(groups).hasSize(partitioner.numPartitions());
            assertThat(merged(merged)).isEqualTo(merged(shares));
            assertThat(PartialSums.merge(merged, (String a, String b) -> a + b).answers())
                    .extracting(ShardReply::part)
                    .isSorted()
                    .hasSize(parts);
        }
    }

    @Test
    void groupsAreAboutAsLargeAsThereAreGroups() {
        assertThat(new GroupPartitioner(1).numPartitions()).isEqualTo(1);
        assertThat(new GroupPartitioner(1000).numPartitions()).isEqualTo(32);
        assertThat(new GroupPartitioner(1025).numPartitions()).isEqualTo(17);
    }

    private static @Nullable Object merged(List<PartialSums> shares) {
        return PartialSums.merge(shares, (String a, String b) -> "(" + a + "+" + b + ")")
                .total();
    }

    private static List<PartialSums> of(@Nullable String... sums) {
        List<PartialSums> shares = new ArrayList<>();
        for (String sum : sums) {
            shares.add(share(shares.size(), sum));
        }
        return shares;
    }

    private static PartialSums share(int part, @Nullable String sum) {
        return PartialSums.of(new ShardReply(part, "here", "", 0, 0), sum);
    }
}
