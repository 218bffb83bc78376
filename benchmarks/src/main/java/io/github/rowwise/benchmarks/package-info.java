/**
 * What is measured: the backends' operations at the sizes at which the core asks for them, and whole fits.
 *
 * <p>A benchmark prepares its input in {@code @Setup} from a seed and returns its result, so that nothing can be
 * computed beforehand or left out. {@code io.github.rowwise.benchmarks.run} is the command.
 */
@NullMarked
package io.github.rowwise.benchmarks;

import org.jspecify.annotations.NullMarked;
