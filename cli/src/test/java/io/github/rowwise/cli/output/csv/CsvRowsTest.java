package io.github.rowwise.cli.output.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.database.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files have the bytes that DuckDB writes, which has fewest digits and quotes as its reader expects. */
@SuppressWarnings("FloatingPointLiteralPrecision") // What a reader may write.
class CsvRowsTest {

    @TempDir
    private Path folder;

    @Test
    void numbersHaveTheDigitsOfTheDatabase() throws IOException {
        List<Double> numbers = new ArrayList<>(List.of(
                0.0,
                -0.0,
                1.0,
                -1.0,
                0.1,
                0.25,
                1e-3,
                1e-4,
                9.9e-5,
                1e-5,
                123456789.0,
                1e9,
                1e15,
                123456789012345.6,
                1e16,
                1.5e16,
                9.5,
                0.95,
                1e22,
                1e23,
                2e23,
                1e100,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                5e-324,
                1e-323,
                2e-323,
                9007199254740993.0,
                0.3,
                2.0 / 3,
                999999999.0,
                1e-7,
                100.0,
                1234.5678,
                -273.15));
        Random random = new Random(8);
        for (int k = 0; k < 20_000; k++) {
            double anything = Double.longBitsToDouble(random.nextLong());
            numbers.add(Double.isFinite(anything) ? anything : 0);
            numbers.add(random.nextGaussian());
            numbers.add(Math.rint(1000 * random.nextGaussian()) / 1000);
            numbers.add(random.nextInt(100) * Math.pow(10, random.nextInt(40) - 20));
        }
        assertSame(
                "c0 DOUBLE",
                List.of("c0"),
                rows -> numbers.forEach(number -> {
                    rows.number(number);
                    rows.endRow();
                }));
    }

    @Test
    void textsHaveTheQuotesOfTheDatabase() throws IOException {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "plain",
                "with, comma",
                "with \"quotes\"",
                "\"",
                "line\nfeed",
                "carriage\rreturn",
                "semi;colon",
                "'single'",
                "#comment",
                "tab\there",
                " leading",
                "trailing ",
                "NULL",
                "null",
                "NA",
                "\\N",
                "\\",
                "=1+1",
                "Zürich",
                "東京",
                "\uD83D\uDE00",
                "a|b",
                "\u00a0"));
        for (char c = 1; c < 128; c++) {
            texts.add("x" + c + "y");
            texts.add(String.valueOf(c));
        }
        assertSame(
                "c0 VARCHAR, c1 INTEGER, c2 VARCHAR",
                List.of("c0", "c1", "c2"),
                rows -> texts.forEach(text -> {
                    rows.text(text);
                    rows.whole(text.length() - 3);
                    rows.text(null);
                    rows.endRow();
                }));
    }

    private void assertSame(String definitions, List<String> names, Consumer<RowSink> rows) throws IOException {
        Path expected = folder.resolve("expected.csv");
        try (Database database = Database.open(1)) {
            database.execute("CREATE TABLE t (" + definitions + ")");
            try (TableWriter writer = database.writer("t")) {
                rows.accept(writer);
            }
            database.execute("COPY t TO '" + expected + "' (FORMAT csv, HEADER)");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvStream stream = new CsvStream(out, names, TextCells.AS_IS)) {
            rows.accept(stream);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(Files.readString(expected).lines().toList());
        assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(expected));
    }
}
