package io.github.rowwise.cli.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks a gzip file (RFC 1952): length and checksum of each member, and that nothing follows the last one but zeros, with
 * which some devices fill a block. {@link java.util.zip.GZIPInputStream} takes a member whose header is damaged for the end.
 */
final class GzipCheck {

    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] inflated = new byte[1 << 16];
    private int at;
    private int end;

    private GzipCheck(InputStream in) {
        this.in = in;
    }

    /** Reads all bytes and throws an exception if the file is damaged or incomplete. */
    static void check(InputStream in) throws IOException {
        GzipCheck check = new GzipCheck(in);
        check.member();
        while (check.fill()) {
            if (check.buffer[check.at] == 0) {
                check.zeros();
            } else {
                check.member();
            }
        }
    }

    private void member() throws IOException {
        header();
        Inflater inflater = new Inflater(true);
        CRC32 checksum = new CRC32();
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (!fill()) {
                        throw new EOFException("it ends too early");
                    }
                    inflater.setInput(buffer, at, end - at);
                    at = end;
                }
                int length = inflater.inflate(inflated);
                checksum.update(inflated, 0, length);
                if (length == 0 && inflater.needsDictionary()) {
                    throw damaged();
                }
            }
            at = end - inflater.getRemaining();
            if (little(4) != checksum.getValue() || little(4) != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
                throw new IOException("the checksum does not fit the content, so the file is damaged");
            }
        } catch (DataFormatException e) {
            throw new IOException("the file is damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private void header() throws IOException {
        if (little(2) != 0x8B1F || little(1) != DEFLATE) {
            throw new IOException("no gzip file, or bytes after its end that are none");
        }
        int flags = (int) little(1);
        if ((flags & RESERVED) != 0) {
            throw damaged();
        }
        little(4);
        little(2);
        for (long extra = (flags & EXTRA) != 0 ? little(2) : 0; extra > 0; extra--) {
            little(1);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            if ((flags & flag) != 0) {
                while (little(1) != 0) {
                    // A text ends with a zero.
                }
            }
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            little(2);
        }
    }

    private void zeros() throws IOException {
        while (fill()) {
            if (buffer[at++] != 0) {
                throw damaged();
            }
        }
    }

    private static IOException damaged() {
        return new IOException("the file is damaged");
    }

    /** Returns the next bytes as a number, the lowest first. */
    private long little(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            if (!fill()) {
                throw new EOFException("it ends too early");
            }
            number |= (buffer[at++] & 0xFFL) << (8 * i);
        }
        return number;
    }

    /** Makes sure that the buffer has a byte. Returns false at the end of the file. */
    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end;
    }
}
