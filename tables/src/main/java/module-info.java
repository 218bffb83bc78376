/** What the program and Spark say in the same words: columns of the effects table, option values, names of arms. */
module io.github.rowwise.tables {
    requires static org.jspecify;
    requires transitive io.github.rowwise;

    exports io.github.rowwise.tables;
}
