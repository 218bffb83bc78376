/** Text formats: CSV, TSV and JSON lines. */
@NullMarked
package io.github.rowwise.cli.input.csv;

import org.jspecify.annotations.NullMarked;
