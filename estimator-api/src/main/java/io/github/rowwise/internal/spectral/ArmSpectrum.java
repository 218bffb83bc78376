package io.github.rowwise.internal.spectral;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * The leading singular values and right vectors of one arm's matrix, in scaled outcomes.
 *
 * @param singularValues descending; the kept ones and some more
 * @param rank how many the rule keeps
 * @param threshold what the rule compared with, NaN where there is none
 * @param vectors right singular vectors as rows; the kept ones, and one more where asked for
 * @param converged whether every kept vector reached its tolerance within the passes allowed
 */
public record ArmSpectrum(
        double[] singularValues, int rank, double threshold, DenseMatrix vectors, boolean converged) {}
