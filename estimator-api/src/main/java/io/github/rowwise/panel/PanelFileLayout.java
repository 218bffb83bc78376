package io.github.rowwise.panel;

import io.github.rowwise.internal.io.ChecksummedInput;
import io.github.rowwise.internal.io.ChecksummedOutput;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What the first 64 bytes of a panel file say, and where its parts lie; {@link PanelFile} has the format.
 *
 * @param storage how outcomes are kept
 * @param units n
 * @param periods m
 * @param arms number of arms
 * @param covariates number of covariates
 * @param blockRows rows of every block but the last
 * @param firstBlock where the blocks begin
 */
record PanelFileLayout(
        OutcomeStorage storage, int units, int periods, int arms, int covariates, int blockRows, long firstBlock) {

    static final int HEADER = 64;
    static final int FINGERPRINT = 32;

    private static final byte[] MAGIC = {'R', 'o', 'w', 'w', 'i', 's', 'e', 0x1A};
    private static final int VERSION = 1;

    /** Of a file with covariates. */
    private static final int COVARIATE_VERSION = 2;

    /** Unused bytes of the header, before its checksum. */
    private static final byte[] RESERVED =
            new byte[HEADER - MAGIC.length - 7 * Integer.BYTES - Long.BYTES - Integer.BYTES];

    static PanelFileLayout of(PanelNames names, OutcomeStorage storage) {
        long text = Integer.BYTES;
        for (List<String> list : names.lists()) {
            for (String name : list) {
                text += Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        int periods = names.periods().size();
        return new PanelFileLayout(
                storage,
                names.units().size(),
                periods,
                names.arms().size(),
                names.covariates().size(),
                RowBlock.defaultRows(periods),
                (HEADER + text + HEADER - 1) / HEADER * HEADER);
    }

    int blocks() {
        return RowBlock.count(units, blockRows);
    }

    int rows(int block) {
        return Math.min(blockRows, units - block * blockRows);
    }

    /** Bytes of a block, its checksum included. */
    int blockBytes(int block) {
        return Math.addExact(Math.multiplyExact(rows(block) * periods, bytesPerCell()), Integer.BYTES);
    }

    long blockPosition(int block) {
        return firstBlock + (long) block * blockBytes(0);
    }

    long footerPosition() {
        int last = blocks() - 1;
        return blockPosition(last) + blockBytes(last);
    }

    /** Bytes of the whole file. */
    long size() {
        return footerPosition() + (long) arms * Long.BYTES + Double.BYTES + FINGERPRINT + Integer.BYTES;
    }

    int outcomeBytes() {
        return storage == OutcomeStorage.DOUBLE ? Double.BYTES : Float.BYTES;
    }

    private int bytesPerCell() {
        return outcomeBytes() + covariates * Double.BYTES + 1;
    }

    void write(ChecksummedOutput out) throws IOException {
        out.putBytes(MAGIC);
        out.putInt(covariates > 0 ? COVARIATE_VERSION : VERSION);
        out.putInt(outcomeBytes());
        out.putInt(units);
        out.putInt(periods);
        out.putInt(arms);
        out.putInt(blockRows);
        out.putLong(firstBlock);
        out.putInt(covariates);
        out.putBytes(RESERVED);
        out.putChecksum();
    }

    /** Reads the header, and says what is wrong with it. */
    static PanelFileLayout read(ChecksummedInput in) throws IOException {
        if (!Arrays.equals(in.getBytes(MAGIC.length), MAGIC)) {
            throw new InvalidPanelException("not a panel file");
        }
        int version = in.getInt();
        if (version != VERSION && version != COVARIATE_VERSION) {
            throw new InvalidPanelException("a panel file of version " + version + ", where versions " + VERSION
                    + " and " + COVARIATE_VERSION + " can be read: make it again with this version of the program");
        }
        int outcomeBytes = in.getInt();
        int units = in.getInt();
        int periods = in.getInt();
        int arms = in.getInt();
        int blockRows = in.getInt();
        long firstBlock = in.getLong();
        PanelFileLayout layout = new PanelFileLayout(
                outcomeBytes == Float.BYTES ? OutcomeStorage.FLOAT : OutcomeStorage.DOUBLE,
                units,
                periods,
                arms,
                in.getInt(),
                blockRows,
                firstBlock);
        in.getBytes(RESERVED.length);
        if (!in.isChecksumRight() || outcomeBytes != layout.outcomeBytes() || !layout.isPossible(version)) {
            throw new InvalidPanelException("the first " + HEADER + " bytes are damaged: make the file again");
        }
        return layout;
    }

    private boolean isPossible(int version) {
        return (version == COVARIATE_VERSION ? covariates > 0 && covariates <= Byte.MAX_VALUE : covariates == 0)
                && units >= 2
                && periods >= 2
                && arms >= 2
                && arms <= Byte.MAX_VALUE
                && blockRows >= 1
                && (long) Math.min(blockRows, units) * periods * bytesPerCell() + Integer.BYTES <= Integer.MAX_VALUE
                && firstBlock >= HEADER;
    }
}
