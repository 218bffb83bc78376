/** Studies on simulated panels. */
@NullMarked
package io.github.rowwise.cli.study;

import org.jspecify.annotations.NullMarked;
