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
    private final double widening;

    /** Standard errors of periods, event times and cells are multiplied by {@code widening}. */
    FactorModel(FactorModelFit result, double scale, double widening) {
        this.result = result;
        this.scale = scale;
        this.widening = widening;
    }

    FactorModel widened(double factor) {
        return new FactorModel(result, scale, factor * widening);
    }

    /**
     * Returns the form of the effects that was used.
     *
     * @return {@link EffectsForm#FACTORS} where effects go with the factors, {@link EffectsForm#ONSET} where they only depend on
     *     the time since the start of treatment, else {@link EffectsForm#CONSTANT}
     */
    public EffectsForm effectsForm() {
        if (!result.constantEffects()) {
            return EffectsForm.FACTORS;
        }
        return hasOnsetTerms() ? EffectsForm.ONSET : EffectsForm.CONSTANT;
    }

    /**
     * Returns whether effects depend on the time since the start of treatment.
     *
     * @return true if they may build up or wear off
     */
    public boolean hasOnsetTerms() {
        return !result.onsets().isEmpty();
    }

    /**
     * Returns how much higher the evidence is with effects on the factors than without.
     *
     * @return log units; empty unless {@link EffectsForm#AUTO} compared the two
     */
    public OptionalDouble evidenceGain() {
        return optional(result.gains().factors());
    }

    /**
     * Returns how much higher the evidence is with effects that depend on the time since the start of treatment than without.
     *
     * @return log units; empty unless {@link EffectsForm#AUTO} compared the two, which it does not if the average build-up is
     *     clearly different from zero
     */
    public OptionalDouble onsetEvidenceGain() {
        return optional(result.gains().onsets());
    }

    private static OptionalDouble optional(double gain) {
        return Double.isNaN(gain) ? OptionalDouble.empty() : OptionalDouble.of(gain);
    }

    /**
     * Returns the number of curves that the units' trends consist of.
     *
     * @return 0 if the panel does not need trends
     */
    public int trends() {
        return result.trends();
    }

    /**
     * Returns the standard deviation of a unit's trend about its level, over units and periods.
     *
     * @return in units of the outcome; 0 without trends
     */
    public double trendStandardDeviation() {
        return Math.sqrt(result.trendVariance()) / scale;
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
     * Returns the evidence lower bound after each pass of the first phase since the form of the model was settled, of outcomes in
     * units of their standard deviation. It never falls.
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
        return Estimate.of(
                value, widening * Math.sqrt(variance) / scale, result.effects().averageDegreesOfFreedom());
    }

    /** Gives the effect in a cell its standard error, if it was asked for. */
    Estimate cellEffect(double value, int arm, int unit, int period) {
        return Estimate.of(
                value,
                widening * Math.sqrt(result.effects().cellVariance(arm, unit, period)) / scale,
                result.effects().degreesOfFreedom(arm, 0, unit));
    }

    @Override
    public String toString() {
        return rank() + " factors, effects " + effectsForm().label() + ", noise correlation " + noiseCorrelation();
    }
}
