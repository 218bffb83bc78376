package io.github.rowwise.internal.pass;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardRows;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes over a part of the units, whose sums an engine adds up with those of the other parts. */
public final class ShardRunner implements PassRunner {

    private final Engine engine;
    private final int units;
    private final int periods;
    private final FitProgressTracker course;

    /** One block out of so many is looked at. */
    private final int every;

    /**
     * Makes ready.
     *
     * @param units of the part
     * @param periods of the panel
     */
    public ShardRunner(Engine engine, int units, int periods, FitProgressTracker course) {
        this(engine, units, periods, course, 1);
    }

    private ShardRunner(Engine engine, int units, int periods, FitProgressTracker course, int every) {
        this.engine = engine;
        this.units = units;
        this.periods = periods;
        this.course = course;
        this.every = every;
    }

    @Override
    public FitProgressTracker course() {
        return course;
    }

    @Override
    public <W extends PassScratch, S> S sum(Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
        course.passBegins();
        String label = stage() + (every == 1 ? ", pass " : ", sample ") + (course.passes() + 1);
        S total = engine.add(new Pass<>(label, worker, kernel, merge));
        course.passEnds();
        return total;
    }

    @Override
    public <S> S all(S own, Merge<S> merge) {
        return engine.add(new Ready<>(stage() + ", after pass " + course.passes(), own, merge));
    }

    @Override
    public PassRunner sample(int step) {
        FitProgressTracker apart = new FitProgressTracker(ignored -> {});
        apart.enter(course.stage(), 1, 1);
        return new ShardRunner(engine, units, periods, apart, step);
    }

    @Override
    public void close() {
        // The engine belongs to whoever made the part.
    }

    private String stage() {
        return course.stage().name().toLowerCase(Locale.ROOT);
    }

    private record Ready<S>(String label, S own, Merge<S> merge) implements PartialSum<S> {

        @Override
        public boolean readsRows() {
            return false;
        }

        @Override
        public @Nullable S ofPart(Iterator<ShardRows> rows) {
            return own;
        }
    }

    private final class Pass<W extends PassScratch, S> implements PartialSum<S> {

        private final String label;
        private final Supplier<W> worker;
        private final BiFunction<W, RowBlock, S> kernel;
        private final Merge<S> merge;

        Pass(String label, Supplier<W> worker, BiFunction<W, RowBlock, S> kernel, Merge<S> merge) {
            this.label = label;
            this.worker = worker;
            this.kernel = kernel;
            this.merge = merge;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public boolean readsRows() {
            return true;
        }

        @Override
        public Merge<S> merge() {
            return merge;
        }

        @Override
        public @Nullable S ofPart(Iterator<ShardRows> rows) {
            S sum = null;
            int first = 0;
            if (units > 0) {
                try (W scratch = worker.get()) {
                    for (int index = 0; rows.hasNext(); index++) {
                        ShardRows next = rows.next();
                        int count = next.arms().length / periods;
                        if (index % every == 0) {
                            RowBlock block = new RowBlock(first, count, periods, next.outcomes(), next.arms());
                            S more = kernel.apply(scratch, block);
                            sum = sum == null ? more : merge.apply(sum, more);
                        }
                        first += count;
                    }
                }
            }
            if (first != units || rows.hasNext()) {
                throw new IllegalStateException(
                        "the engine gave rows of " + first + " units or more, where the part has " + units
                                + ": a pass reads all units of the part once, in their order");
            }
            return sum;
        }
    }
}
