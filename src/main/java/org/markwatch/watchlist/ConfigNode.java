package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;

/** A node of a YAML or CSV file with its location. */
sealed interface ConfigNode {

    SourceLocation location();

    /**
     * A single value.
     *
     * @param value text without its quotes and escapes
     */
    record ScalarNode(SourceLocation location, ScalarType type, String value) implements ConfigNode {}

    /** A list. */
    record ListNode(SourceLocation location, List<ConfigNode> items) implements ConfigNode {
        public ListNode {
            items = List.copyOf(items);
        }
    }

    /**
     * Keys with values; also a row of a CSV file.
     *
     * @param entries in file order
     */
    record MappingNode(SourceLocation location, Map<String, ConfigNode> entries) implements ConfigNode {}

    /** The type of a scalar by the core schema of YAML 1.2 (chapter 10.3). */
    enum ScalarType {
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a decimal number"),
        BOOLEAN("true or false"),
        NULL("nothing"),
        /** A cell of a CSV file, which can be of any type. In a list, {@code |} separates the items. */
        CELL("a cell");

        final String label;

        ScalarType(String label) {
            this.label = label;
        }
    }

    /** Returns whether the node has no value. {@code key:} without a value is the same as no key. */
    default boolean isEmpty() {
        return this instanceof ScalarNode scalar
                && (scalar.type == ScalarType.NULL || scalar.type == ScalarType.CELL && scalar.value.isEmpty());
    }
}
