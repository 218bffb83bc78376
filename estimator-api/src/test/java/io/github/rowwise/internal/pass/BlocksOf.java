package io.github.rowwise.internal.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Provides the blocks that a pass reads to oracles. */
public final class BlocksOf {

    private BlocksOf() {}

    /** Returns the blocks in order. They must stay valid after the pass. */
    public static List<RowBlock> runner(PassRunner runner) {
        List<RowBlock> blocks = Collections.synchronizedList(new ArrayList<>());
        runner.forEachBlock(() -> new PassScratch() {}, (scratch, block) -> blocks.add(block));
        blocks.sort(Comparator.comparingInt(RowBlock::firstRow));
        return blocks;
    }
}
