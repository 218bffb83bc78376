@NullMarked
package io.github.rowwise.internal.factor;

import org.jspecify.annotations.NullMarked;
