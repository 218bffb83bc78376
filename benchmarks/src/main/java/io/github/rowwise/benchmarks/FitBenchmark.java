package io.github.rowwise.benchmarks;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Complete fit of the spectral method, from a panel in memory to the effects of all units. If a fit takes longer than the time
 * of an iteration, the iteration is one fit.
 */
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FitBenchmark extends BackendBenchmark {

    @Param({"200x200", "2000x500", "20000x500"})
    String panel = "";

    @Param
    FitRule rule = FitRule.SIGN_FLIP;

    @Param({"1", "2"})
    int threads;

    private @Nullable Panel input;
    private SpectralEstimator estimator = SpectralEstimator.withDefaults();

    /** Simulates the panel and sets the options. */
    @Setup
    public void prepare() {
        input = Inputs.panel(Shape.parse(panel));
        estimator = estimator.withBackend(algebra()).withRank(rule.rule()).withThreads(threads);
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
