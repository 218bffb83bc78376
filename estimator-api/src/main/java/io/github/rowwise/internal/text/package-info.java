/** Values as messages show them. */
@NullMarked
package io.github.rowwise.internal.text;

import org.jspecify.annotations.NullMarked;
