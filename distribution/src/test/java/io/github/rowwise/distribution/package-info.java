@NullMarked
package io.github.rowwise.distribution;

import org.jspecify.annotations.NullMarked;
