package io.github.rowwise.spark.fit;

import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Describes what a fit depends on besides the reductions that all shards share. */
public final class RunFingerprint {

    private RunFingerprint() {}

    /** Returns the fingerprint of this process for a backend. */
    public static String of(LinearAlgebra backend) {
        return "Rowwise " + version() + ", backend " + backend.name() + " " + backend.version();
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
