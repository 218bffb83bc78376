/** Passes over the row blocks of a panel, and the sums that they merge. */
@NullMarked
package io.github.rowwise.internal.pass;

import org.jspecify.annotations.NullMarked;
