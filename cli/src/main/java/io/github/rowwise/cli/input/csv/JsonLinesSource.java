package io.github.rowwise.cli.input.csv;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.InputFormat;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.TextFile;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON lines file: one object per line. All values are read as text, as in a CSV file. */
public final class JsonLinesSource implements TableSource {

    /** The longest line in bytes. DuckDB reads some that are longer, up to twice this. */
    private static final int LONGEST = 1 << 24;

    private final Path file;
    private final List<String> columns = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param file the file, possibly compressed
     * @param database the database that reads it
     * @throws UserInputException if the file cannot be read, or has no rows
     */
    public JsonLinesSource(Path file, Database database) {
        this.file = file;
        TextFile.check(file);
        // Objects may lack members, so the columns are those of all objects and not of the first one.
        String keys = "SELECT key FROM (SELECT unnest(json_keys(json)) AS key FROM read_ndjson_objects("
                + Sql.pattern(file)
                + ", compression = '" + InputFormat.compression(file) + "', maximum_object_size = " + LONGEST + ","
                + " hive_partitioning = false)) GROUP BY key ORDER BY key";
        try {
            database.query(keys, row -> columns.add(row.getString(1)));
        } catch (DatabaseException e) {
            throw explain(e);
        }
        if (columns.isEmpty()) {
            UserInputException reason = firstFault();
            throw reason != null
                    ? reason
                    : new UserInputException(
                            shown() + ": no rows; the file needs one object per unit and period, each on its own line");
        }
    }

    @Override
    public List<String> columns() {
        return List.copyOf(columns);
    }

    @Override
    public String from(Set<Integer> used) {
        List<Integer> sorted = used.stream().sorted().toList();
        String types = sorted.stream()
                .map(i -> Sql.text(columns.get(i)) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
        String names = sorted.stream().map(TableSource::name).collect(Collectors.joining(", "));
        return "(SELECT *, row_number() OVER () - 1 AS " + ROW + " FROM read_json(" + Sql.pattern(file)
                + ", format = 'newline_delimited', records = true, compression = '"
                + InputFormat.compression(file) + "', maximum_object_size = " + LONGEST + ", hive_partitioning = false,"
                + " columns = {" + types + "}) AS json(" + names + "))";
    }

    @Override
    public String place(List<Long> rows) {
        List<Long> lines = new ArrayList<>();
        try (BufferedReader reader = lines()) {
            long row = 0;
            long number = 1;
            for (String line = reader.readLine();
                    line != null && lines.size() < rows.size();
                    line = reader.readLine(), number++) {
                if (!line.isBlank() && rows.contains(row++)) {
                    lines.add(number);
                }
            }
        } catch (IOException e) {
            throw TableSource.unreadable(file, e);
        }
        return TableSource.enumerate("line", lines);
    }

    @Override
    public UserInputException explain(DatabaseException rejection) {
        UserInputException fault = firstFault();
        return fault != null
                ? fault
                : new UserInputException(
                        shown() + ": cannot be read: " + Quoted.line(rejection.firstLine()), rejection);
    }

    /** Returns the error of the first line that is not one object, or {@code null}. */
    private @Nullable UserInputException firstFault() {
        try {
            long tooLong = firstTooLong();
            if (tooLong > 0) {
                return new UserInputException(shown() + ", line " + tooLong + ": more than " + LONGEST
                        + " bytes in one line; put each object on a line of its own, or shorten its values");
            }
        } catch (IOException | RuntimeException e) {
            return TableSource.unreadable(file, e);
        }
        long number = 1;
        try (BufferedReader reader = lines()) {
            for (String bytes = reader.readLine(); bytes != null; bytes = reader.readLine(), number++) {
                String line = utf8(bytes);
                if (line == null) {
                    return new UserInputException(shown() + ", line " + number + ": not UTF-8: " + Quoted.value(bytes)
                            + " if read as Latin-1; save the file as UTF-8");
                }
                if (!line.isBlank()) {
                    String fault = fault(line);
                    if (!fault.isEmpty()) {
                        return new UserInputException(shown() + ", line " + number + ": " + fault);
                    }
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return TableSource.unreadable(file, e);
        }
    }

    /** Returns the first line that is too long, or 0. It does not keep the line. */
    private long firstTooLong() throws IOException {
        try (InputStream in = new BufferedInputStream(TextFile.open(file))) {
            long number = 1;
            int length = 0;
            for (int c = in.read(); c != -1; c = in.read()) {
                length = c == '\n' ? 0 : length + 1;
                if (length > LONGEST) {
                    return number;
                }
                number += c == '\n' ? 1 : 0;
            }
            return 0;
        }
    }

    private static String fault(String line) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                return "not a JSON object but an array; JSON lines have one object on each line and no brackets around them; convert the file with jq -c '.[]' FILE";
            }
            if (first != JsonToken.START_OBJECT) {
                return "not a JSON object; JSON lines have one object, in braces, on each line";
            }
            parser.skipChildren();
            return parser.nextToken() == null ? "" : "more than one JSON value; put each object on a line of its own";
        } catch (JacksonException e) {
            return "broken JSON: " + Quoted.line(String.valueOf(e.getOriginalMessage()))
                    + "; put each object whole on a line of its own";
        }
    }

    /** Opens the file for reading lines, one character per byte. */
    private BufferedReader lines() throws IOException {
        return new BufferedReader(new InputStreamReader(TextFile.open(file), StandardCharsets.ISO_8859_1));
    }

    private static @Nullable String utf8(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private String shown() {
        return Quoted.line(file.toString());
    }
}
