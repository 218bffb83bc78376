@NullMarked
package io.github.rowwise.spark;

import org.jspecify.annotations.NullMarked;
