/** Every benchmark computes what its name says. */
@NullMarked
package io.github.rowwise.benchmarks;

import org.jspecify.annotations.NullMarked;
