package io.github.rowwise.internal.factor.pass;

import java.util.Arrays;

/**
 * What the cells of one unit tell of the coefficients of the covariates. Scratch memory of one thread.
 *
 * <p>Let X be the instruments of the unit's cells (see {@code CovariateAdjustment}), Z the regressors of its p coefficients, P the noise precision matrix and C the
 * posterior covariance of its coefficients. With the coefficients integrated out:
 *
 * <pre>
 * gradient     G = C Z'P X                     minus the derivative of the posterior mean
 * information      X'P X - (Z'P X)' G
 * score            X'P (y - nu - Z mean)
 * </pre>
 */
public final class UnitCovariates {

    private final int p;
    private final int q;

    /** Z'P X multiplied by the innovation variance, one row per covariate. */
    private final double[] products;

    /** X'P X multiplied by the innovation variance. */
    private final double[] squares;

    /** X'P (y - nu) multiplied by the innovation variance. */
    private final double[] right;

    /** G, one row per covariate. */
    public final double[] gradient;

    public final double[] information;
    public final double[] score;

    UnitCovariates(int p, int q) {
        this.p = p;
        this.q = q;
        this.products = new double[q * p];
        this.squares = new double[q * q];
        this.right = new double[q];
        this.gradient = new double[q * p];
        this.information = new double[q * q];
        this.score = new double[q];
    }

    /** Sets the products of a whitened instrument with the regressors and with the outcomes. */
    void set(int covariate, double[] withRegressors, double withOutcomes) {
        System.arraycopy(withRegressors, 0, products, covariate * p, p);
        right[covariate] = withOutcomes;
    }

    /** Sets the product of a whitened instrument with an instrument. */
    void setSquare(int covariate, int other, double product) {
        squares[covariate * q + other] = product;
    }

    /** Sets the public fields from the posterior of the unit's coefficients. */
    void setPosterior(double[] mean, double[] covariance, double noise) {
        Arrays.fill(gradient, 0);
        for (int k = 0; k < q; k++) {
            double fitted = 0;
            for (int i = 0; i < p; i++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                    sum += covariance[i * p + j] * products[k * p + j];
                }
                gradient[k * p + i] = sum / noise;
                fitted += products[k * p + i] * mean[i];
            }
            score[k] = (right[k] - fitted) / noise;
        }
        for (int k = 0; k < q; k++) {
            for (int l = 0; l < q; l++) {
                double explained = 0;
                for (int i = 0; i < p; i++) {
                    explained += products[k * p + i] * gradient[l * p + i];
                }
                information[k * q + l] = (squares[k * q + l] - explained) / noise;
            }
        }
    }
}
