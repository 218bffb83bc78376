package io.github.rowwise.spark;

import io.github.rowwise.Panel;
import io.github.rowwise.linalg.LinearAlgebra;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the last digits depend on besides the data. */
final class Agreement {

    private Agreement() {}

    /** Of this process, with the backend that its fits use. */
    static String of(LinearAlgebra backend) {
        boolean areVectors =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return "Rowwise " + version() + ", backend " + backend.name() + " " + backend.version() + ", "
                + (areVectors ? "with" : "without") + " --add-modules jdk.incubator.vector";
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Panel.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
