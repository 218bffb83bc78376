/** The common superclass of Rowwise's exceptions. */
@NullMarked
package io.github.rowwise.exception;

import org.jspecify.annotations.NullMarked;
