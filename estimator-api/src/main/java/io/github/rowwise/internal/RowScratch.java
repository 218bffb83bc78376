package io.github.rowwise.internal;

/** One thread's array of the length of a row. */
record RowScratch(double[] values) implements PassScratch {}
