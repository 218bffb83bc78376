package io.github.rowwise.cli.input.csv;

import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.InputFormat;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.TextFile;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** CSV or TSV file. All values are read as text; interpreting them is the task of the package {@code input.panel}. */
public final class CsvSource implements TableSource {

    private final Path file;
    private final char separator;
    private final List<String> columns;

    /**
     * Reads the header.
     *
     * @param file the file, possibly compressed
     * @param separator a comma or a tab
     * @throws UserInputException if the file cannot be read, or has no rows
     */
    public CsvSource(Path file, char separator) {
        this.file = file;
        this.separator = separator;
        TextFile.check(file);
        try (CsvScanner scanner = new CsvScanner(TextFile.open(file), separator)) {
            if (!scanner.next()) {
                throw new UserInputException(
                        shown() + ": the file is empty; it needs a header and one row for each unit and period");
            }
            columns = List.copyOf(scanner.fields());
            if (!scanner.next()) {
                throw new UserInputException(
                        shown() + ": only a header and no rows; it needs one row for each unit and period");
            }
        } catch (CsvFault e) {
            throw rejection(e);
        } catch (IOException | RuntimeException e) {
            throw e instanceof UserInputException rejected ? rejected : TableSource.unreadable(file, e);
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String from(Set<Integer> used) {
        String types = IntStream.range(0, columns.size())
                .mapToObj(i -> TableSource.name(i) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
        return "(SELECT *, row_number() OVER () - 1 AS " + ROW + " FROM read_csv("
                + Sql.pattern(file)
                + ", auto_detect = false, header = true, strict_mode = true, delim = " + Sql.text("" + separator)
                + ", quote = '\"', escape = '\"', nullstr = '', max_line_size = " + CsvScanner.LONGEST
                + ", compression = '" + InputFormat.compression(file)
                + "', hive_partitioning = false, columns = {" + types + "}))";
    }

    @Override
    public String place(List<Long> rows) {
        List<Long> lines = new ArrayList<>();
        try (CsvScanner scanner = new CsvScanner(TextFile.open(file), separator)) {
            scanner.next();
            for (long row = 0; lines.size() < rows.size() && scanner.next(); row++) {
                if (rows.contains(row)) {
                    lines.add(scanner.line());
                }
            }
        } catch (CsvFault e) {
            throw rejection(e);
        } catch (IOException e) {
            throw TableSource.unreadable(file, e);
        }
        return TableSource.enumerate("line", lines);
    }

    @Override
    public UserInputException explain(DatabaseException rejection) {
        try (CsvScanner scanner = new CsvScanner(TextFile.open(file), separator)) {
            while (scanner.next()) {
                int found = scanner.fields().size();
                if (found != columns.size()) {
                    return rejection(new CsvFault(
                            scanner.line(),
                            found + (found == 1 ? " value" : " values") + " where the header has " + columns.size()
                                    + "; add or remove a separator, or quote the value that contains one"));
                }
            }
            if (scanner.otherLineEnd() > 0) {
                return rejection(new CsvFault(
                        scanner.otherLineEnd(),
                        "the line end differs from that of the first line; use the same one throughout"));
            }
        } catch (CsvFault e) {
            return rejection(e);
        } catch (IOException | RuntimeException e) {
            return TableSource.unreadable(file, e);
        }
        return new UserInputException(shown() + ": cannot be read: " + Quoted.line(rejection.firstLine()), rejection);
    }

    private UserInputException rejection(CsvFault fault) {
        return new UserInputException(shown() + ", line " + fault.line() + ": " + fault.reason());
    }

    private String shown() {
        return Quoted.line(file.toString());
    }
}
