package io.github.rowwise.spark.effects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.panel.PanelTable;
import io.github.rowwise.tables.json.ResultDocument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** All of a fit except its units, as a JSON document with the members of the program's. */
public final class ModelSummary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private ModelSummary(JsonNode root) {
        this.root = root;
    }

    /**
     * Creates the summary of a fit.
     *
     * @param effects the driver's result, which has no units
     * @param found the warnings of the assignment, the fit and its diagnostics
     * @param panel the panel
     * @param units the effects table
     * @param passes number of passes over the panel
     * @return the summary
     */
    public static ModelSummary of(
            UnitEffects effects, List<Warning> found, PanelTable panel, Dataset<Row> units, int passes) {
        List<String> warnings = new ArrayList<>(panel.warnings());
        found.forEach(warning -> warnings.add(warning.message()));
        Map<String, @Nullable Object> document = ResultDocument.of(
                effects,
                ResultDocument.panel(effects, panel.reading(), panel.units(), panel.cellsPerArm()),
                grades(panel.armNames(), units),
                warnings);
        document.put("passes", passes);
        return new ModelSummary(JSON.valueToTree(document));
    }

    /**
     * Reads a summary.
     *
     * @param json the text that {@link #json()} returned
     * @return the summary
     */
    public static ModelSummary read(String json) {
        try {
            return new ModelSummary(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the summary of a model: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Returns the document as text.
     *
     * @return one line
     */
    public String json() {
        return root.toString();
    }

    /**
     * Returns the document.
     *
     * @return its root
     */
    public JsonNode root() {
        return root;
    }

    /**
     * Returns the texts of an array.
     *
     * @param name the array's name
     * @return its texts in order; empty if there is no such array
     */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        root.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /**
     * Returns the names of the arms.
     *
     * @return the names, control first
     */
    public List<String> arms() {
        List<String> arms = new ArrayList<>();
        root.path("panel").path("arms").forEach(arm -> arms.add(arm.path("name").asText()));
        return arms;
    }

    /** Number of units by grade for each treatment. With one treatment the table has no column of the arm. */
    private static List<Map<Grade, Long>> grades(List<String> arms, Dataset<Row> units) {
        boolean hasArm = arms.size() > 2;
        List<Row> counts = (hasArm ? units.groupBy("arm", "grade") : units.groupBy("grade"))
                .count()
                .collectAsList();
        List<Map<Grade, Long>> grades = new ArrayList<>();
        for (String arm : arms.subList(1, arms.size())) {
            Map<Grade, Long> one = new EnumMap<>(Grade.class);
            for (Row row : counts) {
                if (!hasArm || row.getString(0).equals(arm)) {
                    for (Grade grade : Grade.values()) {
                        if (row.<String>getAs("grade").equals(grade.label())) {
                            one.put(grade, row.getAs("count"));
                        }
                    }
                }
            }
            grades.add(one);
        }
        return grades;
    }
}
