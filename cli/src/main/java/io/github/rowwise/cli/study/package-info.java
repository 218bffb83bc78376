/** Studies that the program carries out on panels that it draws itself. */
@NullMarked
package io.github.rowwise.cli.study;

import org.jspecify.annotations.NullMarked;
