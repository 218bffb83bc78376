/** The {@code rowwise} program: its commands, options and exit codes. */
@NullMarked
package io.github.rowwise.cli;

import org.jspecify.annotations.NullMarked;
