/** Studies of accuracy and cost. */
@NullMarked
package io.github.rowwise.benchmarks.study;

import org.jspecify.annotations.NullMarked;
