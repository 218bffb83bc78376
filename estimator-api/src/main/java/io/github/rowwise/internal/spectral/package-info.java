/**
 * The spectral method: Algorithm 1 of arXiv:2605.30319.
 *
 * <p>Depends on {@code internal.svd}, {@code internal.pass}, {@code internal.stats} and {@code linalg}.
 */
@NullMarked
package io.github.rowwise.internal.spectral;

import org.jspecify.annotations.NullMarked;
