/** Tables that the program writes. */
@NullMarked
package io.github.rowwise.cli.output.table;

import org.jspecify.annotations.NullMarked;
