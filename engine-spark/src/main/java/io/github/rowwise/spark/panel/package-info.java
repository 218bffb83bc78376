/** From the rows of a DataFrame to blocks of units. */
@NullMarked
package io.github.rowwise.spark.panel;

import org.jspecify.annotations.NullMarked;
