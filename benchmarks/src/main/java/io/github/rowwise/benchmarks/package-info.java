/**
 * Benchmarks of the backends' operations, at the sizes used by the core, and of complete fits.
 *
 * <p>A benchmark generates its input from a seed in {@code @Setup} and returns its result, so that the JVM can neither compute
 * it in advance nor eliminate it. The command is in {@code io.github.rowwise.benchmarks.run}.
 */
@NullMarked
package io.github.rowwise.benchmarks;

import org.jspecify.annotations.NullMarked;
