/**
 * Per-unit treatment effects from panel data.
 *
 * <p>Start with {@link io.github.rowwise.Panel} and {@link io.github.rowwise.RowScaledSpectralEstimator}.
 */
@NullMarked
package io.github.rowwise;

import org.jspecify.annotations.NullMarked;
