package io.github.rowwise.cli.input.panel;

/** Takes the rows of a panel, a unit at a time, in the order of the units. */
@FunctionalInterface
public interface UnitRows {

    /**
     * Takes the next unit. The arrays are used again for another unit afterwards.
     *
     * @param arms the arm in each period, 0 for control, or -1 where the outcome is missing
     * @param outcomes the outcome in each period, NaN where it is missing
     */
    void add(byte[] arms, double[] outcomes);
}
