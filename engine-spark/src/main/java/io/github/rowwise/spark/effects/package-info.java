/**
 * Makes the effects table as a DataFrame, and the summary of a fit.
 *
 * <p>Not part of the API. Types are public only because other packages of this module use them.
 */
@NullMarked
package io.github.rowwise.spark.effects;

import org.jspecify.annotations.NullMarked;
