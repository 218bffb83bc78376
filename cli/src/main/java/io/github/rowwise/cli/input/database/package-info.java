/** DuckDB files, Parquet files, and databases accessed through JDBC. */
@NullMarked
package io.github.rowwise.cli.input.database;

import org.jspecify.annotations.NullMarked;
