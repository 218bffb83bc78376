/** Reads the texts that name periods, and finds the step between them. Depends on the JDK only. */
@NullMarked
package io.github.rowwise.internal.time;

import org.jspecify.annotations.NullMarked;
