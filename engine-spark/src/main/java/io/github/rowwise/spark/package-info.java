/** The estimators of Rowwise over a Spark DataFrame. */
@NullMarked
package io.github.rowwise.spark;

import org.jspecify.annotations.NullMarked;
