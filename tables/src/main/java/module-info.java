/** What the program and Spark share: columns of the effects table, options, names of arms, the JSON document. */
module io.github.rowwise.tables {
    requires static org.jspecify;
    requires transitive io.github.rowwise;

    exports io.github.rowwise.tables;
    exports io.github.rowwise.tables.json;
}
