package io.github.rowwise.simulation;

import io.github.rowwise.simulation.PanelSimulation.Assignment;
import java.util.SplittableRandom;

/** One unit's treatment path. */
final class SimulatedTreatment {

    private static final int BLOCK_PERIODS = 10;

    private final Assignment assignment;
    private final int rank;
    private final SplittableRandom random;
    private final double propensity;
    private final int start;
    private boolean block;

    SimulatedTreatment(Assignment assignment, int periods, int rank, SplittableRandom random) {
        this.assignment = assignment;
        this.rank = rank;
        this.random = random;
        this.propensity = assignment == Assignment.RARE ? random.nextDouble(0.03, 0.2) : random.nextDouble(0.2, 0.8);
        this.start = random.nextInt(3) == 0 ? periods : random.nextInt(1, periods);
    }

    boolean next(int period, double factor, double untreated) {
        double coin = random.nextDouble();
        return switch (assignment) {
            case BY_UNIT, RARE -> coin < propensity;
            case BY_PERIOD -> coin < logistic(Math.log(propensity / (1 - propensity)) + factor);
            case CONFOUNDED -> coin < logistic(untreated / Math.sqrt(Math.max(1, rank)));
            case BLOCKS -> {
                if (period % BLOCK_PERIODS == 0) {
                    block = coin < propensity;
                }
                yield block;
            }
            case STAGGERED -> period >= start;
        };
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
