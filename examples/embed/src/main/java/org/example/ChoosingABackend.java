package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.BackendUnavailableException;
import io.github.rowwise.linalg.Backends;

/** Lists the available backends, and requests one that is not available. */
final class ChoosingABackend {

    private ChoosingABackend() {}

    static void run() {
        for (BackendReport report : Backends.report()) {
            System.out.println("found " + report.name() + ": " + report.detail());
        }
        UnitEffects effects = FactorModelEstimator.withDefaults().withThreads(1).fit(FromArrays.panel());
        System.out.println("backend " + effects.provenance().backend() + " "
                + effects.provenance().backendVersion());

        try {
            FactorModelEstimator.withDefaults().withBackend("abacus").fit(FromArrays.panel());
        } catch (BackendUnavailableException e) {
            System.out.println("rejected: " + e.getMessage().lines().findFirst().orElseThrow());
        }
    }
}
