package io.github.rowwise.benchmarks;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.ProbabilitiesOfUnits;
import io.github.rowwise.internal.pass.WorkerThreads;
import java.util.Arrays;
import java.util.SplittableRandom;
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

/** The q-values and the posterior probabilities of the effects of many units. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EffectProbabilitiesBenchmark {

    @Param("200000")
    int units;

    @Param({"1", "2"})
    int threads;

    private Estimate[] ates = {};

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private WorkerThreads workers;

    /** Draws estimates whose spread is about twice their standard errors. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        ates = new Estimate[units];
        Arrays.setAll(
                ates,
                unit -> Estimate.of(
                        1 + random.nextGaussian(), 0.2 + 0.6 * random.nextDouble(), 30 + 5 * random.nextDouble()));
        workers = new WorkerThreads(threads, null);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        workers.close();
    }

    /**
     * Computes all of them.
     *
     * @return the probabilities of being in the top decile
     */
    @Benchmark
    public double[] compute() {
        return ProbabilitiesOfUnits.compute(ates, workers);
    }
}
