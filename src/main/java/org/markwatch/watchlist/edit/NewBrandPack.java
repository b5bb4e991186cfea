package org.markwatch.watchlist.edit;

import java.util.List;
import java.util.Map;

/** The file of a brand pack that does not exist. */
final class NewBrandPack implements EntryFile {
    @Override
    public List<ConfigEntry> entries() {
        return List.of();
    }

    @Override
    public String added(Map<String, List<String>> values) {
        return String.join("\n", YamlText.keys(EntryKind.BRAND, values)) + "\n";
    }

    @Override
    public String edited(int index, Map<String, List<String>> values) {
        throw new IllegalStateException("a file that does not exist has no entry " + index);
    }

    @Override
    public String removed(int index) {
        throw new IllegalStateException("a file that does not exist has no entry " + index);
    }
}
