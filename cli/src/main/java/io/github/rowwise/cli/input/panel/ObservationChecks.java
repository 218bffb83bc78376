package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.MissingCodes;
import java.util.List;
import java.util.regex.Pattern;

/** Rejects rows that cannot be cells of a panel. The messages name the lines. */
final class ObservationChecks {

    private static final int MAX_PLACES = 3;
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[\\d.]*,\\d+");

    private final PanelSource source;
    private final ObservationView observations;

    ObservationChecks(PanelSource source, ObservationView observations) {
        this.source = source;
        this.observations = observations;
    }

    /** Runs all checks that do not need the panel. */
    void run() {
        if (observations.count() == 0) {
            throw new UserInputException(
                    source.where() == null
                            ? source.name() + ": no rows were read; check that the"
                                    + " file has one row for each unit and period"
                            : source.name() + ": no row meets the condition --where "
                                    + Quoted.value(String.valueOf(source.where())) + "; relax the condition");
        }
        reject(
                "unit",
                "unit IS NULL OR CAST(unit AS VARCHAR) = ''",
                source.columns().unit(),
                "no unit; every row needs the name of its unit");
        reject(
                "time",
                "time IS NULL OR lower(trim(CAST(time AS VARCHAR))) IN " + OutcomeStatus.MISSING_TEXTS,
                source.columns().time(),
                "no time; every row needs its period");
        for (String column : List.of("unit", "time")) {
            reject(
                    column,
                    "contains(CAST(" + column + " AS VARCHAR), chr(0))",
                    column.equals("unit")
                            ? source.columns().unit()
                            : source.columns().time(),
                    "a NUL byte; the file is damaged or not text: write it again as UTF-8");
        }
        rejectOutcomes(OutcomeStatus.TEXT, "is not a number; write a number with a decimal point, or leave it empty");
        rejectOutcomes(
                OutcomeStatus.INFINITE,
                "is infinite or beyond 1e290 in size; write a number in another unit, or leave it empty if it is missing");
        rejectCovariates();
        reject(
                "treatment",
                "status = " + OutcomeStatus.NUMBER
                        + " AND (treatment IS NULL OR lower(trim(CAST(treatment AS VARCHAR))) IN "
                        + OutcomeStatus.MISSING_TEXTS + ")",
                source.columns().treatment(),
                "no treatment although there is an outcome; fill it in, clear the outcome too, or exclude such rows"
                        + " with --where '"
                        + Quoted.line(Sql.name(source.columns().treatment())) + " IS NOT NULL'");
    }

    private void reject(String what, String condition, String column, String reason) {
        long count = observations.count(what, condition);
        if (count > 0) {
            List<Long> rows = observations.find(condition, MAX_PLACES);
            throw new UserInputException(
                    observations.place(rows) + ", column " + Quoted.value(column) + ": " + reason + more(count, rows));
        }
    }

    private void rejectCovariates() {
        long count = observations.count(OutcomeStatus.COVARIATE_TEXT);
        if (count > 0) {
            List<Long> rows = observations.find("status = " + OutcomeStatus.COVARIATE_TEXT, 1);
            List<String> found = observations.covariateText(rows.get(0));
            throw new UserInputException(observations.place(rows) + ", column " + Quoted.value(found.get(0)) + ": "
                    + Quoted.value(found.get(1))
                    + " is not a number, infinite or beyond 1e290 in size; a covariate is a number: write a text as"
                    + " columns of 0 and 1, or leave it empty if it is missing"
                    + more(count, rows));
        }
    }

    private void rejectOutcomes(int status, String reason) {
        long count = observations.count(status);
        if (count > 0) {
            List<Long> rows = observations.find("status = " + status, MAX_PLACES);
            List<String> texts = observations.outcomeTexts(rows);
            String values = Quoted.list(texts.stream().map(Quoted::value).toList());
            throw new UserInputException(observations.place(rows) + ", column "
                    + Quoted.value(source.columns().outcome()) + ": " + values + " "
                    + (rows.size() == 1
                            ? reason
                            : reason.replaceFirst("^is ", "are ").replace("are not a number", "are not numbers"))
                    + (status == OutcomeStatus.TEXT ? remedy(texts) : "")
                    + more(count, rows));
        }
    }

    private String remedy(List<String> texts) {
        if (source.rules().decimalComma()) {
            return texts.stream().anyMatch(text -> text.contains("."))
                    ? "; with --decimal ',' a number has no points: remove those between thousands"
                    : MissingCodes.proposal("--missing ", texts);
        }
        return texts.stream()
                        .allMatch(text -> DECIMAL_COMMA.matcher(text.strip()).matches())
                ? "; if its comma is the decimal mark, add --decimal ','"
                : MissingCodes.proposal("--missing ", texts);
    }

    private static String more(long count, List<Long> shown) {
        return count > shown.size() ? " (and " + (count - shown.size()) + " more)" : "";
    }
}
