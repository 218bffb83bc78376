/** The in-memory DuckDB database that reads and writes the files: the only package that knows DuckDB. */
@NullMarked
package io.github.rowwise.cli.database;

import org.jspecify.annotations.NullMarked;
