/** The estimators on every backend. */
@NullMarked
package io.github.rowwise;

import org.jspecify.annotations.NullMarked;
