/** Diagnostics of the assumptions behind a fit. */
@NullMarked
package io.github.rowwise.diagnostics;

import org.jspecify.annotations.NullMarked;
