package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.spark.panel.UnitBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of a partition for one task, any number of times. */
public final class ShardReader {

    private final Supplier<Iterator<UnitBlock>> blocks;
    private final UnitBlock.Room room = new UnitBlock.Room();
    private @Nullable Throwable failure;

    public ShardReader(Supplier<Iterator<UnitBlock>> blocks) {
        this.blocks = blocks;
    }

    /** Reads all blocks and returns the facts that a program needs before it begins. */
    public ShardData part(int arms) {
        List<String> names = new ArrayList<>();
        long[] cells = new long[arms];
        double largest = 0;
        long checksum = 0;
        Iterator<UnitBlock> all = blocks();
        while (all.hasNext()) {
            UnitBlock block = all.next();
            names.addAll(List.of(block.units()));
            for (int arm = 0; arm < arms; arm++) {
                cells[arm] += block.cellsPerArm()[arm];
            }
            largest = Math.max(largest, block.largestOutcome());
            checksum = checksum(checksum, block);
        }
        return new ShardData(List.copyOf(names), cells, largest, checksum);
    }

    /** Starts a pass over the rows. */
    Iterator<ShardRows> rows() {
        Iterator<UnitBlock> all = blocks();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public ShardRows next() {
                return all.next().rows(room);
            }
        };
    }

    /** Returns whether an exception came from reading, so that Spark must handle it. */
    boolean hasThrown(Throwable thrown) {
        return thrown == failure;
    }

    private Iterator<UnitBlock> blocks() {
        Iterator<UnitBlock> all = noting(blocks);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return noting(all::hasNext);
            }

            @Override
            public UnitBlock next() {
                return noting(all::next);
            }
        };
    }

    private <T> T noting(Supplier<T> step) {
        try {
            return step.get();
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }

    private long checksum(long before, UnitBlock block) {
        long sum = before;
        for (String unit : block.units()) {
            sum = mix(sum, unit.hashCode());
        }
        ShardRows rows = block.rows(room);
        for (int cell = 0; cell < rows.arms().length; cell++) {
            sum = mix(sum, Double.doubleToLongBits(rows.outcomes()[cell]) + rows.arms()[cell]);
        }
        return sum;
    }

    private static long mix(long sum, long value) {
        long mixed = (sum ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
