/**
 * Per-unit treatment effects from panel data.
 *
 * <p>Start with {@link io.github.rowwise.panel.Panel} and {@link io.github.rowwise.SpectralEstimator}.
 */
@NullMarked
package io.github.rowwise;

import org.jspecify.annotations.NullMarked;
