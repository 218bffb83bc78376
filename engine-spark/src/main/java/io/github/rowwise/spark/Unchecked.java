package io.github.rowwise.spark;

/** Throws on what came out of Spark, which is written in a language without checked exceptions. */
final class Unchecked {

    private Unchecked() {}

    /** Never returns; the type is for whoever has to throw something. */
    static RuntimeException rethrown(Throwable thrown) {
        throw Unchecked.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
