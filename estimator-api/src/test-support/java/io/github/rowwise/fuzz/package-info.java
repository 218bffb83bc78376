/** What the fuzz tests of several modules share. */
@NullMarked
package io.github.rowwise.fuzz;

import org.jspecify.annotations.NullMarked;
