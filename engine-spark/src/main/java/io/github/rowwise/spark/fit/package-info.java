/**
 * Runs an estimator over the partitions of the units.
 *
 * <p>Not part of the API. Types are public only because other packages of this module use them.
 */
@NullMarked
package io.github.rowwise.spark.fit;

import org.jspecify.annotations.NullMarked;
