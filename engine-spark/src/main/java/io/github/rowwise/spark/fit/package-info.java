/** Runs an estimator over the partitions of the units. */
@NullMarked
package io.github.rowwise.spark.fit;

import org.jspecify.annotations.NullMarked;
