package io.github.rowwise.benchmarks;

import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reference for complete fits: reads each byte of the same panel once with the same number of threads. A cell has 8 bytes for
 * the outcome and 1 byte for the arm.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlainReadBenchmark {

    @Param({"200x200", "2000x500", "20000x500"})
    String panel = "";

    @Param({"1", "2"})
    int threads;

    private final List<CellBlock> blocks = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private ExecutorService pool;

    /** Copies the cells of the panel and starts the threads. */
    @Setup
    public void prepare() {
        Panel input = Inputs.panel(Shape.parse(panel));
        int rows = Math.max(1, (1 << 16) / input.periods());
        for (int first = 0; first < input.units(); first += rows) {
            blocks.add(CellBlock.copy(input, first, Math.min(rows, input.units() - first)));
        }
        pool = Executors.newFixedThreadPool(threads);
    }

    /** Stops the threads. */
    @TearDown
    public void close() {
        pool.shutdownNow();
    }

    /**
     * Reads all cells.
     *
     * @return the sum of the outcomes and of the arms' bytes
     * @throws InterruptedException if the run is interrupted
     * @throws ExecutionException never, because addition does not fail
     */
    @Benchmark
    public CellBlock.Sum read() throws InterruptedException, ExecutionException {
        List<Callable<CellBlock.Sum>> parts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            List<CellBlock> share = blocks.subList(blocks.size() * t / threads, blocks.size() * (t + 1) / threads);
            parts.add(() -> sum(share));
        }
        CellBlock.Sum total = CellBlock.Sum.ZERO;
        for (Future<CellBlock.Sum> part : pool.invokeAll(parts)) {
            total = total.plus(part.get());
        }
        return total;
    }

    private static CellBlock.Sum sum(List<CellBlock> share) {
        CellBlock.Sum sum = CellBlock.Sum.ZERO;
        for (CellBlock block : share) {
            sum = sum.plus(block.sum());
        }
        return sum;
    }
}
