package io.github.rowwise.effects;

import io.github.rowwise.internal.factor.FactorModelFit;
import java.util.OptionalDouble;

/**
 * Parameters of the model that the {@link io.github.rowwise.FactorModelEstimator} fitted. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * FactorModel model = effects.factorModel().orElseThrow();
 * if (model.rank() == model.startRank()) {
 *     System.out.println("all " + model.rank() + " factors were kept: start from more");
 * }
 * }</pre>
 */
public final class FactorModel {

    private final FactorModelFit result;
    private final double scale;

    FactorModel(FactorModelFit result, double scale) {
        this.result = result;
        this.scale = scale;
    }

    /**
     * Returns the form of the effects that was used.
     *
     * @return {@link EffectsForm#CONSTANT} or {@link EffectsForm#FACTORS}
     */
    public EffectsForm effectsForm() {
        return result.constantEffects() ? EffectsForm.CONSTANT : EffectsForm.FACTORS;
    }

    /**
     * Returns how much higher the evidence bound is with effects on the factors than with constant ones.
     *
     * @return log units; empty unless {@link EffectsForm#AUTO} had both fitted
     */
    public OptionalDouble evidenceGain() {
        return Double.isNaN(result.gain()) ? OptionalDouble.empty() : OptionalDouble.of(result.gain());
    }

    /**
     * Returns the number of factors that were kept.
     *
     * @return 1 or more
     */
    public int rank() {
        return result.rank();
    }

    /**
     * Returns the number of factors that the fit started from.
     *
     * @return the rank limit, or a quarter of the smaller of units and periods where that is less; 1 or more
     */
    public int startRank() {
        return result.startRank();
    }

    /**
     * Returns the correlation of the noise with that of the period before, on average over the units.
     *
     * @return between -1 and 1; 0 with {@link io.github.rowwise.Noise#IID}
     */
    public double noiseCorrelation() {
        return result.correlation();
    }

    /**
     * Returns the innovation standard deviation of the noise in a period of average precision: the root of the harmonic mean of the units' innovation variances.
     *
     * @return in units of the outcome
     */
    public double noiseStandardDeviation() {
        return Math.sqrt(result.noise()) / scale;
    }

    /**
     * Returns the innovation standard deviation of the noise in each period, relative to the root of their mean square:
     * 1 / √u<sub>j</sub> with innovations of unit i in period j of variance s²<sub>i</sub> / u<sub>j</sub>. Quiet periods, which
     * inform more about the effects, are below 1. Shrunk towards each other by a prior of at least a third of the units'
     * weight.
     *
     * @return a new array, one positive number per period in the panel's order
     */
    public double[] periodScales() {
        double[] scales = new double[result.precisions().size()];
        double meanSquare = 0;
        for (int j = 0; j < scales.length; j++) {
            scales[j] = 1 / Math.sqrt(result.precisions().get(j));
            meanSquare += scales[j] * scales[j] / scales.length;
        }
        for (int j = 0; j < scales.length; j++) {
            scales[j] /= Math.sqrt(meanSquare);
        }
        return scales;
    }

    /**
     * Returns how many passes over the panel the reported form took, start aside.
     *
     * @return number of passes
     */
    public int passes() {
        return result.passes();
    }

    /**
     * Returns whether the evidence bound had settled when the first phase ended.
     *
     * @return false where the last iteration still raised it by a thousandth or more
     */
    public boolean isConverged() {
        return result.converged();
    }

    /**
     * Returns the evidence lower bound after each pass of the first phase, of outcomes in units of their standard
     * deviation. It never falls.
     *
     * @return a new array
     */
    public double[] evidenceBounds() {
        return result.bounds().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The fit, in outcomes times {@link #scale}. */
    FactorModelFit result() {
        return result;
    }

    double scale() {
        return scale;
    }

    /** Gives an arm's average effect in a period its standard error. */
    Estimate periodEffect(double value, int arm, int period) {
        return average(value, result.effects().periodVariance(arm, period));
    }

    /** Gives an arm's average effect at an event time its standard error. */
    Estimate eventTimeEffect(double value, int arm, int eventTime) {
        return average(value, result.effects().eventTimeVariance(arm, eventTime));
    }

    private Estimate average(double value, double variance) {
        return Estimate.of(value, Math.sqrt(variance) / scale, result.effects().averageDegreesOfFreedom());
    }

    /** Gives the effect in a cell its standard error, if it was asked for. */
    Estimate cellEffect(double value, int arm, int unit, int period) {
        return Estimate.of(
                value,
                Math.sqrt(result.effects().cellVariance(arm, unit, period)) / scale,
                result.effects().degreesOfFreedom(arm, 0, unit));
    }

    @Override
    public String toString() {
        return rank() + " factors, effects " + effectsForm().label() + ", noise correlation " + noiseCorrelation();
    }
}
