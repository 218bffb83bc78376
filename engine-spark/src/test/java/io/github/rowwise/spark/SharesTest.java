package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharesTest {

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
            List<Shares> shares = new ArrayList<>();
            Map<Integer, List<Shares>> groups = new TreeMap<>();
            GroupPartitioner partitioner = new GroupPartitioner(parts);
            for (int part = 0; part < parts; part++) {
                Shares share = share(part, part % 5 == 3 ? null : "" + part);
                shares.add(share);
                groups.computeIfAbsent(partitioner.getPartition(part), group -> new ArrayList<>())
                        .add(share);
            }

            List<Shares> merged = groups.values().stream()
                    .map(group -> Shares.merge(group, (String a, String b) -> "(" + a + "+" + b + ")"))
                    .toList();

            assertThat(groups).hasSize(partitioner.numPartitions());
            assertThat(merged(merged)).isEqualTo(merged(shares));
            assertThat(Shares.merge(merged, (String a, String b) -> a + b).answers())
                    .extracting(PartAnswer::part)
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

    private static @Nullable Object merged(List<Shares> shares) {
        return Shares.merge(shares, (String a, String b) -> "(" + a + "+" + b + ")")
                .total();
    }

    private static List<Shares> of(@Nullable String... sums) {
        List<Shares> shares = new ArrayList<>();
        for (String sum : sums) {
            shares.add(share(shares.size(), sum));
        }
        return shares;
    }

    private static Shares share(int part, @Nullable String sum) {
        return Shares.of(new PartAnswer(part, "here", "", 0, 0), sum);
    }
}
