/** Writes CSV files. */
@NullMarked
package io.github.rowwise.cli.output.csv;

import org.jspecify.annotations.NullMarked;
