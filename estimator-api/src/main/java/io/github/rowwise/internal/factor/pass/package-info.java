/** Passes of the EM algorithm over the panel. */
@NullMarked
package io.github.rowwise.internal.factor.pass;

import org.jspecify.annotations.NullMarked;
