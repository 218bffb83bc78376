package io.github.rowwise.internal.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The blocks that a pass reads, for oracles. */
public final class BlocksOf {

    private BlocksOf() {}

    /** In their order; of a panel that is kept as it is. */
    public static List<RowBlock> runner(PassRunner runner) {
        List<RowBlock> blocks = Collections.synchronizedList(new ArrayList<>());
        runner.forEachBlock(() -> new PassScratch() {}, (scratch, block) -> blocks.add(block));
        blocks.sort(Comparator.comparingInt(RowBlock::firstRow));
        return blocks;
    }
}
