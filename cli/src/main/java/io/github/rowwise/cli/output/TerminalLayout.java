package io.github.rowwise.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lays out text for a terminal: headings on the left, lines next to them. */
public final class TerminalLayout {

    static final int INDENT = 11;

    /** The default width. */
    private static final int USUAL = 80;

    private final int width;

    private final StringBuilder text = new StringBuilder();
    private String heading = "";

    public TerminalLayout() {
        this(USUAL);
    }

    /**
     * Creates a layout for another width.
     *
     * @param columns width of the terminal
     */
    public TerminalLayout(int columns) {
        this.width = columns - INDENT;
    }

    /** Returns the width next to the headings. */
    public int width() {
        return width;
    }

    /** Starts a part; its first line is next to the heading. */
    public TerminalLayout part(String name) {
        heading = name;
        return this;
    }

    /** Adds a text, broken between words if it is too long. */
    public TerminalLayout add(String line) {
        return add(line, line.length() - line.stripLeading().length());
    }

    /** Adds a text with an indent for its continuation lines. */
    public TerminalLayout add(String line, int indent) {
        for (String piece : wrap(line, width, indent)) {
            text.append(heading).append(" ".repeat(INDENT - heading.length())).append(piece);
            while (text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
            heading = "";
        }
        return this;
    }

    /** Adds an empty line. */
    public TerminalLayout gap() {
        text.append('\n');
        return this;
    }

    private static List<String> wrap(String line, int width, int indent) {
        List<String> pieces = new ArrayList<>();
        String rest = line;
        while (TextWidth.width(rest) > width) {
            int fits = TextWidth.prefix(rest, width);
            int space = rest.lastIndexOf(' ', fits);
            int cut = space > indent ? space : fits;
            pieces.add(rest.substring(0, cut));
            rest = " ".repeat(indent) + rest.substring(cut).stripLeading();
        }
        pieces.add(rest);
        return pieces;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
