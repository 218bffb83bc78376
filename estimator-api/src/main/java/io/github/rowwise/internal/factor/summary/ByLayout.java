package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scratch memory of a pass, one for each layout that units are stored in.
 *
 * @param <B> memory for units of one layout
 */
final class ByLayout<B> implements PassScratch {

    /** What is done with the rows of a block that have one layout. */
    interface Step<B> {

        void run(B batch, int[] rows, int count);
    }

    private final UnitLayouts layouts;
    private final IntFunction<B> make;
    private final List<@Nullable B> batches;

    /**
     * Creates memory, for each layout when the first of its units comes.
     *
     * @param make takes the number of slots per unit
     */
    ByLayout(UnitLayouts layouts, IntFunction<B> make) {
        this.layouts = layouts;
        this.make = make;
        this.batches = new ArrayList<>(Collections.nCopies(layouts.count(), null));
    }

    void forEach(RowBlock block, Step<B> step) {
        for (int layout = 0; layout < batches.size(); layout++) {
            int count = layouts.list(block, layout);
            if (count > 0) {
                step.run(batch(layout), layouts.rows(), count);
            }
        }
    }

    private B batch(int layout) {
        B batch = batches.get(layout);
        if (batch == null) {
            batch = make.apply(layouts.slots(layout));
            batches.set(layout, batch);
        }
        return batch;
    }
}
