package io.github.rowwise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers its first failure: a {@link java.io.PrintStream} only says that there was one. */
final class StandardOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Returns why the output is incomplete, or {@code null} if it is complete or nobody reads on, as {@code head} does. */
    @Nullable
    String loss() {
        if (failure == null) {
            return null;
        }
        String message = String.valueOf(failure.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("pipe") || isPipe() ? null : message;
    }

    /** The system's message may be in any language. */
    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
