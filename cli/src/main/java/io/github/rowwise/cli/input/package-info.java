/** Description of the input: its origin, format, columns and table, and the errors that a user can correct. */
@NullMarked
package io.github.rowwise.cli.input;

import org.jspecify.annotations.NullMarked;
