/** The DuckDB database that reads and writes files. No other package depends on DuckDB. */
@NullMarked
package io.github.rowwise.cli.database;

import org.jspecify.annotations.NullMarked;
