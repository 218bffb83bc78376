/** The effects table as a DataFrame. */
@NullMarked
package io.github.rowwise.spark.effects;

import org.jspecify.annotations.NullMarked;
