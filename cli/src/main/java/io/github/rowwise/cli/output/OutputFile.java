package io.github.rowwise.cli.output;

import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An output file that is written completely or not at all: to a temporary file in the same folder, which is then renamed. An
 * existing file stays untouched until then, and its permissions are kept. No partial file stays behind, even after an
 * interrupt; that of a killed run is deleted by the next run that writes to the folder.
 */
public final class OutputFile {

    private static final String PREFIX = ".rowwise-";

    private final Path file;
    private final Format format;

    /** The formats of outputs. */
    public enum Format {
        /** Comma-separated values. */
        CSV,
        /** Apache Parquet. */
        PARQUET,
        /** Apache Arrow's IPC file. */
        ARROW,
        /** One JSON document. */
        JSON,
        /** A vector graphic. */
        SVG,
        /** A bitmap. */
        PNG,
        /** A panel file. */
        ROWWISE,
        /** A page for a browser. */
        HTML
    }

    private OutputFile(Path file, Format format) {
        this.file = file;
        this.format = format;
    }

    /**
     * Checks that a file can be written, before the work begins.
     *
     * @param option the option that names the file, for messages
     * @param file the file to write
     * @param input a file that must not be overwritten, or {@code null}
     * @param formats the allowed formats
     * @return the file
     * @throws UserInputException if it cannot be written; the message says what to do
     */
    public static OutputFile check(String option, Path file, @Nullable Path input, List<Format> formats) {
        String shown = option + " " + Quoted.line(file.toString());
        Format format = formats.stream()
                .filter(f -> file.toString().toLowerCase(Locale.ROOT).endsWith("." + ending(f)))
                .findFirst()
                .orElseThrow(() -> new UserInputException(shown + ": the ending does not tell the format; allowed: "
                        + String.join(
                                ", ", formats.stream().map(f -> "." + ending(f)).toList())));
        checkPlace(option, file, input);
        return new OutputFile(resolved(file), format);
    }

    /**
     * Checks that a file with any ending can be written.
     *
     * @param option the option that names the file, for messages
     * @param file the file to write
     * @param input a file that must not be overwritten, or {@code null}
     * @throws UserInputException if it cannot be written; the message says what to do
     */
    public static void checkPlace(String option, Path file, @Nullable Path input) {
        String shown = option + " " + Quoted.line(file.toString());
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw new UserInputException(shown + ": there is no folder " + Quoted.line(folder.toString())
                    + "; make it first, or name another");
        }
        if (Files.isDirectory(file)) {
            throw new UserInputException(shown + ": a folder; name a file in it");
        }
        if (input != null && isSame(file, input)) {
            throw new UserInputException(shown + ": this is the input; name another file");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new UserInputException(shown + ": the file is there and may not be written; name another");
        }
        try {
            // Creating a file is the only sure test: permissions do not reveal a read-only file system.
            start(resolved(file)).close();
        } catch (IOException e) {
            throw new UserInputException(
                    shown + ": the folder takes no new file (" + reason(e) + "); name another folder", e);
        }
    }

    /**
     * Returns the format of the file's ending.
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * Returns whether another output is the same file.
     *
     * @param other an output
     * @return true also if links lead to the same file
     */
    public boolean isSame(OutputFile other) {
        return isSame(file, other.file);
    }

    /**
     * Writes the file.
     *
     * @param writer writes to a given path, which exists and is empty
     * @throws UserInputException if the disk is full or the file cannot be written
     */
    public void write(Consumer<Path> writer) {
        try (PartFile part = start(file)) {
            writer.accept(part.path());
            try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            part.moveTo(file);
        } catch (DatabaseException e) {
            throw notWritten(e.isDiskFull() ? "no space left on the disk" : e.firstLine(), e);
        } catch (UncheckedIOException e) {
            throw notWritten(reason(Objects.requireNonNull(e.getCause())), e);
        } catch (IOException e) {
            throw notWritten(reason(e), e);
        }
    }

    private UserInputException notWritten(String reason, Exception cause) {
        return new UserInputException(
                Quoted.line(file.toString()) + ": not written: " + Quoted.line(reason)
                        + "; make room or name another folder. What was there is untouched",
                cause);
    }

    /**
     * Deletes what killed runs left of a file that is replaced often, such as a checkpoint.
     *
     * @param file the file, beside which they are
     */
    public static void deleteLeftovers(Path file) {
        Path target = resolved(file);
        try (PartFile own = start(target)) {
            RunFiles.deleteLeftovers(own.path(), target.getFileName() + ".", false);
        } catch (IOException e) {
            // They are not in the way.
        }
    }

    private static PartFile start(Path file) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path path = folder(file).resolve(PREFIX + RunFiles.PREFIX + attempt + ".part");
            try {
                PartFile part = PartFile.create(path);
                RunFiles.deleteLeftovers(path, PREFIX, true);
                return part;
            } catch (FileAlreadyExistsException e) {
                if (attempt > 100) {
                    throw e;
                }
            }
        }
    }

    private static String ending(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** Returns the target of a link, which is written instead of the link. */
    private static Path resolved(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }

    /**
     * Returns whether two names are the same file.
     *
     * @param file a file, which may not exist
     * @param other another file, which may not exist
     * @return true also if links lead to the same file
     */
    public static boolean isSame(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            // If one of them does not exist yet, compare their folders.
            return place(file).equals(place(other));
        }
    }

    private static Path place(Path file) {
        Path place = file.toAbsolutePath().normalize();
        try {
            return folder(place).toRealPath().resolve(place.getFileName());
        } catch (IOException e) {
            return place;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return "the file system cannot move a file in one step";
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") ? "no space left on the disk" : message;
    }

    /** The temporary file, deleted unless it is renamed. */
    private static final class PartFile implements AutoCloseable {

        private final Path path;
        private final Thread atExit;

        private PartFile(Path path) {
            this.path = path;
            this.atExit = new Thread(this::delete, "delete-part-file");
        }

        static PartFile create(Path path) throws IOException {
            PartFile part = new PartFile(path);
            Files.createFile(path);
            Runtime.getRuntime().addShutdownHook(part.atExit);
            return part;
        }

        Path path() {
            return path;
        }

        void moveTo(Path file) throws IOException {
            PosixFileAttributeView former = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (former != null && Files.exists(file)) {
                Files.setPosixFilePermissions(path, former.readAttributes().permissions());
            }
            Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
        }

        private void delete() {
            try {
                Files.deleteIfExists(path);
                // The writer of panel files uses a temporary file itself.
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".part"));
            } catch (IOException e) {
                // The program is ending with another message; at most an empty file stays.
            }
        }

        @Override
        public void close() {
            delete();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // Interrupted: the program is already ending.
            }
        }
    }
}
