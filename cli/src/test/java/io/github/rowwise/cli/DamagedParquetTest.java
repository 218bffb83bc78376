package io.github.rowwise.cli;

import static io.github.rowwise.cli.DamagedFileTest.PARQUET_FLIPS;
import static io.github.rowwise.cli.DamagedFileTest.effects;
import static io.github.rowwise.cli.DamagedFileTest.refused;
import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged Parquet files are refused by one line, also where the library that reads them crashes, and nothing is left. */
@Tag("slow")
class DamagedParquetTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private byte[] whole = {};

    @BeforeEach
    void writeParquet() throws IOException {
        Path csv = PanelFile.write(folder, "p.csv", rows -> {});
        Path file = folder.resolve("p.parquet");
        try (Database database = Database.open(1)) {
            database.execute("COPY (FROM read_csv(" + Sql.text(csv.toString()) + ")) TO " + Sql.text(file.toString())
                    + " (FORMAT parquet)");
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void bitsOfAFileWithChecksums() throws IOException {
        refused(folder.resolve("checked.parquet"), withChecksums(whole), PARQUET_FLIPS);
    }

    /** Without checksums other numbers may pass; the program must not crash, and must leave nothing. */
    @Test
    void bitsOfAFileWithoutChecksums() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        Path file = folder.resolve("damaged.parquet");
        int refused = 0;
        int crashed = 0;
        for (int flip = 0; flip < PARQUET_FLIPS; flip++) {
            byte[] damaged = whole.clone();
            int bit = random.nextInt(8 * whole.length);
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            Run run = effects(file);
            assertThat(run.exitCode()).as("bit %d: %s", bit, run.err()).isIn(0, 2, 3);
            if (run.exitCode() == 2) {
                assertThat(run.err()).startsWith("rowwise: ").hasLineCount(1);
                refused++;
                crashed += run.err().contains("crashed") ? 1 : 0;
            }
        }
        System.out.println("without checksums: " + refused + " of " + PARQUET_FLIPS + " wrong bits refused, " + crashed
                + " of them after a crash of the library");
    }

    /** The signal is that of a library that reads beyond its memory. */
    @Test
    void aCrashOfTheLibrary() throws Exception {
        Files.createDirectory(folder.resolve("tmp"));
        Run run = Shell.in(folder)
                .bash("ulimit -c unlimited || true; export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=$PWD/tmp;"
                        + " rowwise estimate p.parquet --output e.csv & reader='';"
                        + " until [ -n \"$reader\" ]; do reader=$(pgrep -P $! java || true); done;"
                        + " kill -SEGV $reader; wait $! || exit $?");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().filter(line -> !line.startsWith("NOTE: Picked up")))
                .singleElement()
                .asString()
                .startsWith("rowwise: p.parquet: cannot be read as Parquet: the file is damaged: the library that"
                        + " reads it crashed (exit code ");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**{hs_err*,core*,*.part,e.csv}");
    }

    /** A value outside of the range that the file states made DuckDB write beyond a table. */
    @Test
    void valuesThatTheStatisticsExclude() throws IOException {
        Path file = folder.resolve("q.parquet");
        byte[] damaged = rewritten(whole, page -> {}, data -> {
            byte[] most = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(14)
                    .array();
            data.row_groups.get(0).columns.get(1).meta_data.statistics.setMax_value(most);
        });
        assertThat(rejected(Files.write(file, damaged)))
                .contains("q.parquet: cannot be read as Parquet: the file is damaged: the values of column time are not"
                        + " those that its statistics describe");
    }

    @Test
    void pieces() throws IOException {
        Path file = folder.resolve("q.parquet");
        assertThat(rejected(Files.write(file, Arrays.copyOf(whole, whole.length / 2))))
                .contains("q.parquet: cannot be read as Parquet: it does not end as one; is it complete?");
        byte[] checked = withChecksums(whole);
        assertThat(effects(Files.write(file, checked)).out())
                .isEqualTo(effects(folder.resolve("p.csv")).out());
        checked[checked.length / 3] ^= 4;
        assertThat(rejected(Files.write(file, checked)))
                .containsPattern("the checksum of a page of column \\w+ does not fit its content");
    }

    /** Copies a file with checksums, as other writers make them. */
    static byte[] withChecksums(byte[] file) throws IOException {
        return rewritten(
                file,
                page -> {
                    CRC32 checksum = new CRC32();
                    checksum.update(page.content());
                    page.header().setCrc((int) checksum.getValue());
                },
                data -> {});
    }

    private record Page(PageHeader header, byte[] content) {}

    private static byte[] rewritten(byte[] file, Consumer<Page> ofPage, Consumer<FileMetaData> ofFooter)
            throws IOException {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        int footer = file.length - 8 - length;
        FileMetaData data = Util.readFileMetaData(new ByteArrayInputStream(file, footer, length));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 4);
        for (RowGroup group : data.row_groups) {
            for (ColumnChunk chunk : group.columns) {
                boolean hasDictionary = chunk.meta_data.isSetDictionary_page_offset();
                int start = (int)
                        (hasDictionary ? chunk.meta_data.dictionary_page_offset : chunk.meta_data.data_page_offset);
                ByteArrayInputStream in =
                        new ByteArrayInputStream(file, start, (int) chunk.meta_data.total_compressed_size);
                int begin = out.size();
                while (in.available() > 0) {
                    PageHeader header = Util.readPageHeader(in);
                    byte[] page = in.readNBytes(header.compressed_page_size);
                    ofPage.accept(new Page(header, page));
                    if (header.isSetDictionary_page_header()) {
                        chunk.meta_data.setDictionary_page_offset(out.size());
                    } else {
                        chunk.meta_data.setData_page_offset(out.size());
                    }
                    Util.writePageHeader(header, out);
                    out.write(page);
                }
                chunk.meta_data.setTotal_compressed_size(out.size() - begin);
            }
        }
        int end = out.size();
        ofFooter.accept(data);
        Util.writeFileMetaData(data, out);
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(out.size() - end)
                .array());
        out.write(file, 0, 4);
        return out.toByteArray();
    }
}
