package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Variance of the effect in each cell: {@code v_ij' V_i v_ij} plus the variance due to the factors, where v_ij is (1, f_j) and
 * the onset terms of the cell.
 *
 * <p>The matrices V_i are stored by treatment and unit, as the lower triangle by row. With K arms and e entries of an
 * effect vector, they take n (K-1) e (e+1) / 2 numbers.
 */
public final class CellVariances {

    private final FactorState state;
    private final @Nullable OnsetTimes onsets;
    private final double[][] triangles;

    CellVariances(FactorState state, @Nullable OnsetTimes onsets) {
        int e = state.size.armCoefficients();
        this.state = state;
        this.onsets = onsets;
        this.triangles = new double[state.size.treatments()][state.units() * (e * (e + 1) / 2)];
    }

    /**
     * All that the variances follow from, to be written and read.
     *
     * @param latent posterior means of the factors, by factor and period
     * @param covariance posterior covariance of the factors, by period
     * @param coefficients of the units
     * @param triangles the lower triangles of V by arm and unit
     */
    public record Contents(
            Dimensions size, double[][] latent, double[][] covariance, double[] coefficients, double[][] triangles) {}

    /** What they follow from, with the arrays themselves. */
    public Contents contents() {
        return new Contents(state.size, state.latent, state.covariance, state.coefficients, triangles);
    }

    /** Of what {@link #contents} returned. */
    public CellVariances(Contents known, int units, @Nullable OnsetTimes onsets) {
        this.onsets = onsets;
        this.state = new FactorState(known.size, units, known.covariance.length);
        System.arraycopy(known.latent, 0, state.latent, 0, known.latent.length);
        this.state.covariance = known.covariance;
        this.state.coefficients = known.coefficients;
        this.triangles = known.triangles;
    }

    /** Returns the variances for the periods of the panel only. */
    CellVariances at(int[] present, @Nullable OnsetTimes times) {
        Contents all = contents();
        double[][] latent = Arrays.stream(all.latent)
                .map(row -> Arrays.stream(present).mapToDouble(j -> row[j]).toArray())
                .toArray(double[][]::new);
        double[][] covariance =
                Arrays.stream(present).mapToObj(j -> all.covariance[j]).toArray(double[][]::new);
        return new CellVariances(
                new Contents(all.size, latent, covariance, all.coefficients, all.triangles), state.units(), times);
    }

    /** Sets the V of a unit. */
    void set(int arm, int unit, EffectUncertainty uncertainty, double[] meanCovariance, double inflation) {
        int e = state.size.armCoefficients();
        int shared = uncertainty.sensitivity.length / e;
        double[] product = SmallMatrices.times(meanCovariance, uncertainty.sensitivity, shared, shared, e);
        int at = unit * (e * (e + 1) / 2);
        for (int a = 0; a < e; a++) {
            for (int c = 0; c <= a; c++) {
                double common = 0;
                for (int i = 0; i < shared; i++) {
                    common += uncertainty.sensitivity[i * e + a] * product[i * e + c];
                }
                triangles[arm - 1][at++] = inflation * (uncertainty.unitCovariance[a * e + c] + common);
            }
        }
    }

    double variance(int arm, int unit, int period) {
        int e = state.size.armCoefficients();
        int at = unit * (e * (e + 1) / 2);
        double sum = 0;
        for (int a = 0; a < e; a++) {
            double row = 0;
            for (int c = 0; c < a; c++) {
                row += triangles[arm - 1][at++] * entry(arm, unit, c, period);
            }
            double v = entry(arm, unit, a, period);
            sum += v * (2 * row + triangles[arm - 1][at++] * v);
        }
        if (!state.size.constantEffects()) {
            int first = unit * state.size.coefficients() + state.size.firstEffect(arm);
            sum += state.factorVariance(period, state.coefficients, first);
        }
        return sum;
    }

    private double entry(int arm, int unit, int k, int period) {
        int e = state.size.effects();
        if (k >= e) {
            return Objects.requireNonNull(onsets).term(arm, unit, period, k - e);
        }
        return k == 0 ? 1 : state.latent[k - 1][period];
    }
}
