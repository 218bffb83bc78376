package io.github.rowwise.cli.output;

import io.github.rowwise.UnitEffects;
import io.github.rowwise.cli.input.PanelInput;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader of a result must know. */
final class Warnings {

    private Warnings() {}

    static List<String> of(UnitEffects effects, PanelInput input) {
        List<String> warnings = new ArrayList<>(input.warnings());
        warnings.addAll(effects.warnings());
        return warnings;
    }
}
