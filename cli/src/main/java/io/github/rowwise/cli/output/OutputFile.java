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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file to be written whole or not at all: it is written beside its place, then moved there. What is there already
 * stays untouched until then, and nothing half-written stays behind, even on an interrupt.
 */
public final class OutputFile {

    private final Path file;
    private final Format format;

    /** The formats that results are written in. */
    public enum Format {
        /** Comma-separated values. */
        CSV,
        /** Apache Parquet. */
        PARQUET,
        /** Apache Arrow's IPC file. */
        ARROW,
        /** One JSON document. */
        JSON,
        /** A picture of lines. */
        SVG,
        /** A picture of dots. */
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
     * Checks that a file can be written before there is anything to write.
     *
     * @param option the option that names the file, for messages
     * @param file where to write
     * @param input a file that must not be written over, or {@code null}
     * @param formats the formats that make sense here
     * @return the file
     * @throws UserInputException where it cannot be written, with what to do
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
     * Checks that a file of any ending can be written, by whatever writes it.
     *
     * @param option the option that names the file, for messages
     * @param file where to write
     * @param input a file that must not be written over, or {@code null}
     * @throws UserInputException where it cannot be written, with what to do
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
            // Trying is the only sure test: a permission does not show a file system that takes no files.
            start(resolved(file)).close();
        } catch (IOException e) {
            throw new UserInputException(
                    shown + ": the folder takes no new file (" + reason(e) + "); name another folder", e);
        }
    }

    /**
     * Returns the format that the ending tells.
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * Returns whether another output would go to the same place.
     *
     * @param other an output
     * @return true through links too
     */
    public boolean isSame(OutputFile other) {
        return isSame(file, other.file);
    }

    /**
     * Writes the file.
     *
     * @param writer writes to the path that it is given, which exists and is empty
     * @throws UserInputException where the disk is full or does not take the file
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

    private static PartFile start(Path file) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Path part =
                    folder(file).resolve(".rowwise-" + ProcessHandle.current().pid() + "-" + attempt + ".part");
            try {
                return PartFile.create(part);
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

    /** The file behind a link, which is written instead of the link. */
    private static Path resolved(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            return file;
        }
    }

    /**
     * Returns whether two names are of one place.
     *
     * @param file a file that may be there or not
     * @param other another
     * @return true through links too
     */
    public static boolean isSame(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            // Where one of them is not there yet, their folders are.
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

    /** The file beside the place, deleted unless it is moved there. */
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
            Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
        }

        private void delete() {
            try {
                Files.deleteIfExists(path);
                // A panel file is by itself written beside its place.
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".part"));
            } catch (IOException e) {
                // The program is ending with a message of its own; an empty file is all that could stay.
            }
        }

        @Override
        public void close() {
            delete();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // An interrupt came: the program is ending already.
            }
        }
    }
}
