package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.evaluation.Accuracy;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.Locale;

/** Formats an evaluation for the terminal: a table, and its meaning in a sentence or two. */
public final class EvaluationSummary {

    private static final int NAME_WIDTH = 23;

    /** Coverage that is lower than the confidence level by more than this is called too low. */
    private static final double SHORT = 0.04;

    private EvaluationSummary() {}

    /**
     * Returns the summary.
     *
     * @param evaluation the result
     * @param input the panel and how it was read
     * @param seconds duration of drawing and fitting
     * @return lines of at most 80 columns
     */
    public static String of(Evaluation evaluation, PanelInput input, double seconds) {
        Panel panel = input.panel();
        FactorModel model = evaluation.model().factorModel().orElseThrow();
        TerminalLayout lines = new TerminalLayout();
        PanelSummary.addPanel(lines, input);
        PanelSummary.addPattern(lines, evaluation.model().diagnostics());
        lines.gap()
                .part("Draws")
                .add(NumberFormat.count(evaluation.draws(), "panel")
                        + " with this assignment, from a factor model fitted to yours: "
                        + NumberFormat.count(model.rank(), "factor") + ", noise correlation "
                        + NumberFormat.of(model.noiseCorrelation()) + "; seed " + evaluation.seed());
        StringBuilder text = new StringBuilder(lines.toString());
        for (int arm = 1; arm < panel.arms(); arm++) {
            text.append('\n').append(arm(evaluation, panel, arm));
        }
        TerminalLayout end = new TerminalLayout();
        end.gap()
                .part("Note")
                .add("The draws are as good as that factor model; they cannot show what it does not describe.");
        end.part("Time")
                .add(String.format(
                        Locale.ROOT, "reading %.1f s, drawing and fitting %.1f s", input.seconds(), seconds));
        return text.append(end).toString();
    }

    private static String arm(Evaluation evaluation, Panel panel, int arm) {
        List<MethodAccuracy> rows =
                evaluation.methods().stream().filter(row -> row.arm() == arm).toList();
        int judged = evaluation.judged().get(arm - 1);
        int byAtt = evaluation.judgedByAtt().get(arm - 1);
        NumberFormat numbers = NumberFormat.upTo(
                rows.stream().mapToDouble(row -> row.accuracy().rmse()).max().orElse(1));
        StringBuilder text = new StringBuilder();
        text.append(NumberFormat.count(judged, "unit"))
                .append(panel.arms() == 2 ? "" : " of " + PanelSummary.armName(panel, arm))
                .append(byAtt == 0 ? ", ATE" : byAtt == judged ? ", ATT" : ", ATE (ATT of " + byAtt + ")")
                .append(", whose true values have a standard deviation of ")
                .append(numbers.format(evaluation.effectSpread().get(arm - 1)))
                .append("\n\n");
        text.append(String.format(
                "%-" + NAME_WIDTH + "s%9s%9s%11s%9s%10s%9s%n",
                "method",
                "bias",
                "RMSE",
                "worst row",
                "order",
                "coverage",
                "width"));
        for (MethodAccuracy row : rows) {
            Accuracy accuracy = row.accuracy();
            text.append(TextWidth.fit(TextWidth.shorten(row.method(), NAME_WIDTH), NAME_WIDTH))
                    .append(cell(9, accuracy.bias(), numbers))
                    .append(cell(9, accuracy.rmse(), numbers))
                    .append(cell(11, accuracy.worstRow(), numbers))
                    .append(cell(9, accuracy.rankCorrelation(), NumberFormat.upTo(0.1, 2)))
                    .append(String.format("%10s", percent(accuracy.coverage())))
                    .append(cell(9, accuracy.width(), numbers).stripTrailing());
            while (text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
        }
        TerminalLayout judgement = new TerminalLayout();
        judgement.gap().part("Judgement");
        judgement(evaluation, arm).forEach(judgement::add);
        return text.append(judgement).toString();
    }

    /** Judges the first method, which is the chosen one, in sentences. */
    public static List<String> judgement(Evaluation evaluation, int arm) {
        List<MethodAccuracy> rows =
                evaluation.methods().stream().filter(row -> row.arm() == arm).toList();
        MethodAccuracy asked = rows.get(0);
        Accuracy accuracy = asked.accuracy();
        String level = percent(evaluation.confidenceLevel());
        if (accuracy.units() == 0) {
            return List.of("On panels like yours " + asked.method() + " gave no estimate.");
        }
        boolean isShort = accuracy.coverage() < evaluation.confidenceLevel() - SHORT;
        String intervals = Double.isNaN(accuracy.coverage())
                ? "On panels like yours " + asked.method() + " gives no intervals."
                : "On panels like yours the " + level + " intervals of " + asked.method() + " covered "
                        + percent(accuracy.coverage()) + " of the true effects"
                        + (isShort ? ": they are too short, and a clear effect is less clear than it looks." : ".");
        double plain = rows.stream()
                .filter(row -> row.method().equals("difference of means"))
                .mapToDouble(row -> row.accuracy().rmse())
                .findFirst()
                .orElse(Double.NaN);
        double ratio = accuracy.rmse() / plain;
        double share = accuracy.rmse() / evaluation.effectSpread().get(arm - 1);
        String error =
                "Its error is " + NumberFormat.upTo(1).format(ratio) + " times that of a difference of means and "
                        + NumberFormat.upTo(1).format(share) + " times the spread of the effects"
                        + (share > 1 ? ": units cannot be told apart by their estimates." : ".");
        return List.of(intervals, error);
    }

    private static String cell(int width, double value, NumberFormat numbers) {
        return String.format("%" + width + "s", Double.isNaN(value) ? "" : numbers.format(value));
    }

    private static String percent(double share) {
        return Double.isNaN(share)
                ? ""
                : NumberFormat.of(Math.round(1000 * share) / 10.0).replaceFirst("\\.0+$", "") + " %";
    }
}
