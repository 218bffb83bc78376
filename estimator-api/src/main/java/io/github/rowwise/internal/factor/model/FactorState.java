package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parameters and posterior of the factor model during the EM algorithm, for scaled outcomes minus the mean of the
 * panel.
 *
 * <p>Mutable, and confined to one fit. Matrices are row-major. Sizes: n units, m periods, r factors, g = r + 1 latent
 * entries per period, p coefficients per unit.
 */
public final class FactorState {

    public static final double[] NONE = {};

    public final Dimensions size;

    /** Posterior means of the factors and then of the period effects nu: g rows of m. */
    public final double[][] latent;

    /** The fixed curves of the units' trends, one row per curve. */
    public final double[][] trends;

    /** Posterior covariance of (f_j, nu_j), g x g per period. */
    public double[][] covariance;

    /** Posterior covariance of (f_j, nu_j) with (f_(j-1), nu_(j-1)), g x g per period; the first is not used. */
    public double[][] lagged;

    /** Logarithm of the determinant of the posterior precision of all periods. */
    public double logPrecision;

    /** Divergence of the factors' posterior from their prior, a term of the bound. */
    public double divergence;

    /** Prior mean of a unit's coefficients, p. */
    public double[] priorMean;

    /**
     * What one more of each attribute adds to the prior mean of a unit's coefficients, p per attribute; empty without attributes.
     */
    public double[] attributeEffects = NONE;

    /** Prior covariance of a unit's coefficients, p x p. */
    public double[] priorCovariance;

    /**
     * Innovation variance of each unit's noise. Shrunk to {@link #pooledNoise}; {@link #correlation} is shrunk
     * likewise.
     */
    public double[] noise;

    public double pooledNoise;
    public double[] correlation;
    public double pooledCorrelation;

    /**
     * Relative precision of the noise in each period: the innovation of unit i in period j has variance
     * {@code noise[i] / precisions[j]}.
     */
    public double[] periodPrecisions;

    /** Coefficients of the covariates, which all units share. */
    public double[] covariateCoefficients = NONE;

    /** Posterior means of the units' coefficients, n x p; {@link #NONE} if the next pass computes them anew. */
    public double[] coefficients = NONE;

    public FactorState(Dimensions size, int units, int periods) {
        this.size = size;
        int latents = size.latent();
        int p = size.coefficients();
        this.latent = new double[latents][periods];
        this.trends = TrendCurves.of(size.trends(), periods);
        this.covariance = new double[periods][latents * latents];
        this.lagged = new double[periods][latents * latents];
        this.priorMean = new double[p];
        this.priorCovariance = new double[p * p];
        this.noise = new double[units];
        this.correlation = new double[units];
        this.periodPrecisions = new double[periods];
        Arrays.fill(periodPrecisions, 1);
    }

    /** Returns the number of attributes. */
    public int attributes() {
        return attributeEffects.length / size.coefficients();
    }

    /** Adds what a unit's attributes add to the prior mean. */
    public void addAttributes(UnitAttributes attributes, int unit, double[] mean) {
        int p = mean.length;
        for (int c = 0; c < attributes.count(); c++) {
            double value = attributes.augmented(unit, c + 1);
            for (int i = 0; i < p; i++) {
                mean[i] += value * attributeEffects[c * p + i];
            }
        }
    }

    public int periods() {
        return covariance.length;
    }

    public int units() {
        return noise.length;
    }

    /**
     * Returns the variance of {@code v_j'd} that is due to the uncertainty of the factors, where v_j = (1, f_j).
     *
     * @param d array with the effect vector d
     * @param first index of the first entry of d
     */
    public double factorVariance(int period, double[] d, int first) {
        int g = size.latent();
        double sum = 0;
        for (int a = 0; a < size.rank(); a++) {
            double row = 0;
            for (int c = 0; c < size.rank(); c++) {
                row += covariance[period][a * g + c] * d[first + 1 + c];
            }
            sum += row * d[first + 1 + a];
        }
        return sum;
    }

    /**
     * Returns a copy. It shares the arrays that are only replaced as a whole: the coefficients and the covariances of
     * each period.
     */
    public FactorState copy() {
        FactorState copy = new FactorState(size, units(), periods());
        for (int k = 0; k < latent.length; k++) {
            copy.latent[k] = latent[k].clone();
        }
        copy.covariance = covariance.clone();
        copy.lagged = lagged.clone();
        copy.logPrecision = logPrecision;
        copy.divergence = divergence;
        copy.priorMean = priorMean.clone();
        copy.attributeEffects = attributeEffects.clone();
        copy.priorCovariance = priorCovariance.clone();
        copy.noise = noise.clone();
        copy.pooledNoise = pooledNoise;
        copy.correlation = correlation.clone();
        copy.pooledCorrelation = pooledCorrelation;
        copy.periodPrecisions = periodPrecisions.clone();
        copy.covariateCoefficients = covariateCoefficients.clone();
        copy.coefficients = coefficients;
        return copy;
    }

    /**
     * Returns the state without some factors and without coefficients. The other factors keep their marginal posterior.
     */
    public FactorState without(boolean[] dropped) {
        int[] kept = kept(dropped);
        return reduced(size.withRank(kept.length), kept);
    }

    /**
     * Returns the state in a smaller form of the model, of the same rank, and without coefficients.
     *
     * @param smaller without trends, without effects on the factors, or without onset terms
     */
    public FactorState reduced(Dimensions smaller) {
        return reduced(smaller, kept(new boolean[size.rank()]));
    }

    private FactorState reduced(Dimensions smaller, int[] kept) {
        FactorState result = new FactorState(smaller, units(), periods());
        int[] latents = Arrays.copyOf(kept, kept.length + 1);
        latents[kept.length] = size.rank();
        for (int k = 0; k < latents.length; k++) {
            result.latent[k] = latent[latents[k]].clone();
        }
        for (int j = 0; j < periods(); j++) {
            result.covariance[j] = select(covariance[j], size.latent(), latents);
            result.lagged[j] = select(lagged[j], size.latent(), latents);
        }
        int[] of = coefficientsOf(kept, smaller);
        result.priorCovariance = select(priorCovariance, size.coefficients(), of);
        for (int k = 0; k < of.length; k++) {
            result.priorMean[k] = priorMean[of[k]];
        }
        int p = size.coefficients();
        result.attributeEffects = new double[attributeEffects.length / p * of.length];
        for (int at = 0; at < result.attributeEffects.length; at++) {
            result.attributeEffects[at] = attributeEffects[at / of.length * p + of[at % of.length]];
        }
        result.noise = noise.clone();
        result.pooledNoise = pooledNoise;
        result.correlation = correlation.clone();
        result.pooledCorrelation = pooledCorrelation;
        result.periodPrecisions = periodPrecisions.clone();
        result.covariateCoefficients = covariateCoefficients.clone();
        result.logPrecision = FactorSmoother.logPrecision(result.covariance, result.lagged, smaller.latent());
        return result;
    }

    /** Reads or writes a state. A reader may return a state of another rank. */
    public static FactorState exchange(CheckpointCodec fields, FactorState current) {
        Dimensions size = new Dimensions(
                fields.count(current.size.rank()),
                fields.count(current.size.trends()),
                fields.flag(current.size.constantEffects()),
                current.size.treatments(),
                fields.count(current.size.onsets()));
        FactorState state =
                size.equals(current.size) ? current : new FactorState(size, current.units(), current.periods());
        fields.eachOf(state.latent);
        fields.eachOf(state.covariance);
        fields.eachOf(state.lagged);
        state.logPrecision = fields.number(state.logPrecision);
        state.divergence = fields.number(state.divergence);
        state.priorMean = fields.numbers(state.priorMean);
        state.attributeEffects = fields.numbers(state.attributeEffects);
        state.priorCovariance = fields.numbers(state.priorCovariance);
        state.noise = fields.numbers(state.noise);
        state.pooledNoise = fields.number(state.pooledNoise);
        state.correlation = fields.numbers(state.correlation);
        state.pooledCorrelation = fields.number(state.pooledCorrelation);
        state.periodPrecisions = fields.numbers(state.periodPrecisions);
        state.covariateCoefficients = fields.numbers(state.covariateCoefficients);
        state.coefficients = fields.numbers(state.coefficients);
        return state;
    }

    /**
     * Reads or writes a state that may be absent.
     *
     * @param other provides the array sizes
     */
    public static @Nullable FactorState exchange(
            CheckpointCodec fields, @Nullable FactorState current, FactorState other) {
        return fields.flag(current != null) ? exchange(fields, current == null ? other.copy() : current) : null;
    }

    /** Returns the index among the coefficients of each coefficient of a smaller form. */
    private int[] coefficientsOf(int[] kept, Dimensions smaller) {
        int[] of = new int[smaller.coefficients()];
        for (int k = 0; k < kept.length; k++) {
            of[1 + k] = 1 + kept[k];
        }
        for (int k = 0; k < smaller.trends(); k++) {
            of[smaller.firstTrend() + k] = size.firstTrend() + k;
        }
        for (int arm = 1; arm < size.arms(); arm++) {
            for (int k = 0; k < smaller.effects(); k++) {
                of[smaller.firstEffect(arm) + k] = size.firstEffect(arm) + of[k];
            }
            for (int k = 0; k < smaller.onsets(); k++) {
                of[smaller.firstOnset(arm) + k] = size.firstOnset(arm) + k;
            }
        }
        return of;
    }

    private static int[] kept(boolean[] dropped) {
        int[] kept = new int[dropped.length];
        int count = 0;
        for (int k = 0; k < dropped.length; k++) {
            if (!dropped[k]) {
                kept[count++] = k;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static double[] select(double[] matrix, int n, int[] indices) {
        int k = indices.length;
        double[] result = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                result[i * k + j] = matrix[indices[i] * n + indices[j]];
            }
        }
        return result;
    }
}
