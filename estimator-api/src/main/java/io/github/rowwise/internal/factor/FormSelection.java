package io.github.rowwise.internal.factor;

/** What a fit may leave out of the form of the model. */
enum FormSelection {
    /** Nothing. */
    NONE,

    /** The trends. */
    TRENDS,

    /** The trends, the effects on the factors and the onset terms. */
    ALL
}
