package io.github.rowwise.benchmarks;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.panel.Panel;
import java.util.Locale;

/**
 * Guards what a fit costs beside one plain read of the same panel: both are measured in turn in one run, and the least
 * times compared, in wall-clock and in processor time. Ends with status 1 if both ratios are above the limit: on a machine
 * with other work only processor time tells what a fit costs.
 */
public final class RatioGate {

    private static final int ROUNDS = 9;
    private static final int READS = 100;

    /**
     * A fit in plain reads, both on two threads.
     *
     * @param wall ratio of the least wall-clock times
     * @param processor ratio of the least processor times of all threads
     */
    record Ratio(double wall, double processor) {}

    private RatioGate() {}

    /**
     * Measures and compares.
     *
     * @param arguments shape such as 20000x500, and the most reads that a fit may cost
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: RatioGate SHAPE LIMIT");
            System.exit(2);
        }
        Ratio ratio = measure(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "one fit of %s on 2 threads: %.0f plain reads, %.0f in processor time, limit %.0f%n",
                arguments[0],
                ratio.wall(),
                ratio.processor(),
                limit);
        System.exit(Math.min(ratio.wall(), ratio.processor()) <= limit ? 0 : 1);
    }

    /** A fit with sign-flip ranks. */
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
                // A single read is too short for the clock of processor time.
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
