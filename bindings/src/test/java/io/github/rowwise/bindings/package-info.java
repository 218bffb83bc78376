@NullMarked
package io.github.rowwise.bindings;

import org.jspecify.annotations.NullMarked;
