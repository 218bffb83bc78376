package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with one wrong bit are refused, or read as the same panel: some bits, such as those of the time in a gzip file, mean
 * nothing. {@code -Dflips=N} flips that many bits of each file.
 */
@Tag("slow")
class DamagedFileTest {

    static final int FLIPS = Integer.getInteger("flips", 40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Parquet takes a second process for each. */
    static final int PARQUET_FLIPS = Integer.getInteger("flips", 12);

    private interface Compression {
        OutputStream of(OutputStream out) throws IOException;
    }

    static byte[] table() {
        return (PanelFile.HEADER + "\n" + String.join("\n", PanelFile.rows()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(Compression compression, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.of(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static Run effects(Path file) {
        return Run.of("estimate", file.toString(), "--method", "spectral", "--quiet", "--output", "-");
    }

    /** Returns how many of the files with a wrong bit are refused. */
    static int refused(Path file, byte[] whole, int flips) throws IOException {
        Files.write(file, whole);
        Run expected = effects(file);
        assertThat(expected.exitCode()).as(expected.err()).isZero();
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int flip = 0; flip < flips; flip++) {
            byte[] damaged = whole.clone();
            int bit = random.nextInt(8 * whole.length);
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            Run run = effects(file);
            if (run.exitCode() == 0) {
                assertThat(run.out()).as("bit %d of %s", bit, file).isEqualTo(expected.out());
            } else {
                assertThat(run.exitCode())
                        .as("bit %d of %s: %s", bit, file, run.err())
                        .isEqualTo(2);
                assertThat(run.err()).startsWith("rowwise: " + file + ": ").hasLineCount(1);
                assertThat(run.out()).isEmpty();
                refused++;
            }
        }
        System.out.println(file.getFileName() + ": " + refused + " of " + flips + " wrong bits refused, the others"
                + " without effect");
        return refused;
    }

    @Test
    void bitsOfGzip() throws IOException {
        assertThat(refused(folder.resolve("p.csv.gz"), compressed(GZIPOutputStream::new, table()), FLIPS))
                .isGreaterThan(FLIPS * 9 / 10);
    }

    @Test
    void bitsOfZstandard() throws IOException {
        // Its frames have checksums.
        assertThat(refused(folder.resolve("p.csv.zst"), compressed(ZstdOutputStream::new, table()), FLIPS))
                .isGreaterThan(FLIPS * 9 / 10);
    }

    @Test
    void bitsOfAPanelFile() throws IOException {
        Path csv = Files.write(folder.resolve("p.csv"), table());
        Path file = folder.resolve("p.rowwise");
        assertThat(Run.of("pack", csv.toString(), "--output", file.toString()).exitCode())
                .isZero();
        assertThat(refused(file, Files.readAllBytes(file), FLIPS)).isGreaterThan(FLIPS * 9 / 10);
    }

    @Test
    void gzipInPieces() throws IOException {
        byte[] table = table();
        byte[] start = compressed(GZIPOutputStream::new, Arrays.copyOf(table, 1000));
        byte[] rest = compressed(GZIPOutputStream::new, Arrays.copyOfRange(table, 1000, table.length));
        Path file = folder.resolve("p.csv.gz");
        String expected = effects(Files.write(folder.resolve("p.csv"), table)).out();
        assertThat(effects(Files.write(file, join(start, rest))).out()).isEqualTo(expected);

        rest[0] ^= 1; // The second piece is no longer one.
        assertThat(rejected(Files.write(file, join(start, rest)))).contains("bytes after its end");
        assertThat(rejected(Files.write(file, join(start, "more".getBytes(StandardCharsets.UTF_8)))))
                .contains("bytes after its end");
        assertThat(rejected(Files.write(file, Arrays.copyOf(start, start.length - 3))))
                .contains("it ends too early; by its extension it is compressed with gzip: is it complete?");
    }

    @Test
    void jsonLinesAndWideTables() throws IOException {
        String rows = "{\"unit\":\"a\",\"time\":1,\"outcome\":1,\"treatment\":0}\n";
        byte[] json = compressed(GZIPOutputStream::new, rows.repeat(9).getBytes(StandardCharsets.UTF_8));
        json[json.length - 6] ^= 1;
        assertThat(rejected(Files.write(folder.resolve("p.jsonl.gz"), json))).contains("the checksum does not fit");
        byte[] table = compressed(GZIPOutputStream::new, "unit,1,2\na,1,2\nb,1,2\n".getBytes(StandardCharsets.UTF_8));
        Path outcomes = Files.write(folder.resolve("o.csv.gz"), table);
        table[table.length - 6] ^= 1;
        Path treatments = Files.write(folder.resolve("t.csv.gz"), table);
        assertThat(rejected(outcomes, "--treatments", treatments.toString()))
                .contains("t.csv.gz: cannot be read: the checksum does not fit");
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
