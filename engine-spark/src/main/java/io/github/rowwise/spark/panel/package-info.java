/**
 * Reads the rows of a DataFrame as blocks of units.
 *
 * <p>Not part of the API. Types are public only because other packages of this module use them.
 */
@NullMarked
package io.github.rowwise.spark.panel;

import org.jspecify.annotations.NullMarked;
