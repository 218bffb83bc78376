package io.github.rowwise.cli.input.csv;

import io.github.rowwise.internal.text.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV record by record and keeps track of line numbers. DuckDB reads the data. The scanner reads the header, and reads
 * the file again after an error to find the line.
 */
final class CsvScanner implements Closeable {

    /** The longest record in bytes. DuckDB keeps several such lines in memory for each thread. */
    static final int LONGEST = 1 << 21;

    private final PushbackInputStream in;
    private final int separator;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private List<String> fields = new ArrayList<>();
    private long nextLine = 1;
    private long line;
    private int length;
    private boolean atEnd;
    private String firstLineEnd = "";
    private long otherLineEnd;

    CsvScanner(InputStream bytes, char separator) throws IOException {
        this.in = new PushbackInputStream(bytes, 3);
        this.separator = separator;
        byte[] start = in.readNBytes(3);
        boolean hasByteOrderMark = start.length == 3
                && (start[0] & 0xFF) == 0xEF
                && (start[1] & 0xFF) == 0xBB
                && (start[2] & 0xFF) == 0xBF;
        if (!hasByteOrderMark) {
            in.unread(start);
        }
    }

    /** Moves to the next record, skipping empty lines. Returns false at the end of the file. */
    boolean next() throws IOException, CsvFault {
        while (!atEnd) {
            line = nextLine;
            boolean quoted = readRecord();
            if (fields.size() > 1 || quoted || !fields.get(0).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the line on which the current record starts, from 1. */
    long line() {
        return line;
    }

    /** Returns the fields of the current record. */
    List<String> fields() {
        return fields;
    }

    /** Returns the first line whose line end differs from that of line 1, or 0 if all are alike. */
    long otherLineEnd() {
        return otherLineEnd;
    }

    private boolean readRecord() throws IOException, CsvFault {
        fields = new ArrayList<>();
        boolean quoted = false;
        length = 0;
        while (true) {
            int c = in.read();
            if (c == '"' && field.size() == 0) {
                quoted = true;
                readQuoted();
                c = in.read();
                if (c != separator && c != '\n' && c != '\r' && c != -1) {
                    throw new CsvFault(
                            nextLine, "text after a closing quote; double every quote inside a quoted value (\"\")");
                }
            }
            if (c == separator) {
                endField();
            } else if (c == -1 || c == '\n' || c == '\r') {
                endField();
                endLine(c);
                return quoted;
            } else {
                add(c);
            }
        }
    }

    private void readQuoted() throws IOException, CsvFault {
        long opened = nextLine;
        while (true) {
            int c = in.read();
            if (c == -1) {
                throw new CsvFault(
                        opened,
                        "a quote is opened and never closed; close it, or double it (\"\") if it is part of the value");
            }
            if (c == '"') {
                int after = in.read();
                if (after != '"') {
                    if (after != -1) {
                        in.unread(after);
                    }
                    return;
                }
            } else if (c == '\n') {
                nextLine++;
            } else if (c == '\r') {
                int after = in.read();
                if (after != -1) {
                    in.unread(after);
                }
                if (after != '\n') {
                    nextLine++;
                }
            }
            add(c);
        }
    }

    private void add(int c) throws CsvFault {
        if (c == 0) {
            throw new CsvFault(nextLine, "a NUL byte; the file is damaged or not text: write it again as UTF-8");
        }
        if (++length > LONGEST) {
            throw new CsvFault(
                    line,
                    "more than " + LONGEST
                            + " bytes in one row; close a quote or end a line that is left open, or shorten"
                            + " the values");
        }
        field.write(c);
    }

    private void endField() throws CsvFault {
        byte[] bytes = field.toByteArray();
        field.reset();
        try {
            fields.add(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new CsvFault(
                    nextLine,
                    "not UTF-8: " + Quoted.value(new String(bytes, StandardCharsets.ISO_8859_1))
                            + " if read as Latin-1; save the file as UTF-8");
        }
    }

    private void endLine(int c) throws IOException {
        String end = c == '\r' ? "CR" : "LF";
        if (c == '\r') {
            int after = in.read();
            if (after == '\n') {
                end = "CR LF";
            } else if (after != -1) {
                in.unread(after);
            }
        }
        int after = c == -1 ? -1 : in.read();
        if (after == -1) {
            atEnd = true;
        } else {
            in.unread(after);
        }
        if (c != -1 && firstLineEnd.isEmpty()) {
            firstLineEnd = end;
        } else if (c != -1 && otherLineEnd == 0 && !end.equals(firstLineEnd)) {
            otherLineEnd = nextLine;
        }
        nextLine++;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
