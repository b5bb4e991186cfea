package org.markwatch.watchlist.edit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A change of one entry.
 *
 * @param action what to do
 * @param kind   kind of the entry
 * @param file   file of the entry, relative to the job-config folder, with {@code /}
 * @param key    key of the entry before the change; empty if it is added
 * @param values values after the change, as in {@link ConfigEntry}; empty if the entry is removed
 */
public record EntryChange(
        EntryAction action, EntryKind kind, String file, String key, Map<String, List<String>> values) {
    public EntryChange {
        values = Map.copyOf(values);
    }

    /** What a change does with an entry. */
    public enum EntryAction {
        ADD,
        EDIT,
        /** Removes a seed, a merchant or the pack of a brand, and sets the state of an indicator to {@code retired}. */
        RETIRE;

        /** Returns the name in tables and addresses, for example {@code add}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
