@NullMarked
package io.github.rowwise.cli.input;

import org.jspecify.annotations.NullMarked;
