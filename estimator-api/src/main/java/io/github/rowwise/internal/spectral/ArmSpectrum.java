package io.github.rowwise.internal.spectral;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * The leading singular values and right singular vectors of one arm's matrix, in scaled outcomes.
 *
 * @param singularValues in descending order; more than {@code rank} if available
 * @param rank number of singular values that the rank rule keeps
 * @param threshold value that the rank rule compares with; NaN if it has none
 * @param vectors right singular vectors as rows; those that are kept, and further ones if requested
 * @param converged whether each kept vector reached the tolerance within the allowed passes
 */
public record ArmSpectrum(
        double[] singularValues, int rank, double threshold, DenseMatrix vectors, boolean converged) {}
