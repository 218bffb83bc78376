package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Merge;
import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shares of some parts, merged.
 *
 * @param answers of the parts, in their order
 * @param sum bytes of the merged shares; {@code null} where no part has units
 */
record PartialSums(ArrayList<ShardReply> answers, byte @Nullable [] sum) implements Serializable {

    static PartialSums of(ShardReply answer, @Nullable Object share) {
        return new PartialSums(new ArrayList<>(List.of(answer)), share == null ? null : JavaSerialization.of(share));
    }

    static PartialSums read(byte[] bytes) {
        return (PartialSums) JavaSerialization.read(bytes);
    }

    /**
     * Merges in the order of a binary tree over the parts, which depends on their number alone. Merging aligned groups first,
     * of a power of two each, comes to the same.
     *
     * @param shares of all parts or groups, in their order; none missing
     */
    @SuppressWarnings("unchecked")
    static <S> PartialSums merge(List<PartialSums> shares, Merge<S> merge) {
        ArrayList<ShardReply> answers = new ArrayList<>();
        List<@Nullable S> sums = new ArrayList<>();
        for (PartialSums each : shares) {
            answers.addAll(each.answers);
            sums.add((S) each.total());
        }
        S total = tree(sums, merge);
        return new PartialSums(answers, total == null ? null : JavaSerialization.of(total));
    }

    /** The merged shares, an object of its own at each call. */
    @Nullable
    Object total() {
        return sum == null ? null : JavaSerialization.read(sum);
    }

    private static <S> @Nullable S tree(List<@Nullable S> sums, Merge<S> merge) {
        int count = sums.size();
        for (int apart = 1; apart < count; apart *= 2) {
            for (int i = 0; i + apart < count; i += 2 * apart) {
                S earlier = sums.get(i);
                S later = sums.get(i + apart);
                sums.set(i, earlier == null ? later : later == null ? earlier : merge.apply(earlier, later));
            }
        }
        return sums.get(0);
    }
}
