package io.github.rowwise.cli.input;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URL of a database. It may contain a password, so messages and results only ever show a redacted form. */
public final class JdbcUrl {

    private static final Pattern PREFIX = Pattern.compile("(?i)jdbc:[a-z][a-z0-9+.-]*:");
    private static final Pattern PARAMETERS = Pattern.compile("[?;&=#]");
    private static final Pattern SECRET = Pattern.compile("(?i)(?:pass|pwd)[^=&;?]*=([^&;]+)|[:/]([^:/@]+)@");

    private final String url;

    /**
     * Creates a URL.
     *
     * @param url for example {@code jdbc:postgresql://localhost:5432/sales?user=ann}
     * @throws UserInputException if it is not a JDBC URL
     */
    public JdbcUrl(String url) {
        if (!PREFIX.matcher(url).lookingAt()) {
            throw new UserInputException(
                    "--jdbc: not a JDBC URL, which starts with jdbc: and the type of the database, such"
                            + " as jdbc:postgresql://localhost:5432/sales?user=ann");
        }
        this.url = url;
    }

    /**
     * Returns whether a text is intended as a JDBC URL.
     *
     * @param text any text
     * @return whether it starts with {@code jdbc:}
     */
    public static boolean isJdbc(String text) {
        return text.regionMatches(true, 0, "jdbc:", 0, 5);
    }

    /**
     * Returns the complete URL. Only the driver may see it.
     *
     * @return the URL with any password in it
     */
    public String url() {
        return url;
    }

    /** Returns the URL without its parameters, or only its type if it may contain a user before the host. */
    String label() {
        if (url.contains("@")) {
            Matcher prefix = PREFIX.matcher(url);
            return prefix.lookingAt() ? prefix.group() + "..." : "jdbc:...";
        }
        return PARAMETERS.split(url, 2)[0];
    }

    /**
     * Removes this URL and its passwords from a text.
     *
     * @param text for example the driver's message
     * @return the redacted text
     */
    public String clean(String text) {
        String clean = text.replace(url, label());
        for (String secret : secrets()) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        Matcher matcher = SECRET.matcher(url);
        while (matcher.find()) {
            secrets.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return secrets;
    }

    /** Returns the redacted form, as {@link #label} does. */
    @Override
    public String toString() {
        return label();
    }
}
