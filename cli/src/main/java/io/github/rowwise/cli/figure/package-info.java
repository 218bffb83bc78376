/** Pictures: the only package that knows the chart library. */
@NullMarked
package io.github.rowwise.cli.figure;

import org.jspecify.annotations.NullMarked;
