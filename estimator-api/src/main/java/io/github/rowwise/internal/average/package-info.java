/** Averages of effects over selected cells and over groups of units. */
@NullMarked
package io.github.rowwise.internal.average;

import org.jspecify.annotations.NullMarked;
