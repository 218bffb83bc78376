package io.github.rowwise.cli.input.database;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelOrigin;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A file of a DuckDB database, of which one table or the answer to one question is read, and nothing is written. */
public final class DuckDbFile {

    private static final String ANSWER = "answer";
    private static final String SQLITE = "SQLite format 3";

    private final PanelOrigin origin;
    private final Path file;
    private final Database database;
    private final String catalog;
    private final List<Relation> relations = new ArrayList<>();

    /** A table or a view, as SQL calls it from anywhere and as the user would. */
    private record Relation(String qualified, String shown, boolean isTable) {}

    private DuckDbFile(PanelOrigin origin, Database database) {
        this.origin = origin;
        this.file = Objects.requireNonNull(origin.file());
        this.database = database;
        this.catalog = catalog(file);
    }

    /** Opens the table that the origin means. */
    public static TableSource open(PanelOrigin origin, Database database) {
        DuckDbFile duckDb = new DuckDbFile(origin, database);
        duckDb.attach();
        return origin.query() == null ? duckDb.only() : duckDb.answer(origin.query(), origin.shownQuery());
    }

    /** DuckDB names a database after its file, and its views may go by that. */
    private static String catalog(Path file) {
        String stem = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\..*$", "");
        return Set.of("memory", "system", "temp", "disk").contains(stem) ? "input" : stem;
    }

    private void attach() {
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

    private TableSource only() {
        if (relations.size() != 1) {
            throw new UserInputException(origin.name() + ": "
                    + (relations.isEmpty()
                            ? "no table in it"
                            : relations.size() + " tables in it (" + shownRelations()
                                    + "); say what to read, such as --query 'SELECT * FROM "
                                    + Quoted.plain(relations.get(0).shown()) + "'"));
        }
        Relation relation = relations.get(0);
        if (!relation.isTable()) {
            return answer("SELECT * FROM " + relation.qualified(), "view " + Quoted.value(relation.shown()));
        }
        return new DatabaseTable(
                origin.name(),
                database,
                relation.qualified(),
                DatabaseTable.describe(database, relation.qualified()),
                "rowid",
                rows -> TableSource.words("rowid", rows) + " of the table " + Quoted.value(relation.shown()));
    }

    /** The answer is kept: each question to it would otherwise be a question to all the tables behind it. */
    private TableSource answer(String query, String shown) {
        List<DatabaseTable.Column> columns = new ArrayList<>();
        try {
            database.execute("USE " + Sql.name(catalog));
            database.executeOnOneThread("CREATE TABLE memory.main." + ANSWER + " AS " + query);
            List<DatabaseTable.Column> named = DatabaseTable.describe(database, query);
            database.execute("USE memory");
            List<DatabaseTable.Column> kept = DatabaseTable.describe(database, ANSWER);
            for (int i = 0; i < kept.size(); i++) {
                // Of two columns with one name the second is kept under another.
                columns.add(new DatabaseTable.Column(
                        named.get(i).name(), kept.get(i).sql(), kept.get(i).type()));
            }
        } catch (DatabaseException e) {
            if (e.isDiskFull()) {
                throw TableSource.noSpace(origin.name(), e);
            }
            throw new UserInputException(
                    origin.name() + ": " + shown + ": " + Quoted.line(e.firstLine()) + "; tables: " + shownRelations(),
                    e);
        }
        return DatabaseTable.answer(origin.name() + ": " + shown, database, ANSWER, columns);
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
            return false; // DuckDB says why it cannot be read
        }
    }
}
