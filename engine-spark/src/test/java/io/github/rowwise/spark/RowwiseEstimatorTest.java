package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.CheckpointException;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.effects.EffectsTableTest;
import io.github.rowwise.tables.EffectColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@ExtendWith(LocalSession.class)
class RowwiseEstimatorTest {

    private static final double NEAR = 1e-8;

    @TempDir
    Path folder;

    @Test
    void unitsThatLackAnArmAndGapsAreAsInMemory() {
        Panel panel = EffectsTableTest.panel(70, 14, 3);
        List<Object[]> rows = new ArrayList<>();
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                rows.add(new Object[] {
                    panel.unitNames().get(unit),
                    period,
                    panel.outcome(unit, period),
                    Math.max(0, panel.arm(unit, period))
                });
            }
        }
        Dataset<Row> table = LocalSession.numbers(rows.toArray(Object[][]::new));
        assertSame(
                new RowwiseEstimator().setControl("0").setNumPartitions(3).fit(table),
                FactorModelEstimator.withDefaults().fit(panel));
        assertSame(
                new RowwiseEstimator()
                        .setControl("0")
                        .setMethod("spectral")
                        .setRank("1,1,2")
                        .fit(table),
                SpectralEstimator.withDefaults()
                        .withRank(RankRule.fixed(1, 1, 2))
                        .fit(panel));
    }

    @Test
    void aCheckpointFolderChangesNothingAndIsGoneOnFrom() throws IOException {
        Panel panel = panel("plain");
        Path kept = folder.resolve("kept");
        UnitEffects expected = FactorModelEstimator.withDefaults()
                .withRankLimit(2)
                .withEffects(EffectsForm.CONSTANT)
                .fit(panel);
        RowwiseEstimator estimator =
                estimator(panel).setRank("2").setEffectsForm("constant").setCheckpointDir(kept.toString());

        assertSame(estimator.fit(table("plain")), expected);
        assertThat(kept).isDirectoryContaining("glob:**/iteration-*");
        assertSame(estimator.fit(table("plain")), expected);

        assertThatThrownBy(() -> estimator.setSeed(8).fit(table("plain")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("of another fit: seed 1 there, 8 here");
        assertThatThrownBy(() -> estimator.setNumPartitions(7).fit(table("plain")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("but there are 7 now");
    }

    @Test
    void optionsAreThoseOfTheEstimators() throws IOException {
        Panel panel = panel("gaps");
        RowwiseModel model = new RowwiseEstimator()
                .setNoise("block-jackknife")
                .setEffectsForm("auto")
                .setRank("2")
                .setConfidenceLevel(0.8)
                .setSeed(7)
                .setBackend("ejml")
                .setNumPartitions(3)
                .fit(table("gaps"));
        assertSame(
                model,
                FactorModelEstimator.withDefaults()
                        .withNoise(Noise.BLOCK_JACKKNIFE)
                        .withEffects(EffectsForm.AUTO)
                        .withRankLimit(2)
                        .withConfidenceLevel(0.8)
                        .withSeed(7)
                        .fit(panel));
        RowwiseModel spectral = new RowwiseEstimator()
                .setMethod("spectral")
                .setRank("held-out")
                .setCentring("unit")
                .setStorage("float")
                .fit(table("gaps"));
        assertSame(
                spectral,
                SpectralEstimator.withDefaults()
                        .withRank(RankRule.heldOut())
                        .withCentring(io.github.rowwise.Centring.UNIT)
                        .fit(floats(panel)));
    }

    @Test
    void theSamePartitionsGiveTheSameBits() throws IOException {
        RowwiseEstimator estimator =
                new RowwiseEstimator().setRank("2").setEffectsForm("onset").setNumPartitions(3);
        List<Row> first = estimator.fit(table("gaps")).effects().collectAsList();
        // The name of the factor model before 0.1.0.
        List<Row> again = estimator
                .setMethod("refined")
                .fit(table("gaps").orderBy(functions.col("outcome")).repartition(5))
                .effects()
                .collectAsList();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aModelIsWrittenAndRead() throws IOException {
        RowwiseEstimator estimator = estimator(panel("three_arms")).setMethod("spectral");
        RowwiseModel model = estimator.fit(table("three_arms"));
        String path = folder.resolve("model").toString();
        model.write().save(path);
        RowwiseModel read = RowwiseModel.load(path);

        assertThat(read.summary()).isEqualTo(model.summary());
        assertThat(read.uid()).isEqualTo(model.uid());
        assertThat(read.extractParamMap().toSeq().size())
                .isEqualTo(model.extractParamMap().toSeq().size());
        assertThat(read.getOrDefault(read.control())).isEqualTo("0");
        assertThat(read.getOrDefault(read.method())).isEqualTo("spectral");
        assertThat(read.effects().schema().fieldNames())
                .isEqualTo(model.effects().schema().fieldNames());
        assertThat(read.effects().orderBy("unit", "arm").collectAsList())
                .isEqualTo(model.effects().orderBy("unit", "arm").collectAsList());
        assertThat(read.averages().collectAsList()).isEqualTo(model.averages().collectAsList());

        estimator.save(folder.resolve("estimator").toString());
        RowwiseEstimator other =
                RowwiseEstimator.load(folder.resolve("estimator").toString());
        assertThat(other.extractParamMap().toString())
                .isEqualTo(estimator.extractParamMap().toString());
        assertThat(other.copy(org.apache.spark.ml.param.ParamMap.empty()).explainParams())
                .isEqualTo(estimator.explainParams());
    }

    @Test
    void aPipelineHoldsIt() throws IOException {
        PipelineModel fitted = new Pipeline()
                .setStages(new PipelineStage[] {new RowwiseEstimator().setMethod("spectral")})
                .fit(table("plain"));
        String path = folder.resolve("pipeline").toString();
        fitted.write().save(path);
        Dataset<Row> rows = PipelineModel.load(path).transform(table("plain"));
        assertThat(rows.count()).isEqualTo(table("plain").count());
        RowwiseModel model = (RowwiseModel) fitted.stages()[0];
        assertThat(rows.where("time = 1")
                        .select("unit", "ate", "grade")
                        .orderBy("unit")
                        .collectAsList())
                .isEqualTo(model.effects()
                        .select("unit", "ate", "grade")
                        .orderBy("unit")
                        .collectAsList());
    }

    @Test
    void rowsGetTheEffectsOfTheirUnitAndArm() throws IOException {
        RowwiseModel model =
                estimator(panel("three_arms")).setMethod("spectral").fit(table("three_arms"));
        Dataset<Row> rows = model.transform(table("three_arms"));
        assertThat(rows.schema())
                .isEqualTo(model.transformSchema(table("three_arms").schema()));
        assertThat(rows.where("treatment = 0 and grade is not null").count()).isZero();
        assertThat(rows.where("treatment <> 0 and grade is null").count()).isZero();
        assertThatThrownBy(() -> model.transform(table("three_arms").withColumn("ate", functions.lit(1))))
                .hasMessage("the column \"ate\" is there already, and would come from the effects, too; rename it");
        assertThatThrownBy(() -> model.transform(table("three_arms").drop("treatment")))
                .hasMessageStartingWith("no column \"treatment\" to join effects by");
    }

    @Test
    void optionsThatCannotBeAreRejectedBeforeAnyJob() {
        assertRejected(
                new RowwiseEstimator().setMethod("factor-modle"),
                "method: \"factor-modle\" is not one of factor-model, spectral; did you mean \"factor-model\"?");
        assertRejected(
                new RowwiseEstimator().setRank("sign"),
                "rank: \"sign\" is not one of auto, sign-flip, eigenvalue-ratio, spectral-gap, held-out, nor a whole number"
                        + " of 0 or more, or such numbers by arm (3,4)");
        assertRejected(
                new RowwiseEstimator().setRank("0"),
                "rank 0: the factor model starts from a number of factors and drops those without support; give auto or"
                        + " a whole number of 1 or more, or use method spectral");
        assertRejected(
                new RowwiseEstimator().setMethod("spectral").setNoise("iid"),
                "noise iid: an option of method factor-model; the spectral method has no such option");
        assertRejected(
                new RowwiseEstimator().setCentring("unit"),
                "centring unit: an option of method spectral; the factor model has no such option");
        assertRejected(
                new RowwiseEstimator().setRank("held-out"),
                "rank held-out: a rule of method spectral; the factor model drops factors without support; give auto or a"
                        + " whole number of 1 or more to start from");
        assertRejected(
                new RowwiseEstimator().setConfidenceLevel(95),
                "confidenceLevel 95.0 is not between 0 and 1; write such as 0.95");
        assertRejected(new RowwiseEstimator().setStorage("half"), "storage: \"half\" is not one of double, float");
        assertRejected(
                new RowwiseEstimator().setBackend("ejm"),
                "backend ejm: no such backend here; there are ejml; did you mean \"ejml\"?");
        assertRejected(
                new RowwiseEstimator().setUnitCol("store"),
                "no column \"store\"; name it with unitCol. Columns: time, outcome, unit, treatment");
        assertRejected(
                new RowwiseEstimator().setMethod("spectral").setRank("9"),
                "rank 9: with 2 units and 2 periods the rank can be 0 to 2");
    }

    private static void assertRejected(RowwiseEstimator estimator, String message) {
        Dataset<Row> table = LocalSession.numbers(
                new Object[] {"a", 1, 1.0, 0}, new Object[] {"a", 2, 2.0, 1}, new Object[] {"b", 1, 1.0, 0});
        assertThatThrownBy(() -> estimator.fit(table))
                .isInstanceOfAny(IllegalArgumentException.class, InvalidPanelException.class)
                .hasMessage(message);
    }

    @Test
    void whatIdentifiesNothingIsRejectedInTheWordsOfTheLibrary() {
        Object[][] rows = {
            {"a", 1, 1.0, 0}, {"a", 2, 2.0, 1}, {"b", 1, 1.0, 0}, {"b", 2, 3.0, 1}, {"c", 1, 1.5, 0}, {"c", 2, 2.5, 1}
        };
        double[][] outcomes = {{1, 2}, {1, 3}, {1.5, 2.5}};
        int[][] arms = {{0, 1}, {0, 1}, {0, 1}};
        Panel panel = Panel.of(outcomes, arms, List.of("a", "b", "c"), List.of("1", "2"));
        String words = "";
        try {
            FactorModelEstimator.withDefaults().fit(panel);
        } catch (NotIdentifiedException e) {
            words = String.valueOf(e.getMessage());
        }
        assertThat(words).isNotEmpty();
        assertThatThrownBy(() -> new RowwiseEstimator().fit(LocalSession.numbers(rows)))
                .isInstanceOf(NotIdentifiedException.class)
                .hasMessage(words);
    }

    static RowwiseEstimator estimator(Panel panel) {
        RowwiseEstimator estimator = new RowwiseEstimator();
        return panel.arms() > 2 ? estimator.setControl("0") : estimator;
    }

    private static Dataset<Row> table(String name) {
        return table(LocalSession.session(), name);
    }

    static Dataset<Row> table(SparkSession session, String name) {
        return session.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file(name).toString());
    }

    private static Path file(String name) {
        return Path.of("..", "estimator-api", "src", "test", "resources", "algorithm1", name + ".csv");
    }

    static Panel panel(String name) throws IOException {
        PanelBuilder builder = Panel.builder();
        for (String line : Files.readString(file(name), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList()) {
            String[] fields = line.split(",", -1);
            double outcome = fields[2].isEmpty() ? Double.NaN : Double.parseDouble(fields[2]);
            builder.add(fields[0], fields[1], Integer.parseInt(fields[3]), outcome);
        }
        return builder.build();
    }

    private static Panel floats(Panel panel) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames(), OutcomeStorage.FLOAT);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                cells.set(unit, period, Math.max(0, panel.arm(unit, period)), panel.outcome(unit, period));
            }
        }
        return cells.build();
    }

    static void assertSame(RowwiseModel model, UnitEffects effects) {
        List<EffectColumn> columns = EffectColumn.of(effects, false);
        assertThat(model.effects().columns())
                .containsExactly(columns.stream().map(EffectColumn::name).toArray(String[]::new));
        boolean hasArm = effects.panel().arms() > 2;
        Map<List<String>, Row> found = new HashMap<>();
        for (Row row : model.effects().collectAsList()) {
            found.put(List.of(row.getString(0), hasArm ? row.getString(1) : ""), row);
        }
        assertThat(found).hasSize(effects.effects().size());
        double[] scale = new double[columns.size()];
        List<EffectColumn.Row> rows = EffectColumn.rows(effects);
        for (EffectColumn.Row row : rows) {
            for (int k = 0; k < scale.length; k++) {
                if (columns.get(k).value().apply(row) instanceof Double number) {
                    scale[k] = Math.max(scale[k], Math.abs(number));
                }
            }
        }
        for (EffectColumn.Row row : rows) {
            Row other = Objects.requireNonNull(found.get(List.of(row.effect().unit(), hasArm ? row.armName() : "")));
            for (int k = 0; k < scale.length; k++) {
                Object value = columns.get(k).value().apply(row);
                if (value instanceof Double number) {
                    assertThat(other.getDouble(k)).as(columns.get(k).name()).isCloseTo(number, within(NEAR * scale[k]));
                } else {
                    assertThat(other.get(k)).as(columns.get(k).name()).isEqualTo(value);
                }
            }
        }
        assertThat(model.warnings())
                .isEqualTo(FitDiagnostics.of(effects).warnings().stream()
                        .map(Warning::message)
                        .toList());
        List<Integer> ranks = new ArrayList<>();
        if (effects.factorModel().isPresent()) {
            ranks.add(effects.factorModel().get().rank());
            assertThat(model.summary())
                    .contains("\"passes\":" + effects.factorModel().get().passes());
        } else {
            for (int arm = 0; arm < effects.panel().arms(); arm++) {
                Spectrum spectrum = effects.spectrum(arm);
                ranks.add(spectrum.rank());
            }
        }
        assertThat(model.ranks()).isEqualTo(ranks);
        assertThat(model.arms()).isEqualTo(effects.panel().armNames());
        assertThat(model.passes()).isPositive();
        assertThat(model.provenance().get("method"))
                .isEqualTo(effects.provenance().method());
        assertThat(model.summary())
                .contains("\"pattern\":\"" + effects.diagnostics().pattern().label() + "\"");
        for (Row row : model.averages().collectAsList()) {
            AverageEffects averages =
                    effects.averages(effects.panel().armNames().indexOf(row.getString(0)));
            assertThat(row.getLong(1)).isEqualTo(averages.units());
            assertThat(row.<Double>getAs("ate"))
                    .isCloseTo(averages.ate().value(), within(NEAR * scale[columns.size() - 18]));
            assertThat(row.<Double>getAs("att_over_cells_se"))
                    .isCloseTo(
                            averages.attOverCells().standardError(),
                            within(NEAR * averages.attOverCells().standardError()));
        }
    }
}
