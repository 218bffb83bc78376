/** Estimators with all options of a run. */
@NullMarked
package io.github.rowwise.cli.estimation;

import org.jspecify.annotations.NullMarked;
