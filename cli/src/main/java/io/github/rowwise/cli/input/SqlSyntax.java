package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The syntax of a text in SQL, as DuckDB's own parser sees it. Nothing is executed.
 *
 * @param error why the text is no query, or an empty text
 * @param statements number of statements; all are queries
 * @param kinds kinds of expressions, such as {@code COLUMN_REF} and {@code SUBQUERY}
 * @param functions names of functions, in lower case
 */
public record SqlSyntax(String error, int statements, Set<String> kinds, Set<String> functions) {

    /** DuckDB refuses expressions that are nested deeper than 1000 levels, each of a few objects. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Parses a text.
     *
     * @param sql the text
     * @param database any database
     * @return its syntax
     */
    public static SqlSyntax of(String sql, Database database) {
        StringBuilder tree = new StringBuilder();
        database.query("SELECT json_serialize_sql(" + Sql.text(sql) + ")", row -> tree.append(row.getString(1)));
        String error = "";
        int statements = 0;
        Set<String> kinds = new TreeSet<>();
        Set<String> functions = new TreeSet<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), tree.toString())) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                String name = parser.currentName();
                // The tree is an object with a list of statements, each an object.
                if (token == JsonToken.START_OBJECT && depth == 3) {
                    statements++;
                } else if (token == JsonToken.VALUE_STRING && name != null) {
                    switch (name) {
                        case "error_message" -> error = depth == 1 ? parser.getString() : error;
                        case "class" -> kinds.add(parser.getString());
                        case "function_name" -> functions.add(parser.getString());
                        default -> {}
                    }
                }
            }
        }
        return new SqlSyntax(error, statements, Set.copyOf(kinds), Set.copyOf(functions));
    }
}
