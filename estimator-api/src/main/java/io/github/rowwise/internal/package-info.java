/**
 * The estimator core: kernels on row blocks, and the algorithms made of passes over them.
 *
 * <p>Not exported. Takes arrays and small matrices only; the one class with threads is
 * {@link io.github.rowwise.internal.BlockRunner}.
 */
@NullMarked
package io.github.rowwise.internal;

import org.jspecify.annotations.NullMarked;
