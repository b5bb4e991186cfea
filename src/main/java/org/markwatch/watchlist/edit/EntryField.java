package org.markwatch.watchlist.edit;

/**
 * A field of an entry.
 *
 * @param name key in YAML and column in CSV
 * @param type what the value is
 * @param none word by which people write an empty value; empty if the field has none
 * @param rare whether few entries have it; forms fold such fields
 */
public record EntryField(String name, FieldType type, String none, boolean rare) {
    /** What a field holds. */
    public enum FieldType {
        TEXT,
        /** A whole number, written without quotes in YAML. */
        NUMBER,
        /** {@code true} or {@code false}, written without quotes in YAML. */
        FLAG,
        /** Any number of texts, separated by {@code |} in CSV. Their order has no meaning. */
        LIST
    }

    static EntryField text(String name) {
        return new EntryField(name, FieldType.TEXT, "", false);
    }

    static EntryField textOr(String none, String name) {
        return new EntryField(name, FieldType.TEXT, none, false);
    }

    static EntryField number(String name) {
        return new EntryField(name, FieldType.NUMBER, "", false);
    }

    static EntryField list(String name) {
        return new EntryField(name, FieldType.LIST, "", false);
    }

    static EntryField flag(String name) {
        return new EntryField(name, FieldType.FLAG, "", false);
    }

    EntryField asRare() {
        return new EntryField(name, type, none, true);
    }

    /** Returns whether the field holds any number of texts. */
    public boolean isList() {
        return type == FieldType.LIST;
    }
}
