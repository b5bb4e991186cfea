package org.markwatch.crawl.store;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the arrays for {@code unnest} of a statement that writes many rows, one array for each column. */
record ColumnArrays(Connection connection, int rows) {
    /** Elements of the types whose arrays the driver sends in binary form, if it knows the class of the elements. */
    private static final Map<String, Class<?>> BINARY = Map.of(
            "bool",
            Boolean.class,
            "int2",
            Short.class,
            "int4",
            Integer.class,
            "int8",
            Long.class,
            "text",
            String.class);

    interface Cell {
        @Nullable
        Object at(int row);
    }

    java.sql.Array of(String type, Cell cell) throws SQLException {
        @Nullable Object[] values = (Object[]) Array.newInstance(BINARY.getOrDefault(type, Object.class), rows);
        for (int i = 0; i < rows; i++) {
            values[i] = cell.at(i);
        }
        return connection.createArrayOf(type, values);
    }

    java.sql.Array ofBytes(BytesCell cell) throws SQLException {
        byte[] @Nullable [] values = new byte[rows] @Nullable [];
        for (int i = 0; i < rows; i++) {
            values[i] = cell.at(i);
        }
        return connection.createArrayOf("bytea", values);
    }

    interface BytesCell {
        byte @Nullable [] at(int row);
    }
}
