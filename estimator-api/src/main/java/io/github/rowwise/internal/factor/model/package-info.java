/**
 * The state of the factor model, its priors, its noise, and the smoother of the factors.
 *
 * <p>Depends on {@code factor.kernel}, {@code internal.pass} and {@code linalg}.
 */
@NullMarked
package io.github.rowwise.internal.factor.model;

import org.jspecify.annotations.NullMarked;
