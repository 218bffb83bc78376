package io.github.rowwise.spark;

import io.github.rowwise.engine.Merge;
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
record Shares(ArrayList<PartAnswer> answers, byte @Nullable [] sum) implements Serializable {

    static Shares of(PartAnswer answer, @Nullable Object share) {
        return new Shares(new ArrayList<>(List.of(answer)), share == null ? null : Bytes.of(share));
    }

    static Shares read(byte[] bytes) {
        return (Shares) Bytes.read(bytes);
    }

    /**
     * Merges in the order of a binary tree over the parts, which depends on their number alone. Merging aligned groups first,
     * of a power of two each, comes to the same.
     *
     * @param shares of all parts or groups, in their order; none missing
     */
    @SuppressWarnings("unchecked")
    static <S> Shares merge(List<Shares> shares, Merge<S> merge) {
        ArrayList<PartAnswer> answers = new ArrayList<>();
        List<@Nullable S> sums = new ArrayList<>();
        for (Shares each : shares) {
            answers.addAll(each.answers);
            sums.add((S) each.total());
        }
        S total = tree(sums, merge);
        return new Shares(answers, total == null ? null : Bytes.of(total));
    }

    /** The merged shares, an object of its own at each call. */
    @Nullable
    Object total() {
        return sum == null ? null : Bytes.read(sum);
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
