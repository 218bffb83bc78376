/** The main class for {@code spark-submit}. */
@NullMarked
package io.github.rowwise.spark.submit;

import org.jspecify.annotations.NullMarked;
