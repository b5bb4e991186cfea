package org.markwatch.watchlist;

/**
 * Where something stands in a file.
 *
 * @param file path as the user would type it
 * @param line 1 or more, 0 for the whole file
 * @param key  key path in YAML ({@code seeds[3].delay}), column in CSV; empty for the whole file or line
 * @param table whether the file is a table, whose keys are columns
 */
record Place(String file, int line, String key, boolean table) {

    static Place of(String file) {
        return new Place(file, 0, "", false);
    }

    static Place of(String file, int line) {
        return new Place(file, line, "", false);
    }

    Place key(String name) {
        return new Place(file, line, key.isEmpty() || table ? name : key + "." + name, table);
    }

    Place item(int index) {
        return new Place(file, line, key + "[" + index + "]", table);
    }

    Place at(int otherLine) {
        return new Place(file, otherLine, key, table);
    }

    /** {@code line 12, crawl.delay} or {@code line 3, column delay}. */
    String inFile() {
        String name = key.isEmpty() ? "" : table ? "column " + key : key;
        if (line == 0) {
            return name;
        }
        return "line " + line + (name.isEmpty() ? "" : ", " + name);
    }
}
