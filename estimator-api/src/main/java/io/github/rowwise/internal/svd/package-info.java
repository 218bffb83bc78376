/** Truncated singular value decomposition by block Krylov. */
@NullMarked
package io.github.rowwise.internal.svd;

import org.jspecify.annotations.NullMarked;
