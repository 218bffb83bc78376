package io.github.rowwise.internal.stats;

/** Benjamini and Hochberg's step-up procedure, from the highest p-value to the lowest. */
public final class BenjaminiHochberg {

    private final long tests;
    private double least;

    /** Starts with the least q-value of the higher p-values, 1 where there are none. */
    public BenjaminiHochberg(long tests, double least) {
        this.tests = tests;
        this.least = least;
    }

    /** The q-value of the next lower p-value, whose rank from below counts from 1. */
    public double next(double pValue, long rank) {
        least = Math.min(least, pValue * tests / rank);
        return least;
    }
}
