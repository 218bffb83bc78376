package io.github.rowwise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Panel;
import io.github.rowwise.internal.ArmMatrix;
import io.github.rowwise.internal.NormalPass;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Guards what the factor model costs beside a {@link RandomisedSvd} of both arms of the same panel: both are measured in turn
 * in one run, and the least processor times compared, which other work on the machine disturbs least. Ends with status 1 above the limit.
 */
public final class RefinementGate {

    private static final int ROUNDS = 3;
    private static final int SVDS = 5;
    private static final int THREADS = 2;

    private RefinementGate() {}

    /**
     * Measures and compares.
     *
     * @param arguments shape such as 20000x500, and the most decompositions that a fit may cost
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: benchmarks/gate SHAPE LIMIT");
            System.exit(2);
        }
        Cost cost = cost(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "one factor model of %s on %d threads: %.1f randomised SVDs of both arms (%.2f s beside %.3f s of processor time, rank %d,"
                        + " %d passes), limit %.0f%n",
                arguments[0],
                THREADS,
                cost.ratio(),
                cost.fit() / 1e9,
                cost.svd() / 1e9,
                cost.rank(),
                cost.passes(),
                limit);
        System.exit(cost.ratio() <= limit ? 0 : 1);
    }

    /**
     * What was measured.
     *
     * @param fit processor nanoseconds of the factor model with its defaults
     * @param svd processor nanoseconds of both arms' decompositions
     */
    record Cost(double fit, double svd, int rank, int passes) {

        double ratio() {
            return fit / svd;
        }
    }

    static Cost cost(String shape) throws Exception {
        LinearAlgebra algebra = Backends.named("ejml");
        FusedPassBenchmark inputs = new FusedPassBenchmark();
        inputs.panel = shape;
        inputs.prepare();
        Panel panel = Inputs.panel(Shape.parse(shape));
        List<ArmMatrix> matrices =
                inputs.operands().stream().map(NormalPass.Operand::matrix).toList();
        FactorModelEstimator estimator =
                FactorModelEstimator.withDefaults().withBackend(algebra).withThreads(THREADS);
        double svd = Double.POSITIVE_INFINITY;
        double fit = Double.POSITIVE_INFINITY;
        int[] found = new int[2];
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (int r = 0; r < SVDS; r++) {
                    svd = Math.min(svd, nanoseconds(() -> RandomisedSvd.of(inputs.view(), algebra, matrices)));
                }
                fit = Math.min(fit, nanoseconds(() -> {
                    estimator.fit(panel).factorModel().ifPresent(model -> {
                        found[0] = model.rank();
                        found[1] = model.passes();
                    });
                    return null;
                }));
            }
        } finally {
            inputs.close();
        }
        return new Cost(fit, svd, found[0], found[1]);
    }

    /** Processor time of all threads. */
    private static double nanoseconds(Callable<?> work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        work.call();
        return system.getProcessCpuTime() - start;
    }
}
