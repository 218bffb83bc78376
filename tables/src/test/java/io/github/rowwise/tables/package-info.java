@NullMarked
package io.github.rowwise.tables;

import org.jspecify.annotations.NullMarked;
