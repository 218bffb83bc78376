/** Which unit was in which arm when. */
@NullMarked
package io.github.rowwise.internal.assignment;

import org.jspecify.annotations.NullMarked;
