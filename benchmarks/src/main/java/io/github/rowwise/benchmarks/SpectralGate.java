package io.github.rowwise.benchmarks;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.Panel;
import java.util.Locale;

/**
 * Checks that a fit of the spectral method does not take more than a given number of plain reads of the same panel. Both are
 * measured alternately in one run, and their minimum wall-clock and processor times are compared. The exit code is 1 if both
 * ratios exceed the limit. Processor time is included because wall-clock time is unreliable on a busy machine.
 */
public final class SpectralGate {

    private static final int ROUNDS = 9;
    private static final int READS = 100;

    /**
     * Cost of a fit relative to a plain read, both on two threads.
     *
     * @param wall ratio of the minimum wall-clock times
     * @param processor ratio of the minimum processor times of all threads
     */
    record Ratio(double wall, double processor) {}

    private SpectralGate() {}

    /**
     * Runs the check.
     *
     * @param arguments shape such as 20000x500, and maximum number of reads per fit
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: SpectralGate SHAPE LIMIT");
            System.exit(2);
        }
        Ratio ratio = measure(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "one spectral fit of %s on 2 threads: %.0f plain reads, %.0f in processor time, limit %.0f%n",
                arguments[0],
                ratio.wall(),
                ratio.processor(),
                limit);
        System.exit(Math.min(ratio.wall(), ratio.processor()) <= limit ? 0 : 1);
    }

    /** Measures a fit with ranks by sign flips. */
    static Ratio measure(String shape) throws Exception {
        PlainReadBenchmark plain = new PlainReadBenchmark();
        plain.panel = shape;
        plain.threads = 2;
        plain.prepare();
        Panel panel = Inputs.panel(Shape.parse(shape));
        SpectralEstimator estimator = SpectralEstimator.withDefaults()
                .withBackend(Backends.named("ejml"))
                .withThreads(2);
        LeastTime read = new LeastTime();
        LeastTime reads = new LeastTime();
        LeastTime fit = new LeastTime();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                // The processor time of a single read is below the resolution of its clock.
                reads.time(() -> {
                    for (int r = 0; r < READS; r++) {
                        read.time(plain::read);
                    }
                    return READS;
                });
                fit.time(() -> estimator.fit(panel));
            }
        } finally {
            plain.close();
        }
        return new Ratio(fit.wall() / read.wall(), fit.processor() / (reads.processor() / READS));
    }
}
