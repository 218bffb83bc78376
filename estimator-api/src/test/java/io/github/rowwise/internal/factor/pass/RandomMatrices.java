package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Random matrices for tests. */
final class RandomMatrices {

    private RandomMatrices() {}

    static double[] positiveDefinite(SplittableRandom random, int n, double scale) {
        double[] root = new double[n * n];
        Arrays.setAll(root, k -> scale * random.nextGaussian());
        double[] matrix = SmallMatrices.times(root, SmallMatrices.transposed(root, n, n), n, n, n);
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] += scale * scale;
        }
        return SmallMatrices.symmetric(matrix, n);
    }
}
