/** Arithmetic on rows of flat arrays and on small matrices. */
@NullMarked
package io.github.rowwise.internal.factor.kernel;

import org.jspecify.annotations.NullMarked;
