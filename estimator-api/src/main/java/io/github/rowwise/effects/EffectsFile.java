package io.github.rowwise.effects;

import io.github.rowwise.internal.io.ChecksummedInput;
import io.github.rowwise.internal.io.ChecksummedOutput;
import io.github.rowwise.internal.io.Version;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A result in a file. All versions of the format begin and end in the same way, so that an older program can say what it cannot
 * read:
 *
 * <pre>
 * 8 bytes   {@link #MAGIC}
 * int32     {@link #VERSION}, little-endian
 * text      version of Rowwise that wrote the file: number of bytes as int32, then UTF-8
 * ...       the result, as {@link EffectsWriter} writes it
 * int32     CRC-32C of all bytes before
 * </pre>
 */
final class EffectsFile {

    private static final byte[] MAGIC = {'R', 'w', 'E', 'f', 'f', 'e', 'c', 0x1A};

    /** To be raised with every change of what is written. */
    private static final int VERSION = 2;

    private static final int BUFFER = 1 << 16;
    private static final AtomicLong PARTS = new AtomicLong();

    private EffectsFile() {}

    /** Writes a result beside the file and then moves it there. */
    static void save(Path path, EffectsContent content, CellAverages averages) {
        Path part = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + "-" + PARTS.incrementAndGet() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                ChecksummedOutput out = new ChecksummedOutput(stream);
                out.putBytes(MAGIC);
                out.putInt(VERSION);
                out.putText(Version.current());
                new EffectsWriter(out).write(content, averages);
                out.putChecksum();
                stream.flush();
                channel.force(true);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException another) {
                e.addSuppressed(another);
            }
            throw new UncheckedIOException(path + ": cannot be written; a former file is untouched", e);
        }
    }

    /** Reads a result, once the checksum has shown that the file is whole. */
    static EffectsReader.Saved load(Path path) {
        try {
            requireWhole(path);
            try (InputStream stream = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
                ChecksummedInput in = new ChecksummedInput(stream);
                in.getBytes(MAGIC.length);
                requireVersion(path, in.getInt(), in.getText());
                return new EffectsReader(in).read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read", e);
        }
    }

    private static void requireVersion(Path path, int version, String writer) {
        if (version != VERSION) {
            throw new InvalidEffectsException(path + ": effects in format version " + version + " of Rowwise " + writer
                    + ", while this is Rowwise " + Version.current() + " with format version " + VERSION
                    + ": load it with Rowwise " + writer + ", or fit and save again");
        }
    }

    private static void requireWhole(Path path) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            ChecksummedInput in = new ChecksummedInput(stream);
            long body = Files.size(path) - MAGIC.length - Integer.BYTES;
            if (body < 0 || !Arrays.equals(in.getBytes(MAGIC.length), MAGIC)) {
                throw new InvalidEffectsException(
                        path + ": not a file of effects; name one that UnitEffects.save wrote");
            }
            while (body > 0) {
                int count = (int) Math.min(BUFFER, body);
                in.getBytes(count);
                body -= count;
            }
            if (!in.isChecksumRight()) {
                throw damaged(path);
            }
        } catch (EOFException e) {
            throw damaged(path);
        }
    }

    private static InvalidEffectsException damaged(Path path) {
        return new InvalidEffectsException(
                path + ": damaged or cut short, its checksum does not fit: copy it again, or fit and save again");
    }
}
