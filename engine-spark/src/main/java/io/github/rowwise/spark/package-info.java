/** The estimators of Rowwise for Spark DataFrames. The API of this module is this package. */
@NullMarked
package io.github.rowwise.spark;

import org.jspecify.annotations.NullMarked;
