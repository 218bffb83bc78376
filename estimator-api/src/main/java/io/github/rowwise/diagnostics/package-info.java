/**
 * Diagnostics of the assumptions behind a fit. {@link io.github.rowwise.diagnostics.FitDiagnostics} has all of them for a result,
 * and all warnings.
 */
@NullMarked
package io.github.rowwise.diagnostics;

import org.jspecify.annotations.NullMarked;
