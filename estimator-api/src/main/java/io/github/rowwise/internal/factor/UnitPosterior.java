package io.github.rowwise.internal.factor;

/** The posterior of one unit's coefficients, given the periods and all that is pooled; one thread's scratch. */
final class UnitPosterior {

    private final FactorState state;
    private final int p;
    private final int wide;
    private final double[] prior;
    private final double[] priorMean;
    private final double[] augmentedGram;
    private final double[] augmentedOutcome;
    private final double[] precision;
    final UnitGrams grams;

    /** The regressors' second moments, whitened but for the innovation variance. */
    final double[] gram;

    final double[] covariance;
    final double[] mean;

    /** (b, 1, d). */
    final double[] augmented;

    double logDeterminant;

    /**
     * Makes the scratch.
     *
     * @param priorPrecision inverse of the prior covariance
     */
    UnitPosterior(FactorState state, boolean correlated, double[] priorPrecision) {
        this.state = state;
        this.p = state.size.coefficients();
        this.wide = state.size.augmented();
        this.prior = priorPrecision;
        this.priorMean = Small.times(priorPrecision, state.mean, p, p, 1);
        this.grams = new UnitGrams(state.size, correlated);
        this.augmentedGram = new double[wide * wide];
        this.augmentedOutcome = new double[wide];
        this.precision = new double[p * p];
        this.gram = new double[p * p];
        this.covariance = new double[p * p];
        this.mean = new double[p];
        this.augmented = new double[wide];
    }

    void compute(UnitProducts products, int row, int unit) {
        grams.unpack(products, row);
        double noise = state.noise[unit];
        UnitGrams.combine(grams.moments, state.correlation[unit], augmentedGram);
        UnitGrams.combine(grams.outcomes, state.correlation[unit], augmentedOutcome);
        Dimensions size = state.size;
        double[] right = new double[p];
        for (int i = 0; i < p; i++) {
            int from = size.augmentedIndex(i);
            for (int j = 0; j < p; j++) {
                gram[i * p + j] = augmentedGram[from * wide + size.augmentedIndex(j)];
                precision[i * p + j] = gram[i * p + j] / noise + prior[i * p + j];
            }
            right[i] = (augmentedOutcome[from] - augmentedGram[from * wide + size.levels()]) / noise + priorMean[i];
        }
        logDeterminant = -PositiveDefinite.invert(precision, p, covariance);
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += covariance[i * p + j] * right[j];
            }
            mean[i] = sum;
            augmented[size.augmentedIndex(i)] = sum;
        }
        augmented[size.levels()] = 1;
    }

    /**
     * The unit's expected squared residuals in the parts of the noise's precision: those of the means, and what the
     * covariances of factors and coefficients add.
     */
    void expectedResiduals(double[] squares, double[] target) {
        Dimensions size = state.size;
        for (int part = 0; part < grams.parts(); part++) {
            double[] moments = grams.moments[part];
            double sum = squares[part];
            for (int i = 0; i < wide; i++) {
                double row = -2 * grams.outcomes[part][i];
                for (int j = 0; j < wide; j++) {
                    row += moments[i * wide + j] * augmented[j];
                }
                sum += row * augmented[i];
            }
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    sum += moments[size.augmentedIndex(i) * wide + size.augmentedIndex(j)] * covariance[i * p + j];
                }
            }
            target[part] = sum;
        }
    }
}
