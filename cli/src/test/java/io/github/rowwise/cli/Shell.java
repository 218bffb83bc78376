package io.github.rowwise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A shell in a folder, in which {@code rowwise} is this program. */
record Shell(Path folder) {

    /** As in the launcher: newer Java warns of native libraries without it. */
    private static final String NATIVE = Runtime.version().feature() >= 22 ? " --enable-native-access=ALL-UNNAMED" : "";

    static Shell in(Path folder) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("rowwise");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + System.getProperty("java.home")
                        + "/bin/java' -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8" + NATIVE + " -cp '"
                        + System.getProperty("java.class.path")
                        + "' " + Rowwise.class.getName() + " \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + program);
        }
        return new Shell(folder);
    }

    Run bash(String script) throws IOException, InterruptedException {
        Path err = folder.resolve("bin/err");
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-eo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        return new Run(process.waitFor(), out, Files.readString(err, StandardCharsets.UTF_8));
    }
}
