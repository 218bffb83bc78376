package io.github.rowwise.internal.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("counts the threads of a pass")
@Timeout(60)
class BlockRunnerTest {

    private static final int BLOCKS = 40;

    /** Counts the instances that are open. */
    private static final class Scratch implements PassScratch {
        static final AtomicInteger OPEN = new AtomicInteger();

        Scratch() {
            OPEN.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 100})
    void sumsAreMergedFromTheFirstBlockToTheLast(int threads) {
        List<Integer> inOrder = IntStream.range(0, BLOCKS).boxed().toList();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            for (int pass = 0; pass < 20; pass++) {
                assertThat(order(runner)).isEqualTo(inOrder);
            }
        }
        assertThat(Scratch.OPEN).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSampleIsSpreadOverTheBlocksAndItsPassesAreNotCounted(int threads) {
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            assertThat(order(runner.subsample(1))).hasSize(BLOCKS);
            assertThat(order(runner.subsample(10))).containsExactly(0, 10, 20, 30);
            assertThat(order(runner.subsample(16))).containsExactly(0, 16, 32);
            assertThat(order(runner.subsample(100))).containsExactly(0);
            assertThat(runner.progress().passes()).isZero();
            assertThat(order(runner)).hasSize(BLOCKS);
            assertThat(runner.progress().passes()).isEqualTo(1);
        }
        assertThat(Scratch.OPEN).hasValue(0);
    }

    /** A kernel in which later blocks finish first. */
    private static List<Integer> order(PassRunner runner) {
        return runner.reduceBlocks(
                Scratch::new,
                (scratch, block) -> {
                    pause(block.firstRow() % 4 == 0 ? 2 : 0);
                    return new ArrayList<>(List.of(block.firstRow()));
                },
                (first, second) -> {
                    first.addAll(second);
                    return first;
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aScratchBelongsToOneThread(int threads) {
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            int[] overlaps = runner.reduceBlocks(
                    BusyScratch::new, (scratch, block) -> new int[] {scratch.use()}, (first, second) ->
                            new int[] {first[0] + second[0]});
            assertThat(overlaps[0]).isZero();
        }
    }

    private static final class BusyScratch implements PassScratch {
        private final AtomicInteger users = new AtomicInteger();

        int use() {
            int others = users.getAndIncrement();
            pause(1);
            users.decrementAndGet();
            return others;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void anExceptionOfAKernelReachesTheCallerUnchanged(int threads) {
        IllegalArgumentException defect = new IllegalArgumentException("block 17");
        AssertionError error = new AssertionError("block 3");
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            assertThatThrownBy(() -> failing(runner, 17, defect)).isSameAs(defect);
            assertThatThrownBy(() -> failing(runner, 3, error)).isSameAs(error);
            assertThat(order(runner)).as("the runner is still of use").hasSize(BLOCKS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void afterAnExceptionNoFurtherBlockIsStarted(int threads) {
        AtomicInteger begun = new AtomicInteger();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            assertThatThrownBy(() -> runner.reduceBlocks(
                            Scratch::new,
                            (scratch, block) -> {
                                begun.incrementAndGet();
                                pause(20);
                                throw new IllegalStateException();
                            },
                            (Integer first, Integer second) -> first))
                    .isInstanceOf(IllegalStateException.class);
            pause(100);
        }
        assertThat(begun.get()).isLessThanOrEqualTo(threads);
        assertThatThrownBy(() -> slowlyFailing(threads)).isInstanceOf(IllegalStateException.class);
    }

    /** One thread fails at once. The others would need seconds for the remaining blocks. */
    private static void slowlyFailing(int threads) {
        AtomicInteger begun = new AtomicInteger();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            runner.reduceBlocks(
                    Scratch::new,
                    (scratch, block) -> {
                        begun.incrementAndGet();
                        if (block.firstRow() == 0) {
                            throw new IllegalStateException();
                        }
                        pause(50);
                        return 1;
                    },
                    Integer::sum);
        } finally {
            pause(300);
            assertThat(begun.get()).isLessThan(3 * threads);
        }
    }

    @Test
    void noThreadSurvivesTheRunner() throws InterruptedException {
        BlockRunner idle = new BlockRunner(RowBlocks.of(blocks()), 3);
        order(idle);
        assertThat(passThreads()).hasSizeGreaterThanOrEqualTo(3);
        idle.close();
        BlockRunner failed = new BlockRunner(RowBlocks.of(blocks()), 3);
        assertThatThrownBy(() -> failing(failed, 5, new IllegalStateException()))
                .isNotNull();
        failed.close();
        for (Thread thread : passThreads()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(Scratch.OPEN).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void anInterruptEndsThePassAndTheStatusStaysSet(int threads) {
        Thread caller = Thread.currentThread();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger atWork = new AtomicInteger();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks()), threads)) {
            assertThatThrownBy(() -> runner.reduceBlocks(
                            Scratch::new,
                            (scratch, block) -> {
                                atWork.incrementAndGet();
                                if (begun.getAndIncrement() == 5) {
                                    caller.interrupt();
                                }
                                LockSupport.parkNanos(20_000_000);
                                atWork.decrementAndGet();
                                return 1;
                            },
                            Integer::sum))
                    .isInstanceOf(CancellationException.class);
            assertThat(atWork).as("blocks that are still at work").hasValue(0);
            assertThat(begun.get()).isLessThanOrEqualTo(6 + 2 * threads);
            assertThat(Scratch.OPEN).hasValue(0);
            int before = begun.get();
            assertThatThrownBy(() -> order(runner)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(begun).hasValue(before);
            assertThat(order(runner)).as("the runner is still of use").hasSize(BLOCKS);
        }
    }

    private static Integer failing(BlockRunner runner, int at, Throwable defect) {
        return runner.reduceBlocks(
                Scratch::new,
                (scratch, block) -> {
                    if (block.firstRow() == at) {
                        BlockRunnerTest.<RuntimeException>raise(defect);
                    }
                    return 1;
                },
                Integer::sum);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable defect) throws E {
        throw (E) defect;
    }

    private static List<Thread> passThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rowwise-pass"))
                .toList();
    }

    private static List<RowBlock> blocks() {
        return IntStream.range(0, BLOCKS)
                .mapToObj(row -> new RowBlock(row, 1, 1, new double[1], new byte[1]))
                .toList();
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
