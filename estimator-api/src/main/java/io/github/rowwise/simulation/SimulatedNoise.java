package io.github.rowwise.simulation;

import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import java.util.SplittableRandom;

/** One unit's noise. */
final class SimulatedNoise {

    private static final double AUTOCORRELATION = 0.6;

    private final NoiseForm form;
    private final SplittableRandom random;
    private final double deviation;
    private double previous;

    SimulatedNoise(NoiseForm form, double noise, SplittableRandom random) {
        this.form = form;
        this.random = random;
        // With this mean of the logarithm the squared factor has mean 1.
        this.deviation = form == NoiseForm.UNEQUAL ? noise * Math.exp(0.5 * random.nextGaussian() - 0.25) : noise;
        this.previous = form == NoiseForm.AUTOREGRESSIVE ? random.nextGaussian() : 0;
    }

    double next() {
        double normal = random.nextGaussian();
        return deviation
                * switch (form) {
                    case IID, UNEQUAL -> normal;
                    case HEAVY_TAILED -> normal / Math.sqrt(squares(3)); // t(3) has variance 3, and 3/3 cancels
                    case AUTOREGRESSIVE -> {
                        previous =
                                AUTOCORRELATION * previous + Math.sqrt(1 - AUTOCORRELATION * AUTOCORRELATION) * normal;
                        yield previous;
                    }
                };
    }

    private double squares(int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            double normal = random.nextGaussian();
            sum += normal * normal;
        }
        return sum;
    }
}
