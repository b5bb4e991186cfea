package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;

/** A value as it stands in a file, YAML and CSV alike, with its place. */
sealed interface ConfigNode {

    SourceLocation location();

    /** @param value text after quotes and escapes were undone */
    record ScalarNode(SourceLocation location, ScalarType type, String value) implements ConfigNode {}

    record ListNode(SourceLocation location, List<ConfigNode> items) implements ConfigNode {
        public ListNode {
            items = List.copyOf(items);
        }
    }

    /** @param entries in file order */
    record MappingNode(SourceLocation location, Map<String, ConfigNode> entries) implements ConfigNode {}

    /** What a scalar is by the core schema of YAML 1.2 (chapter 10.3). */
    enum ScalarType {
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a decimal number"),
        BOOLEAN("true or false"),
        NULL("nothing"),
        /** A cell of a table: whatever its column wants it to be; a list is written with {@code |} between its items. */
        CELL("a cell");

        final String label;

        ScalarType(String label) {
            this.label = label;
        }
    }

    /** Whether nothing was written; {@code key:} alone is the same as no key. */
    default boolean isEmpty() {
        return this instanceof ScalarNode scalar
                && (scalar.type == ScalarType.NULL || scalar.type == ScalarType.CELL && scalar.value.isEmpty());
    }
}
