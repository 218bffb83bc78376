package io.github.rowwise.benchmarks;

import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Base class of the benchmarks of a backend.
 *
 * <p>The parameter lists all backends of the project. The command skips those that are not available, and states this in the
 * results.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class BackendBenchmark {

    @Param({"ejml", "ojalgo", "nd4j"})
    String backend = "";

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private LinearAlgebra algebra;

    /** Finds the backend. JMH runs this setup before that of the subclass. */
    @Setup
    public void findBackend() {
        algebra = Backends.named(backend);
    }

    /** Returns the backend of the parameter. */
    final LinearAlgebra algebra() {
        return algebra;
    }
}
