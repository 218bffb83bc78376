package io.github.rowwise.simulation;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Generators of one unit's noise. Each call of a generator returns the noise of the next period. */
final class SimulatedNoise {

    private static final double AUTOCORRELATION = 0.6;

    private SimulatedNoise() {}

    static DoubleSupplier independent(double deviation, SplittableRandom random) {
        return () -> deviation * random.nextGaussian();
    }

    /** Multiplies the standard deviation of the unit by a log-normal factor. */
    static DoubleSupplier unequal(double noise, SplittableRandom random) {
        // With this mean of the logarithm the squared factor has mean 1.
        return independent(noise * Math.exp(0.5 * random.nextGaussian() - 0.25), random);
    }

    /** Draws from t(3), scaled to the standard deviation. */
    static DoubleSupplier heavyTailed(double deviation, SplittableRandom random) {
        return () -> {
            double normal = random.nextGaussian();
            double squares = 0;
            for (int k = 0; k < 3; k++) {
                double other = random.nextGaussian();
                squares += other * other;
            }
            // The variance 3 of t(3) and the division of the sum by 3 cancel.
            return deviation * (normal / Math.sqrt(squares));
        };
    }

    static DoubleSupplier autoregressive(double deviation, SplittableRandom random) {
        double[] state = {random.nextGaussian()};
        return () -> {
            double normal = random.nextGaussian();
            state[0] = AUTOCORRELATION * state[0] + Math.sqrt(1 - AUTOCORRELATION * AUTOCORRELATION) * normal;
            return deviation * state[0];
        };
    }
}
