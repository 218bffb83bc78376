/**
 * Passes over the panel of the factor model: the E-step with its batches of units, clipping of outliers, and two-way
 * averages.
 *
 * <p>Depends on {@code factor.model}, {@code factor.kernel} and {@code internal.pass}.
 */
@NullMarked
package io.github.rowwise.internal.factor.pass;

import org.jspecify.annotations.NullMarked;
