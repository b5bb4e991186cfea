package org.markwatch.crawl.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Builds the arrays for {@code unnest} of a statement that writes many rows, one array for each column. */
record ColumnArrays(Connection connection, int rows) {
    interface Cell {
        @Nullable
        Object at(int row);
    }

    java.sql.Array of(String type, Cell cell) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows];
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
