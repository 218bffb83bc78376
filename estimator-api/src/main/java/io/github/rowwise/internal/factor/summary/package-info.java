/**
 * Effects and their variances, computed from a fitted factor model.
 *
 * <p>Depends on {@code factor.pass}, {@code factor.model}, {@code factor.kernel}, and on {@code internal.assignment},
 * {@code internal.pass} and {@code internal.stats}.
 */
@NullMarked
package io.github.rowwise.internal.factor.summary;

import org.jspecify.annotations.NullMarked;
