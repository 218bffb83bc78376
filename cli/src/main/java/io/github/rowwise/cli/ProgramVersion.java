package io.github.rowwise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of the program, written by the build, and of Java. */
final class ProgramVersion implements IVersionProvider {

    /** Returns whether the command line asks for the version and nothing else, which then needs no description of options. */
    static boolean isAllThatIsAsked(String... arguments) {
        return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        Properties properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "rowwise " + properties.getProperty("version", "unknown") + ", Java "
                + System.getProperty("java.version");
    }
}
