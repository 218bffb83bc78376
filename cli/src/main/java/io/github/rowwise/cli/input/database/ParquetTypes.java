package io.github.rowwise.cli.input.database;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** Types of Parquet columns. Most files say a type twice, in the old way and in the new one. */
final class ParquetTypes {

    private ParquetTypes() {}

    /** Returns the bytes of a value, or 0 if values differ in length. */
    static int width(SchemaElement column) {
        return switch (column.type) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> column.type_length;
            default -> 0;
        };
    }

    /** Returns whether what a column says of its type fits together. */
    static boolean isConsistent(SchemaElement column) {
        LogicalType logical = column.logicalType;
        if (column.type == Type.FIXED_LEN_BYTE_ARRAY && column.type_length <= 0) {
            return false;
        }
        if (logical == null) {
            return true;
        }
        if (logical.isSetDECIMAL()
                && column.isSetScale()
                && (column.scale != logical.getDECIMAL().scale || column.precision != logical.getDECIMAL().precision)) {
            return false;
        }
        ConvertedType expected = converted(logical);
        return !column.isSetConverted_type() || expected == null || column.converted_type == expected;
    }

    /** Returns the old name of a type, or {@code null} if there is none. */
    private static @Nullable ConvertedType converted(LogicalType logical) {
        if (logical.isSetSTRING()) {
            return ConvertedType.UTF8;
        } else if (logical.isSetENUM()) {
            return ConvertedType.ENUM;
        } else if (logical.isSetDATE()) {
            return ConvertedType.DATE;
        } else if (logical.isSetDECIMAL()) {
            return ConvertedType.DECIMAL;
        } else if (logical.isSetTIMESTAMP()) {
            TimeUnit unit = logical.getTIMESTAMP().unit;
            return unit.isSetMILLIS()
                    ? ConvertedType.TIMESTAMP_MILLIS
                    : unit.isSetMICROS() ? ConvertedType.TIMESTAMP_MICROS : null;
        } else if (logical.isSetINTEGER()) {
            return ConvertedType.valueOf(
                    (logical.getINTEGER().isSigned ? "INT_" : "UINT_") + logical.getINTEGER().bitWidth);
        }
        return null;
    }
}
