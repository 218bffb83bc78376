/**
 * The assignment of units to arms over time: spells, event times, treatment paths, and a randomisation test.
 *
 * <p>Depends on {@code internal.pass} and {@code internal.stats}.
 */
@NullMarked
package io.github.rowwise.internal.assignment;

import org.jspecify.annotations.NullMarked;
