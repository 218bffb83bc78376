/** Distributions, multiple testing and arrays of estimates. Depends on the JDK only. */
@NullMarked
package io.github.rowwise.internal.stats;

import org.jspecify.annotations.NullMarked;
