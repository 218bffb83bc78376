package io.github.rowwise.cli.input;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a database, which may hold a password and is therefore never shown as it is. */
public final class JdbcUrl {

    private static final Pattern PREFIX = Pattern.compile("(?i)jdbc:[a-z][a-z0-9+.-]*:");
    private static final Pattern PARAMETERS = Pattern.compile("[?;&=#]");
    private static final Pattern SECRET = Pattern.compile("(?i)(?:pass|pwd)[^=&;?]*=([^&;]+)|[:/]([^:/@]+)@");

    private final String url;

    /**
     * Takes an address.
     *
     * @param url such as {@code jdbc:postgresql://localhost:5432/sales?user=ann}
     * @throws UserInputException where it is no JDBC URL
     */
    public JdbcUrl(String url) {
        if (!PREFIX.matcher(url).lookingAt()) {
            throw new UserInputException(
                    "--jdbc: not a JDBC URL, which starts with jdbc: and the kind of the database, such"
                            + " as jdbc:postgresql://localhost:5432/sales?user=ann");
        }
        this.url = url;
    }

    /**
     * Tells whether a text is meant to be an address.
     *
     * @param text any text
     * @return whether it starts like one
     */
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, "jdbc:", 0, 5);
    }

    /** The address itself, for the driver only. */
    public String url() {
        return url;
    }

    /** The address without its parameters; only its kind where a user may stand before the host. */
    String label() {
        if (url.contains("@")) {
            Matcher prefix = PREFIX.matcher(url);
            return prefix.lookingAt() ? prefix.group() + "..." : "jdbc:...";
        }
        return PARAMETERS.split(url, 2)[0];
    }

    /** A text without this address and the passwords in it. */
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

    /** The same as {@link #label}. */
    @Override
    public String toString() {
        return label();
    }
}
