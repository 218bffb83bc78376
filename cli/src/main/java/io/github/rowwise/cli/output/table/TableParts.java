package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;

/** The rows of a table in parts, which several threads can write to memory at once. A part is small. */
interface TableParts {

    /** Number of parts; the table has their rows one after another. */
    int count();

    /** Writes the rows of a part. */
    void write(int part, RowSink rows);
}
