package io.github.rowwise.benchmarks;

import io.github.rowwise.Panel;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.linalg.Backends;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Guards what a fit costs beside one plain read of the same panel: both are measured in turn in one run, and the least
 * times compared, so that neither the machine nor its other work decides. Ends with status 1 above the limit.
 */
public final class RatioGate {

    private static final int ROUNDS = 7;
    private static final int READS = 20;

    private RatioGate() {}

    /**
     * Measures and compares.
     *
     * @param arguments shape such as 20000x500, and the most reads that a fit may cost
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: benchmarks/gate SHAPE LIMIT");
            System.exit(2);
        }
        double reads = reads(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT, "one fit of %s on 2 threads: %.0f plain reads, limit %.0f%n", arguments[0], reads, limit);
        System.exit(reads <= limit ? 0 : 1);
    }

    /** The time of a fit with sign-flip ranks in plain reads, both on two threads. */
    static double reads(String shape) throws Exception {
        PlainReadBenchmark plain = new PlainReadBenchmark();
        plain.panel = shape;
        plain.threads = 2;
        plain.prepare();
        Panel panel = Inputs.panel(Shape.parse(shape));
        RowScaledSpectralEstimator estimator = RowScaledSpectralEstimator.withDefaults()
                .withBackend(Backends.named("ejml"))
                .withThreads(2);
        double read = Double.POSITIVE_INFINITY;
        double fit = Double.POSITIVE_INFINITY;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (int r = 0; r < READS; r++) {
                    read = Math.min(read, nanoseconds(plain::read));
                }
                fit = Math.min(fit, nanoseconds(() -> estimator.fit(panel)));
            }
        } finally {
            plain.close();
        }
        return fit / read;
    }

    private static double nanoseconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return System.nanoTime() - start;
    }
}
