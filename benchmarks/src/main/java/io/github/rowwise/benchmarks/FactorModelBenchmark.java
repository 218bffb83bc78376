package io.github.rowwise.benchmarks;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Complete fit of the factor model, from a panel in memory to the effects of all units. */
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FactorModelBenchmark extends BackendBenchmark {

    @Param({"200x200", "2000x300"})
    String panel = "";

    @Param({"1", "2"})
    int threads;

    private @Nullable Panel input;
    private FactorModelEstimator estimator = FactorModelEstimator.withDefaults();

    /** Simulates the panel and sets the options. */
    @Setup
    public void prepare() {
        input = Inputs.panel(Shape.parse(panel));
        estimator = estimator.withBackend(algebra()).withThreads(threads);
    }

    /**
     * Fits the model.
     *
     * @return the effects of all units
     */
    @Benchmark
    public UnitEffects fit() {
        return estimator.fit(Objects.requireNonNull(input));
    }
}
