/**
 * Truncated singular value decomposition.
 *
 * <p>Depends on {@code internal.pass} and {@code linalg}.
 */
@NullMarked
package io.github.rowwise.internal.svd;

import org.jspecify.annotations.NullMarked;
