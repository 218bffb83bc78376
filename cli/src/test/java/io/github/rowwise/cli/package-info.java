@NullMarked
package io.github.rowwise.cli;

import org.jspecify.annotations.NullMarked;
