package io.github.rowwise.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names the temporary files of a run, so that a later run can delete those of one that was killed. A name has the process id
 * and a mark of the machine: a folder may be shared with another machine or container, where the same id is another process.
 */
public final class RunFiles {

    /** The process id, the mark of the machine, and a hyphen, for the names of temporary files. */
    public static final String PREFIX = ProcessHandle.current().pid() + "-" + machine() + "-";

    private static final int ATTEMPTS = 5;

    /** A process counts as another one with the same id if it started this long after the last change of the file. */
    private static final long MARGIN_SECONDS = 10;

    private static final long OLD_SECONDS = 600;

    private RunFiles() {}

    /**
     * Deletes the files and folders of runs that are over.
     *
     * @param own a file or folder of this run; only what is beside it and belongs to the same user is deleted
     * @param before the text before the process id in their names
     * @param marked whether the mark of the machine follows; without it, only a hyphen and digits do
     */
    public static void deleteLeftovers(Path own, String before, boolean marked) {
        Pattern name = Pattern.compile(
                Pattern.quote(before) + "([1-9][0-9]{0,17})-" + (marked ? machine() + "-.*" : "[0-9]+\\.part"));
        try {
            Path folder = Objects.requireNonNull(own.toAbsolutePath().getParent());
            UserPrincipal user = Files.getOwner(own);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                return matcher.matches()
                        && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user)
                        && isOver(Long.parseLong(matcher.group(1)), file);
            })) {
                files.forEach(RunFiles::delete);
            }
        } catch (IOException | RuntimeException e) {
            // They are not in the way; a later run tries again.
        }
    }

    /**
     * Deletes files whose names do not tell their process, once they are ten minutes old.
     *
     * @param own a file or folder of this run; only what is beside it and belongs to the same user is deleted
     * @param glob the names
     */
    public static void deleteOld(Path own, String glob) {
        Instant limit = Instant.now().minusSeconds(OLD_SECONDS);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                Objects.requireNonNull(own.toAbsolutePath().getParent()), glob)) {
            for (Path file : files) {
                if (Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
                        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // They are not in the way; a later run tries again.
        }
    }

    private static boolean isOver(long process, Path file) throws IOException {
        Optional<ProcessHandle> handle = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        if (handle.isEmpty()) {
            return true;
        }
        Instant changed =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        return handle.get()
                .info()
                .startInstant()
                .map(start -> start.isAfter(changed.plusSeconds(MARGIN_SECONDS)))
                .orElse(false);
    }

    /**
     * Deletes a file, or a folder with all that is in it. Repeats the deletion if another thread adds a file in the meantime.
     *
     * @param path a file or folder, which may not exist
     */
    public static void delete(Path path) {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path, LinkOption.NOFOLLOW_LINKS); attempt++) {
            try (Stream<Path> files = Files.walk(path)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // The next attempt may succeed.
            }
        }
    }

    private static String machine() {
        String container = "";
        try {
            container = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | RuntimeException e) {
            container = String.valueOf(System.getenv("COMPUTERNAME"));
        }
        return Integer.toHexString(container.hashCode());
    }
}
