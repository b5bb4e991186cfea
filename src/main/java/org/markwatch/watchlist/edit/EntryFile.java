package org.markwatch.watchlist.edit;

import java.util.List;
import java.util.Map;

/** The text of a file with entries of one kind. Its methods return the whole text after a change of one entry. */
sealed interface EntryFile permits CsvEntries, NewBrandPack, YamlEntries {
    /** Returns the entries in file order. */
    List<ConfigEntry> entries();

    /**
     * Returns the text with other values of an entry. Values that stay the same are not written anew.
     *
     * @param index  place of the entry in {@link #entries}
     * @param values values of all fields of the kind; a field that is missing is removed
     */
    String edited(int index, Map<String, List<String>> values) throws EditException;

    /** Returns the text with an entry after the last one. */
    String added(Map<String, List<String>> values) throws EditException;

    /** Returns the text without an entry; empty if the file is that entry. */
    String removed(int index) throws EditException;
}
