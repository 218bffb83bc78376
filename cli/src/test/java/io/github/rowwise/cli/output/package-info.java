@NullMarked
package io.github.rowwise.cli.output;

import org.jspecify.annotations.NullMarked;
