package io.github.rowwise.internal.spectral;

import io.github.rowwise.linalg.DenseMatrix;

/**
 * One product of a pass over the panel: a matrix X, and the vectors to multiply by X'X. In a list, operands with the same
 * matrix are adjacent.
 *
 * @param matrix the matrix X
 * @param flippedCopy number of the copy of X with random signs, or {@link #PLAIN} for X itself
 * @param vectors one vector per row
 */
public record NormalOperand(ArmMatrix matrix, int flippedCopy, DenseMatrix vectors) {

    public static final int PLAIN = -1;
}
