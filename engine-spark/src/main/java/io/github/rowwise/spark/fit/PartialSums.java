package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Merge;
import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merged partial sums of some shards.
 *
 * @param answers replies of the shards, in their order
 * @param sum serialised merged partial sum; {@code null} if no shard has units
 */
record PartialSums(ArrayList<ShardReply> answers, byte @Nullable [] sum) implements Serializable {

    static PartialSums of(ShardReply answer, @Nullable Object share) {
        return new PartialSums(new ArrayList<>(List.of(answer)), share == null ? null : JavaSerialization.of(share));
    }

    static PartialSums read(byte[] bytes) {
        return (PartialSums) JavaSerialization.read(bytes);
    }

    /**
     * Merges in the order of a binary tree over the shards, which depends on their number only. Merging aligned groups whose
     * sizes are powers of two first gives the same result.
     *
     * @param shares partial sums of all shards or groups, in their order
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

    /** Returns the merged sum, a new object at each call. */
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
