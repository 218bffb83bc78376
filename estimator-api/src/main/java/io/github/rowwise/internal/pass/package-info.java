/**
 * Passes over the row blocks of a panel, and the sums that they compute.
 *
 * <p>Depends on {@code io.github.rowwise.engine} only. See {@code ArchitectureTest} for the order of the internal
 * packages.
 */
@NullMarked
package io.github.rowwise.internal.pass;

import org.jspecify.annotations.NullMarked;
