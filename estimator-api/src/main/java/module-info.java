/** Per-unit treatment effects from panel data: panels, estimators, results, and how to judge them. */
@SuppressWarnings("module")
module io.github.rowwise {
    requires static transitive org.jspecify;
    requires transitive io.github.rowwise.linalg;

    exports io.github.rowwise;
    exports io.github.rowwise.averages;
    exports io.github.rowwise.diagnostics;
    exports io.github.rowwise.effects;
    exports io.github.rowwise.engine;
    exports io.github.rowwise.evaluation;
    exports io.github.rowwise.panel;
    exports io.github.rowwise.simulation;
    exports io.github.rowwise.targeting;
    exports io.github.rowwise.totals;
    exports io.github.rowwise.internal.factor.kernel to
            io.github.rowwise.vector;
    exports io.github.rowwise.internal.pass to
            io.github.rowwise.vector;
    exports io.github.rowwise.internal.spectral to
            io.github.rowwise.vector;
    exports io.github.rowwise.internal.text to
            io.github.rowwise.tables;
}
