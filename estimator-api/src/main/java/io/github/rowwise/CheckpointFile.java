package io.github.rowwise;

import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in a file: {@link #MAGIC}, {@link #FORM}, what it belongs to as lines {@code name=value}, the core's numbers,
 * and a CRC32C of all this; big-endian. A new file is written next to the former one and then moved over it.
 */
final class CheckpointFile implements CheckpointStore {

    private static final int MAGIC = 'R' << 24 | 'W' << 16 | 'C' << 8 | 'P';

    /** To be raised with every change of what is written. */
    private static final int FORM = 2;

    /** Makes the names of temporary files different, so that two fits may write to the same place. */
    private static final AtomicLong PARTS = new AtomicLong();

    private final Path file;
    private final Map<String, String> belongsTo;
    private final IntConsumer listener;
    private final Runnable replaced;

    /**
     * Names a file that may be there or not.
     *
     * @param belongsTo what panel, options and program the fit depends on
     * @param listener is called with the number of iterations that were done when a fit is resumed
     * @param replaced is called when the file was replaced
     */
    CheckpointFile(Path file, Map<String, String> belongsTo, IntConsumer listener, Runnable replaced) {
        this.file = file;
        this.belongsTo = belongsTo;
        this.listener = listener;
        this.replaced = replaced;
    }

    @Override
    public <T> @Nullable T load(Function<CheckpointCodec, T> reader) {
        try {
            if (!Files.exists(file)) {
                // The first checkpoint comes after many passes, too late to learn that none can be kept.
                Path part = part();
                Files.createFile(part);
                Files.delete(part);
                return null;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return reader.apply(open(channel));
            }
        } catch (IOException e) {
            throw notRead(e);
        } catch (UncheckedIOException e) {
            throw notRead(Objects.requireNonNull(e.getCause()));
        }
    }

    private RuntimeException notRead(IOException e) {
        return e instanceof ClosedByInterruptException
                ? new CancellationException("interrupted while a checkpoint was read")
                : problem(reason(e) + "; name a file that can be read and written", e);
    }

    /** At the core's numbers, all else being as it should. */
    private CheckpointReader open(FileChannel channel) throws IOException {
        CheckpointReader first = new CheckpointReader(channel);
        if (channel.size() < 3L * Integer.BYTES || first.count(0) != MAGIC) {
            throw problem("this is no checkpoint of rowwise; name another file", null);
        }
        if (first.count(0) != FORM) {
            throw problem(
                    "of another version of rowwise; go on with that, delete it to start over, or name another file",
                    null);
        }
        channel.position(0);
        if (!CheckpointReader.isWhole(channel)) {
            throw problem("damaged, its checksum does not fit; delete it to start over, or name another file", null);
        }
        CheckpointReader numbers = new CheckpointReader(channel);
        numbers.count(0);
        numbers.count(0);
        Map<String, String> found = map(new String(numbers.bytes(), StandardCharsets.UTF_8));
        List<String> differences = new ArrayList<>();
        belongsTo.forEach((name, here) -> {
            String there = found.get(name);
            if (!here.equals(there)) {
                differences.add(name + " " + there + " there, " + here + " here");
            }
        });
        if (!differences.isEmpty()) {
            throw problem(
                    "of another fit: " + String.join("; ", differences)
                            + ". Do as before to go on from it, delete it to start over, or name another file",
                    null);
        }
        return numbers;
    }

    @Override
    public void resumed(int iterations) {
        listener.accept(iterations);
    }

    @Override
    public void save(Consumer<CheckpointCodec> writer) {
        Path part = part();
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                CheckpointWriter numbers = new CheckpointWriter(channel);
                numbers.count(MAGIC);
                numbers.count(FORM);
                numbers.bytes(lines(belongsTo).getBytes(StandardCharsets.UTF_8));
                writer.accept(numbers);
                numbers.finish();
            }
            Files.move(part, target(), StandardCopyOption.ATOMIC_MOVE);
            replaced.run();
        } catch (IOException e) {
            throw notWritten(part, e);
        } catch (UncheckedIOException e) {
            throw notWritten(part, Objects.requireNonNull(e.getCause()));
        }
    }

    private RuntimeException notWritten(Path part, IOException e) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException another) {
            e.addSuppressed(another);
        }
        return e instanceof ClosedByInterruptException
                ? new CancellationException("interrupted while a checkpoint was written; the former is untouched")
                : problem(
                        "not written: " + reason(e)
                                + ". The former checkpoint, if there was one, is untouched: make room, and the"
                                + " same call goes on from it",
                        e);
    }

    private Path part() {
        String name =
                file.getFileName() + "." + ProcessHandle.current().pid() + "-" + PARTS.incrementAndGet() + ".part";
        return target().resolveSibling(name);
    }

    /** The file behind a link, which is written instead of the link. */
    private Path target() {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }

    private CheckpointException problem(String what, @Nullable Throwable cause) {
        return new CheckpointException("checkpoint " + file + ": " + what, cause);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        return e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
    }

    private static String lines(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> map(String lines) {
        Map<String, String> map = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int at = line.indexOf('=');
            map.put(line.substring(0, at), line.substring(at + 1));
        });
        return map;
    }
}
