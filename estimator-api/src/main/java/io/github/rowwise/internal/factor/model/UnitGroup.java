package io.github.rowwise.internal.factor.model;

/** Groups of units by the arms that their cells compare. The numbers are indices of arrays. */
public final class UnitGroup {

    /** Units with control cells and treated cells. */
    public static final int BOTH = 0;

    /** Units with control cells only. */
    public static final int CONTROL_ONLY = 1;

    /** Units without control cells. */
    public static final int NO_CONTROL = 2;

    /** Number of groups. */
    public static final int COUNT = 3;

    private UnitGroup() {}
}
