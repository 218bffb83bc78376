/** What the program prints. */
@NullMarked
package io.github.rowwise.cli.output.summary;

import org.jspecify.annotations.NullMarked;
