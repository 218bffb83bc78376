@NullMarked
package io.github.rowwise.tables.json;

import org.jspecify.annotations.NullMarked;
