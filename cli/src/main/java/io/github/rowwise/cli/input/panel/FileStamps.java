package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.TableSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The sizes and times of input files. A table is read several times, so a change in between would mix two tables. */
final class FileStamps {

    private final Map<Path, List<Object>> stamps = new LinkedHashMap<>();

    private FileStamps(PanelSource source) {
        for (Path file : new Path[] {source.origin().file(), source.origin().treatments()}) {
            if (file != null && Files.isRegularFile(file)) {
                stamps.put(file, stamp(file));
            }
        }
    }

    /**
     * Reads an input.
     *
     * @throws UserInputException if a file changed while it was read, or the task says what is wrong
     */
    static PanelInput unchanged(PanelSource source, Supplier<PanelInput> task) {
        FileStamps before = new FileStamps(source);
        PanelInput input;
        try {
            input = task.get();
        } catch (UserInputException e) {
            // What is wrong may be wrong because of the change.
            before.requireUnchanged();
            throw e;
        }
        try {
            before.requireUnchanged();
            return input;
        } catch (UserInputException e) {
            input.close();
            throw e;
        }
    }

    private void requireUnchanged() {
        stamps.forEach((file, stamp) -> {
            if (!stamp(file).equals(stamp)) {
                throw new UserInputException(Quoted.line(file.toString())
                        + ": the file changed while it was read; run the same command again when nobody writes to it");
            }
        });
    }

    private static List<Object> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Arrays.asList(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (IOException e) {
            throw TableSource.unreadable(file, e);
        }
    }
}
