/**
 * Effects and their variances, computed from a fitted factor model.
 *
 * <p>Depends on {@code factor.pass}, {@code factor.model}, {@code factor.kernel}, {@code internal.assignment},
 * {@code internal.pass}, {@code internal.stats} and {@code linalg}.
 */
@NullMarked
package io.github.rowwise.internal.factor.summary;

import org.jspecify.annotations.NullMarked;
