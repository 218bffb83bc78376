/** Figures. No other package of the program depends on the chart library. */
@NullMarked
package io.github.rowwise.cli.figure;

import org.jspecify.annotations.NullMarked;
