/** The main class for spark-submit. */
@NullMarked
package io.github.rowwise.spark.submit;

import org.jspecify.annotations.NullMarked;
