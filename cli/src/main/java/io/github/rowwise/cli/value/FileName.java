package io.github.rowwise.cli.value;

import io.github.rowwise.internal.text.Quoted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Parses names of files on the command line. */
public final class FileName {

    private FileName() {}

    public static Path parse(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Quoted.value(text) + " cannot be the name of a file"
                    + (text.indexOf('\ufffd') < 0
                            ? ""
                            : " as Java reads it in this locale; set one that knows its characters, such as"
                                    + " LC_ALL=C.UTF-8"));
        }
    }
}
