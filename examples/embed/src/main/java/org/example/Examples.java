package org.example;

import java.io.IOException;

/** Runs all examples one after another. */
public final class Examples {

    private Examples() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("== from arrays");
        FromArrays.run();
        System.out.println("== from observations");
        FromObservations.run();
        System.out.println("== larger than memory");
        LargerThanMemory.run();
        System.out.println("== effects in detail");
        EffectsInDetail.run();
        System.out.println("== known truth");
        KnownTruth.run();
        System.out.println("== choosing a backend");
        ChoosingABackend.run();
    }
}
