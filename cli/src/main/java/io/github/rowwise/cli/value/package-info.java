/** Values on the command line. */
@NullMarked
package io.github.rowwise.cli.value;

import org.jspecify.annotations.NullMarked;
