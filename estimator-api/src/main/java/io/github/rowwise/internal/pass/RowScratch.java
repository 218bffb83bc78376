package io.github.rowwise.internal.pass;

/** Scratch memory for one row. */
public record RowScratch(double[] values) implements PassScratch {}
