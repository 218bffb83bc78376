/** Studies of accuracy and of scale. */
@NullMarked
package io.github.rowwise.benchmarks.study;

import org.jspecify.annotations.NullMarked;
