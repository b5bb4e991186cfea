package org.markwatch.match;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;

/** The types that a page's JSON-LD gives its objects. Read when it is first asked for; for one thread. */
final class JsonLdTypes {
    private static final String TYPE = "@type";

    private final PageText page;
    private @Nullable Map<String, Set<String>> byPath;

    JsonLdTypes(PageText page) {
        this.page = page;
    }

    /**
     * Whether an object at a path is of a type. Objects of one list share their path, and so their types.
     *
     * @param path names of keys with dots between, empty for the outermost object
     * @param type lower case, without a vocabulary's address
     */
    boolean has(String path, String type) {
        if (byPath == null) {
            byPath = read();
        }
        return byPath.getOrDefault(path, Set.of()).contains(type);
    }

    private Map<String, Set<String>> read() {
        Map<String, Set<String>> types = new HashMap<>();
        for (Passage passage : page.passages()) {
            String detail = passage.detail();
            if (passage.field() == Field.JSON_LD && detail.endsWith(TYPE)) {
                String path = detail.substring(0, Math.max(0, detail.length() - TYPE.length() - 1));
                String name = passage.text().toLowerCase(Locale.ROOT);
                int prefix = Math.max(name.lastIndexOf('/'), Math.max(name.lastIndexOf('#'), name.lastIndexOf(':')));
                types.computeIfAbsent(path, p -> new HashSet<>()).add(name.substring(prefix + 1));
            }
        }
        return types;
    }
}
