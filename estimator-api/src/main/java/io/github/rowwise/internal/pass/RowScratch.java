package io.github.rowwise.internal.pass;

/** One thread's array of the length of a row. */
public record RowScratch(double[] values) implements PassScratch {}
