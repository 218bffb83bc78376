package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.input.SqlSyntax;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.util.regex.Pattern;

/** Checks that the text of {@code --query} is one query, before it is sent to a database. */
final class OneQuery {

    private static final String REMEDY = "; write one query, which starts with SELECT or WITH";

    private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern START = Pattern.compile("(?i)[\\s(]*(select|with|values|table|from)\\b(?s:.*)");
    private static final Pattern INTO = Pattern.compile("(?i)\\binto\\b");

    /** Characters by which databases begin quotes or comments that others do not know. */
    private static final Pattern DIALECT = Pattern.compile("--|/\\*|[\\\\`$#\\[]");

    private OneQuery() {}

    /** Checks a query for DuckDB by its own parser. */
    static void check(String name, String query, Database database) {
        SqlSyntax syntax = SqlSyntax.of(query, database);
        if (!syntax.error().isEmpty()) {
            boolean isOther = syntax.error().contains("Only SELECT");
            throw new UserInputException(
                    name + ": " + (isOther ? "not a query" : Quoted.line(syntax.error())) + REMEDY);
        }
        if (syntax.statements() != 1) {
            throw new UserInputException(name + ": " + syntax.statements() + " statements" + REMEDY);
        }
    }

    /**
     * Checks a query for a database whose dialect is unknown. The check rather refuses a query than lets a second statement
     * pass: a semicolon within a literal is accepted only if the query has nothing that another database could take for
     * the end of that literal.
     */
    static void check(String name, String query) {
        String plain = query.strip().replaceFirst("(\\s*;)+$", "");
        String bare = LITERAL.matcher(plain).replaceAll("''");
        if (plain.contains(";") && (bare.contains(";") || DIALECT.matcher(plain).find())) {
            throw new UserInputException(name + ": a semicolon, which may start a second statement" + REMEDY
                    + "; a text that contains one is written with chr(59)");
        }
        if (!START.matcher(COMMENT.matcher(plain).replaceAll(" ")).matches()
                || INTO.matcher(COMMENT.matcher(bare).replaceAll(" ")).find()) {
            throw new UserInputException(name + ": not a query" + REMEDY + ", and has no INTO");
        }
    }
}
