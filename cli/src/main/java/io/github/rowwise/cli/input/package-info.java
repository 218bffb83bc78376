/** From a file in long form to a panel, and what is wrong with the file when it cannot be read. */
@NullMarked
package io.github.rowwise.cli.input;

import org.jspecify.annotations.NullMarked;
