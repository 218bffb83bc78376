/** Conversion of the rows of a table to a panel. */
@NullMarked
package io.github.rowwise.cli.input.panel;

import org.jspecify.annotations.NullMarked;
