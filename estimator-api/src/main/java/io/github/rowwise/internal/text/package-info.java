/** Formatting of values in messages. Depends on the JDK only. */
@NullMarked
package io.github.rowwise.internal.text;

import org.jspecify.annotations.NullMarked;
