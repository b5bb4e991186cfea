package org.markwatch.watchlist;

/**
 * Where something stands in a file.
 *
 * @param file path as the user would type it
 * @param line 1 or more, 0 for the whole file
 * @param key  key path in YAML ({@code seeds[3].delay}), column in CSV; empty for the whole file or line
 * @param table whether the file is a table, whose keys are columns
 */
record SourceLocation(String file, int line, String key, boolean table) {

    static SourceLocation of(String file) {
        return new SourceLocation(file, 0, "", false);
    }

    static SourceLocation of(String file, int line) {
        return new SourceLocation(file, line, "", false);
    }

    SourceLocation key(String name) {
        return new SourceLocation(file, line, key.isEmpty() || table ? name : key + "." + name, table);
    }

    SourceLocation listItem(int index) {
        return new SourceLocation(file, line, key + "[" + index + "]", table);
    }

    SourceLocation atLine(int otherLine) {
        return new SourceLocation(file, otherLine, key, table);
    }

    /** {@code line 12, crawl.delay} or {@code line 3, column delay}. */
    String lineAndKey() {
        String name = key.isEmpty() ? "" : table ? "column " + key : key;
        if (line == 0) {
            return name;
        }
        return "line " + line + (name.isEmpty() ? "" : ", " + name);
    }
}
