package io.github.rowwise.cli.figure;

import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the report's pictures for a paper, each as SVG and as PNG. */
public final class FigureFiles {

    private static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.SVG, OutputFile.Format.PNG);

    private FigureFiles() {}

    /**
     * Checks that pictures can be drawn and written before there is anything to draw.
     *
     * @param option the option that names the folder, for messages
     * @param folder where to write; made if it is not there
     * @throws UserInputException where that cannot be, with what to do
     */
    public static void check(String option, Path folder) {
        Figure.check(option);
        String shown = option + " " + Quoted.line(folder.toString());
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserInputException(shown + ": a file; name a folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserInputException(shown + ": the folder cannot be made; name another", e);
        }
        file(option, folder, "units", "svg");
    }

    /**
     * Writes all pictures: {@code units}, {@code periods}, {@code event-times} and {@code propensities} of each treatment,
     * with its number at the end where there are several; {@code treatment}; and, if the spectral method was computed,
     * {@code spectrum-0} and on, one an arm.
     *
     * @param option the option that names the folder, for messages
     * @param folder where to write
     * @param effects the result
     * @param diagnosis has the spectral method that accompanies the factor model
     * @param input how the panel was read
     * @return how many pictures there are, each in two files
     */
    public static int write(String option, Path folder, UnitEffects effects, Diagnosis diagnosis, PanelInput input) {
        Map<String, Figure> figures = figures(effects, diagnosis, input);
        figures.forEach((name, figure) -> {
            file(option, folder, name, "svg").write(figure::writeSvg);
            file(option, folder, name, "png").write(figure::writePng);
        });
        return figures.size();
    }

    private static OutputFile file(String option, Path folder, String name, String ending) {
        return OutputFile.check(option, folder.resolve(name + "." + ending), null, FORMATS);
    }

    private static Map<String, Figure> figures(UnitEffects effects, Diagnosis diagnosis, PanelInput input) {
        Panel panel = effects.panel();
        String outcome = EffectFigures.shortened(input.source().columns().outcome());
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (int arm = 1; arm < panel.arms(); arm++) {
            boolean several = panel.arms() > 2;
            String of = several ? " of " + EffectFigures.shortened(PanelSummary.armName(panel, arm)) : "";
            String number = several ? "-" + arm : "";
            EffectFigures pictures = new EffectFigures(effects, arm, of, outcome);
            figures.put("units" + number, pictures.units());
            figures.put("periods" + number, pictures.periods());
            figures.put("event-times" + number, pictures.eventTimes());
            figures.put(
                    "propensities" + number, PanelFigures.propensities(effects.diagnostics(), panel.units(), arm, of));
        }
        figures.put("treatment", PanelFigures.treatment(panel, effects.diagnostics()));
        UnitEffects spectral = effects.factorModel().isPresent() ? diagnosis.algorithm1() : effects;
        for (int arm = 0; arm < panel.arms() && spectral != null; arm++) {
            String name = EffectFigures.shortened(PanelSummary.armName(panel, arm));
            figures.put("spectrum-" + arm, PanelFigures.spectrum(spectral.spectrum(arm), name));
        }
        return figures;
    }
}
