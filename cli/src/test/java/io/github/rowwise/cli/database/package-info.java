@NullMarked
package io.github.rowwise.cli.database;

import org.jspecify.annotations.NullMarked;
