package io.github.rowwise.spark.submit;

import io.github.rowwise.tables.ConditionRefusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.Parameter;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.ExpressionUtils;
import scala.jdk.javaapi.CollectionConverters;

/** The condition by which the user selects rows: one on the columns of a row, in Spark SQL. The program refuses the same. */
final class WhereCondition {

    private final Dataset<Row> table;
    private final String condition;

    private WhereCondition(Dataset<Row> table, String condition) {
        this.table = table;
        this.condition = condition;
    }

    /**
     * Returns the rows that meet a condition.
     *
     * @throws UserInputException if the text is anything but one condition on the columns
     */
    static Dataset<Row> rows(Dataset<Row> table, String condition) {
        return new WhereCondition(table, condition).rows();
    }

    private Dataset<Row> rows() {
        try {
            // Not the session's parser, which first puts settings and variables of the environment in place of ${...}.
            Expression parsed = new CatalystSqlParser().parseExpression(condition);
            if (parsed instanceof Alias) {
                throw refused(ConditionRefusal.SEVERAL.reason());
            }
            requireAllowed(parsed);
            Dataset<Row> rows = table.where(ExpressionUtils.column(parsed));
            unsteady(analyzed(rows)).ifPresent(function -> {
                throw refused(ConditionRefusal.function(function.prettyName().toLowerCase(Locale.ROOT)));
            });
            return rows;
        } catch (Exception e) {
            // Scala does not declare it.
            if (e instanceof AnalysisException) {
                throw refused(UserInputException.firstLine(e).replaceFirst("[.;]+$", ""));
            }
            throw e;
        }
    }

    private void requireAllowed(Expression expression) {
        ConditionRefusal refusal = expression instanceof SubqueryExpression
                ? ConditionRefusal.QUERY
                : expression instanceof Star
                        ? ConditionRefusal.STAR
                        : expression instanceof WindowExpression || expression instanceof UnresolvedWindowExpression
                                ? ConditionRefusal.WINDOW
                                : expression instanceof Parameter ? ConditionRefusal.PARAMETER : null;
        if (refusal != null) {
            throw refused(refusal.reason());
        }
        children(expression).forEach(this::requireAllowed);
    }

    private static LogicalPlan analyzed(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .analyzed();
    }

    /** Returns the innermost expression of the topmost filter whose value changes from call to call. */
    private static Optional<Expression> unsteady(LogicalPlan filter) {
        return CollectionConverters.asJava(filter.expressions()).stream()
                .flatMap(WhereCondition::unsteady)
                .findFirst();
    }

    private static Stream<Expression> unsteady(Expression expression) {
        if (expression.deterministic()) {
            return Stream.empty();
        }
        List<Expression> inner =
                children(expression).flatMap(WhereCondition::unsteady).toList();
        return inner.isEmpty() ? Stream.of(expression) : inner.stream();
    }

    private static Stream<Expression> children(Expression expression) {
        return CollectionConverters.asJava(expression.children()).stream();
    }

    private UserInputException refused(String reason) {
        return new UserInputException(
                ConditionRefusal.message("--where", condition, reason, Arrays.asList(table.columns())));
    }
}
