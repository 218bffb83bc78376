package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Reads one table, or the result of one query, from a DuckDB database file. The file is opened for reading only. */
public final class DuckDbFile {

    private static final String RESULT = "query_result";
    private static final String SQLITE = "SQLite format 3";

    private final PanelOrigin origin;
    private final Path file;
    private final Database database;
    private final String catalog;
    private final List<Relation> relations = new ArrayList<>();

    /**
     * A table or view.
     *
     * @param qualified fully qualified name in SQL
     * @param shown name for the user
     * @param isTable whether it is a table
     */
    private record Relation(String qualified, String shown, boolean isTable) {}

    private DuckDbFile(PanelOrigin origin, Database database) {
        this.origin = origin;
        this.file = Objects.requireNonNull(origin.file());
        this.database = database;
        this.catalog = catalog(file);
    }

    /**
     * Opens the file.
     *
     * @param origin the file, and possibly a query
     * @param database the database to attach it to
     * @return the only table of the file, or the result of the query
     * @throws UserInputException if the file cannot be read, if the query fails, or if there is not exactly one table
     */
    public static TableSource open(PanelOrigin origin, Database database) {
        DuckDbFile duckDb = new DuckDbFile(origin, database);
        duckDb.attach();
        String query = origin.query();
        if (query == null) {
            return duckDb.onlyTable();
        }
        OneQuery.check(origin.name() + ": " + origin.shownQuery(), query, database);
        return duckDb.result(query, origin.shownQuery());
    }

    /** Returns the name that DuckDB gives the database, which its views may refer to. */
    private static String catalog(Path file) {
        String stem = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\..*$", "");
        return Set.of("memory", "system", "temp", "disk").contains(stem.toLowerCase(Locale.ROOT)) ? "input" : stem;
    }

    private void attach() {
        if (File.separatorChar == '/' && file.toAbsolutePath().toString().indexOf('\\') >= 0) {
            throw new UserInputException(
                    origin.name() + ": DuckDB takes the backslash in this path for a folder's; rename it");
        }
        try {
            database.execute("ATTACH " + Sql.text(file.toAbsolutePath().toString()) + " AS " + Sql.name(catalog)
                    + " (TYPE duckdb, READ_ONLY)");
            for (String kind : List.of("table", "view")) {
                database.query(
                        "SELECT schema_name, " + kind + "_name FROM duckdb_" + kind + "s() WHERE database_name = "
                                + Sql.text(catalog) + " AND NOT internal ORDER BY ALL",
                        row -> relations.add(relation(row.getString(1), row.getString(2), kind.equals("table"))));
            }
        } catch (DatabaseException e) {
            throw new UserInputException(
                    origin.name() + ": cannot be opened as a DuckDB file: "
                            + (isSqlite()
                                    ? "it is a SQLite file; save its table as CSV, or give --jdbc jdbc:sqlite:FILE"
                                            + " with SQLite's driver on the class path"
                                    : Quoted.line(e.firstLine())),
                    e);
        }
    }

    private Relation relation(String schema, String name, boolean isTable) {
        return new Relation(
                Sql.name(catalog) + "." + Sql.name(schema) + "." + Sql.name(name),
                (schema.equals("main") ? "" : schema + ".") + name,
                isTable);
    }

    private TableSource onlyTable() {
        if (relations.size() != 1) {
            throw new UserInputException(origin.name() + ": "
                    + (relations.isEmpty()
                            ? "it contains no table"
                            : "it contains " + relations.size() + " tables (" + shownRelations()
                                    + "); choose what to read, for example with --query 'SELECT * FROM "
                                    + Quoted.plain(relations.get(0).shown()) + "'"));
        }
        Relation relation = relations.get(0);
        if (!relation.isTable()) {
            return result("SELECT * FROM " + relation.qualified(), "view " + Quoted.value(relation.shown()));
        }
        return new DatabaseTable(
                origin.name(),
                database,
                relation.qualified(),
                DatabaseTable.describe(database, relation.qualified()),
                "rowid",
                rows -> TableSource.enumerate("rowid", rows) + " of the table " + Quoted.value(relation.shown()));
    }

    /** Stores the result, because otherwise each later statement would run the query again. */
    private TableSource result(String query, String shown) {
        List<DatabaseTable.Column> columns = new ArrayList<>();
        try {
            database.execute("USE " + Sql.name(catalog));
            database.executeOnOneThread("CREATE TABLE memory.main." + RESULT + " AS " + query);
            List<DatabaseTable.Column> named = DatabaseTable.describe(database, query);
            database.execute("USE memory");
            List<DatabaseTable.Column> kept = DatabaseTable.describe(database, RESULT);
            for (int i = 0; i < kept.size(); i++) {
                // DuckDB stores the second of two columns with the same name under a different name.
                columns.add(new DatabaseTable.Column(
                        named.get(i).name(), kept.get(i).sql(), kept.get(i).type()));
            }
        } catch (DatabaseException e) {
            if (e.isDiskFull()) {
                throw TableSource.noSpace(origin.name(), e);
            }
            String reason = e.isAnotherFile()
                    ? "it reads something outside this file (" + Quoted.line(e.firstLine())
                            + "), and only this file may be read; store that as a table of the file"
                    : Quoted.line(e.firstLine());
            throw new UserInputException(
                    origin.name() + ": " + shown + ": " + reason + "; tables: " + shownRelations(), e);
        }
        return DatabaseTable.ofResult(origin.name() + ": " + shown, database, RESULT, columns);
    }

    private String shownRelations() {
        return relations.isEmpty()
                ? "none"
                : Quoted.list(relations.stream().map(Relation::shown).toList());
    }

    private boolean isSqlite() {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(SQLITE.length()), StandardCharsets.ISO_8859_1).equals(SQLITE);
        } catch (IOException e) {
            return false; // DuckDB's own message is used.
        }
    }
}
