package org.markwatch.watchlist;

import java.util.List;
import java.util.Map;

/** A value as it stands in a file, YAML and CSV alike, with its place. */
sealed interface Node {

    Place place();

    /** @param value text after quotes and escapes were undone */
    record Scalar(Place place, Kind kind, String value) implements Node {}

    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** @param entries in file order */
    record Mapping(Place place, Map<String, Node> entries) implements Node {}

    /** What a scalar is by the core schema of YAML 1.2 (chapter 10.3). */
    enum Kind {
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a decimal number"),
        BOOLEAN("true or false"),
        NULL("nothing"),
        /** A cell of a table: whatever its column wants it to be; a list is written with {@code |} between its items. */
        CELL("a cell");

        final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** Whether nothing was written; {@code key:} alone is the same as no key. */
    default boolean isEmpty() {
        return this instanceof Scalar scalar
                && (scalar.kind == Kind.NULL || scalar.kind == Kind.CELL && scalar.value.isEmpty());
    }
}
