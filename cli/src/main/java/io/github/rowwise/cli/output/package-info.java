/** From the unit effects to files and to the summary on the terminal. */
@NullMarked
package io.github.rowwise.cli.output;

import org.jspecify.annotations.NullMarked;
