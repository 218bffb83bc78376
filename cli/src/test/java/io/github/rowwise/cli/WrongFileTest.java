package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not tables give one line that names file and line, exit code 2, and no output. */
class WrongFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Runs estimate with an earlier result as its output, which must be kept. */
    static String rejected(Path input, String... options) throws IOException {
        Path output = input.resolveSibling("earlier.csv");
        Files.writeString(output, "earlier");
        String[] arguments = new String[options.length + 4];
        arguments[0] = "estimate";
        arguments[1] = input.toString();
        arguments[2] = "--output";
        arguments[3] = output.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("rowwise: ").endsWith("\n").hasLineCount(1);
        assertThat(Files.readString(output)).isEqualTo("earlier");
        return run.err().strip().replace(input.getParent() + "/", "");
    }

    private String rejectedWith(Consumer<java.util.List<String>> change) throws IOException {
        return rejected(PanelFile.write(folder, "p.csv", change));
    }

    private String rejectedText(String content) throws IOException {
        return rejected(PanelFile.write(folder, "p.csv", content));
    }

    @Test
    void noSuchFile() throws IOException {
        assertThat(rejected(folder.resolve("none.csv"))).contains("none.csv: no such file");
    }

    @Test
    void folderInsteadOfAFile() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner.csv"));
        assertThat(rejected(inner)).contains("inner.csv: a folder, not a file");
    }

    @Test
    void unknownExtension() throws IOException {
        assertThat(rejected(PanelFile.write(folder, "p.xlsx", "x")))
                .contains("p.xlsx: the format cannot be determined from the extension")
                .contains(".csv");
    }

    @Test
    void emptyFile() throws IOException {
        assertThat(rejectedText("")).contains("p.csv: the file is empty");
        assertThat(rejectedText("\n\n")).contains("p.csv: the file is empty");
        assertThat(rejected(PanelFile.write(folder, "p.jsonl", ""))).contains("p.jsonl: no rows");
    }

    @Test
    void headerOnly() throws IOException {
        assertThat(rejectedText(PanelFile.HEADER)).contains("p.csv: only a header and no rows");
        assertThat(rejectedText(PanelFile.HEADER + "\n\n")).contains("p.csv: only a header and no rows");
    }

    @Test
    void raggedRows() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(4, "u0,5,1.5")))
                .contains("p.csv, line 6: 3 values where the header has 4");
        assertThat(rejectedWith(rows -> rows.set(4, "u0,5,1,5,0")))
                .contains("p.csv, line 6: 5 values where the header has 4");
    }

    @Test
    void linesAreCountedThroughQuotedNewlines() throws IOException {
        assertThat(rejectedWith(rows -> {
                    rows.set(1, "\"a\nb\r\nc\",2,1.5,0");
                    rows.set(4, "u0,5,1.5");
                }))
                .contains("p.csv, line 8: 3 values");
        assertThat(rejectedWith(rows -> {
                    rows.set(1, "\"a\nb\r\nc\",2,1.5,0");
                    rows.set(4, "u0,5,x,1");
                }))
                .contains("p.csv, line 8, column \"outcome\": \"x\" is not a number");
    }

    @Test
    void emptyLinesCountAsLines() throws IOException {
        assertThat(rejectedWith(rows -> {
                    rows.add(2, "");
                    rows.set(5, "u0,5,x,1");
                }))
                .contains("p.csv, line 7,");
    }

    @Test
    void brokenQuoting() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(3, "\"u0,4,1.5,0")))
                .contains("p.csv, line 5: a quote is opened and never closed");
        assertThat(rejectedWith(rows -> rows.set(3, "\"u\"0,4,1.5,0")))
                .contains("p.csv, line 5: text after a closing quote");
    }

    @Test
    void mixedLineEnds() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(3, rows.get(3) + "\r")))
                .contains("p.csv, line 5: the line end differs from that of the first line");
    }

    @Test
    void notUtf8() throws IOException {
        Path file = folder.resolve("p.csv");
        String text =
                PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()).replace("u3,2", "München,2");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(rejected(file)).contains("p.csv, line 48: not UTF-8: \"München\" if read as Latin-1");
        Files.write(file, text.getBytes(StandardCharsets.UTF_16));
        assertThat(rejected(file)).contains("p.csv: by its first bytes, UTF-16; save the file as UTF-8");
        assertThat(rejected(Files.write(
                        folder.resolve("p.jsonl"),
                        "{\"unit\":\"a\"}\n\n{\"unit\":\"München\"}\n".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("p.jsonl, line 3: not UTF-8: \"{\\\"unit\\\":\\\"München\\\"}\" if read as Latin-1"
                        .replace("\\", ""));
    }

    @Test
    void filesUnderTheWrongName() throws IOException {
        byte[] whole = gzip(PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()));
        assertThat(rejected(Files.write(folder.resolve("zipped.csv"), whole)))
                .contains("zipped.csv: by its first bytes, compressed with gzip; rename the file to end in .gz too");
        assertThat(rejected(PanelFile.write(folder, "excel.csv", "PK\u0003\u0004")))
                .contains("excel.csv: by its first bytes, a ZIP archive or an Excel file");
        assertThat(rejected(PanelFile.write(folder, "parquet.json", "PAR1")))
                .contains("parquet.json: by its first bytes, a Parquet file");
    }

    @Test
    void noRows() throws IOException {
        Path file = folder.resolve("p.parquet");
        try (Database database = Database.open(1)) {
            database.execute(
                    "COPY (SELECT 'a' AS unit, 1 AS time, 2 AS outcome, 0 AS treatment LIMIT 0) TO '" + file + "'");
        }
        assertThat(rejected(file)).contains("p.parquet: columns but no rows");
        assertThat(rejected(Files.write(folder.resolve("p.csv.gz"), gzip("")))).contains("p.csv.gz: the file is empty");
    }

    @Test
    void nulBytes() throws IOException {
        assertThat(rejectedWith(rows -> rows.set(3, "u\0x,4,1.5,0"))).contains("p.csv, line 5: a NUL byte");
        assertThat(rejected(PanelFile.write(
                        folder, "p.jsonl", "{\"unit\":\"a\\u0000\",\"time\":1,\"outcome\":1,\"treatment\":0}\n")))
                .contains("p.jsonl, line 1, column \"unit\": a NUL byte");
    }

    @Test
    void compressedFiles() throws IOException {
        Path file = folder.resolve("p.csv.gz");
        Files.writeString(file, "not compressed");
        assertThat(rejected(file)).contains("p.csv.gz: cannot be read").contains("gzip");
        byte[] whole = gzip(PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()));
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(rejected(file)).contains("p.csv.gz").contains("is it complete?");
        Files.writeString(folder.resolve("p.csv.zst"), "not compressed");
        assertThat(rejected(folder.resolve("p.csv.zst")))
                .contains("p.csv.zst: cannot be read")
                .contains("zstd");
        Files.write(file, gzip(PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()) + "\nx,y"));
        assertThat(rejected(file)).contains("p.csv.gz, line 182: 2 values where the header has 4");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void brokenJsonAndParquet() throws IOException {
        String good = "{\"unit\":\"a\",\"time\":1,\"outcome\":1,\"treatment\":0}\n";
        assertThat(rejected(PanelFile.write(folder, "p.jsonl", good + "\n{\"unit\":\n")))
                .contains("p.jsonl, line 3: broken JSON");
        assertThat(rejected(PanelFile.write(folder, "p.jsonl", good + "[1]\n")))
                .contains("p.jsonl, line 2: not a JSON object but an array", "jq -c");
        assertThat(rejected(PanelFile.write(folder, "p.parquet", "PAR1 no"))).contains("p.parquet: cannot be read");
    }
}
