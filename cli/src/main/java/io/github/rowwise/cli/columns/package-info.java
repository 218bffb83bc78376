/** Options that name columns with one value per unit, and what is computed from them. */
@NullMarked
package io.github.rowwise.cli.columns;

import org.jspecify.annotations.NullMarked;
