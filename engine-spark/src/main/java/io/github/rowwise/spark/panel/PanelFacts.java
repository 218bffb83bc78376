package io.github.rowwise.spark.panel;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/** Facts of a panel, known after its blocks have been made. They do not depend on the partitions. */
final class PanelFacts implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long[] cellsPerArm;
    private final PanelHash hash = new PanelHash();
    private long units;
    private long zeroRows;
    private @Nullable String someUnit;

    private PanelFacts(int arms) {
        cellsPerArm = new long[arms];
    }

    static FlatMapFunction<Iterator<UnitBlock>, byte[]> ofBlocks(int arms) {
        return blocks -> {
            PanelFacts facts = new PanelFacts(arms);
            UnitBlock.Room room = new UnitBlock.Room();
            blocks.forEachRemaining(block -> facts.add(block, room));
            return List.of(JavaSerialization.of(facts)).iterator();
        };
    }

    static byte[] merge(byte[] first, byte[] second) {
        PanelFacts sum = (PanelFacts) JavaSerialization.read(first);
        PanelFacts other = (PanelFacts) JavaSerialization.read(second);
        sum.units += other.units;
        sum.zeroRows += other.zeroRows;
        sum.hash.add(other.hash);
        sum.someUnit = sum.someUnit == null ? other.someUnit : sum.someUnit;
        for (int arm = 0; arm < sum.cellsPerArm.length; arm++) {
            sum.cellsPerArm[arm] += other.cellsPerArm[arm];
        }
        return JavaSerialization.of(sum);
    }

    private void add(UnitBlock block, UnitBlock.Room room) {
        units += block.units().length;
        zeroRows += block.zeroRows();
        someUnit = block.units()[0];
        hash.add(block, room);
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            cellsPerArm[arm] += block.cellsPerArm()[arm];
        }
    }

    long units() {
        return units;
    }

    /** Returns the number of cells without a row that count as an outcome of 0. */
    long zeroRows() {
        return zeroRows;
    }

    /** A unit's name; the only one if there is a single unit. */
    @Nullable
    String someUnit() {
        return someUnit;
    }

    long[] cellsPerArm() {
        return cellsPerArm;
    }

    PanelHash hash() {
        return hash;
    }
}
