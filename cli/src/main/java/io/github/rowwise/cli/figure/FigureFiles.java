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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the figures of the report to a folder, each as SVG and as PNG. */
public final class FigureFiles {

    private static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.SVG, OutputFile.Format.PNG);

    private FigureFiles() {}

    /**
     * Checks that figures can be drawn and written.
     *
     * @param option the option that names the folder, for messages
     * @param folder the folder, which is created if it does not exist
     * @throws UserInputException if figures cannot be drawn, or the folder cannot be written to
     */
    public static void check(String option, Path folder) {
        Figure.check(option);
        String shown = option + " " + Quoted.line(folder.toString());
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserInputException(shown + ": a file; name a folder");
        }
        // A run that is refused later leaves no empty folder.
        List<Path> missing = missing(folder);
        create(option, folder);
        try {
            file(option, folder, "units", "svg");
        } finally {
            missing.forEach(FigureFiles::deleteIfEmpty);
        }
    }

    /** Returns the folders that are not there, the inner ones first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path path = folder.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            missing.add(path);
        }
        return missing;
    }

    private static void create(String option, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserInputException(
                    option + " " + Quoted.line(folder.toString()) + ": the folder cannot be created; choose another",
                    e);
        }
    }

    private static void deleteIfEmpty(Path empty) {
        try {
            Files.delete(empty);
        } catch (IOException e) {
            // Somebody else has put a file there, or it never came to be.
        }
    }

    /**
     * Writes all figures.
     *
     * <ul>
     *   <li>{@code units}, {@code periods}, {@code event-times} and {@code propensities} for each treatment, with the number of
     *       the arm appended if there are several
     *   <li>{@code treatment}
     *   <li>{@code spectrum-0}, {@code spectrum-1} and so on, one per arm, if the spectral method was computed
     * </ul>
     *
     * @param option the option that names the folder, for messages
     * @param folder the folder
     * @param effects the result
     * @param diagnosis provides the result of the spectral method if the result is that of the factor model
     * @param input the panel and how it was read
     * @return the number of figures, each of which is two files
     */
    public static int write(String option, Path folder, UnitEffects effects, Diagnosis diagnosis, PanelInput input) {
        Map<String, Figure> figures = figures(effects, diagnosis, input);
        List<Path> missing = missing(folder);
        create(option, folder);
        try {
            figures.forEach((name, figure) -> {
                file(option, folder, name, "svg").write(figure::writeSvg);
                file(option, folder, name, "png").write(figure::writePng);
            });
        } catch (UserInputException e) {
            missing.forEach(FigureFiles::deleteIfEmpty);
            throw e;
        }
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
            String treatmentSuffix = several ? " of " + EffectFigures.shortened(PanelSummary.armName(panel, arm)) : "";
            String number = several ? "-" + arm : "";
            EffectFigures effectFigures = new EffectFigures(effects, arm, treatmentSuffix, outcome);
            figures.put("units" + number, effectFigures.units());
            figures.put("periods" + number, effectFigures.periods());
            figures.put("event-times" + number, effectFigures.eventTimes());
            figures.put(
                    "propensities" + number,
                    PanelFigures.propensities(effects.diagnostics(), panel.units(), arm, treatmentSuffix));
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
