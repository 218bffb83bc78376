/** Distributions and multiple testing. */
@NullMarked
package io.github.rowwise.internal.stats;

import org.jspecify.annotations.NullMarked;
