package org.markwatch.watchlist;

/**
 * A location in a configuration file.
 *
 * @param file  path as the user would type it
 * @param line  line number from 1, or 0 for the whole file
 * @param key   key path in YAML ({@code seeds[3].delay}), column name in CSV; empty for the whole file or line
 * @param table whether the file is CSV, so that {@code key} is a column name
 */
record SourceLocation(String file, int line, String key, boolean table) {

    static SourceLocation of(String file) {
        return new SourceLocation(file, 0, "", false);
    }

    static SourceLocation of(String file, int line) {
        return new SourceLocation(file, line, "", false);
    }

    /** Returns the location of a key of this mapping, or of a column of this row. */
    SourceLocation key(String name) {
        return new SourceLocation(file, line, key.isEmpty() || table ? name : key + "." + name, table);
    }

    /** Returns the location of an item of this list, from 0. */
    SourceLocation listItem(int index) {
        return new SourceLocation(file, line, key + "[" + index + "]", table);
    }

    SourceLocation atLine(int otherLine) {
        return new SourceLocation(file, otherLine, key, table);
    }

    /** Returns {@code line 12, crawl.delay} or {@code line 3, column delay}; empty for the whole file. */
    String lineAndKey() {
        String name = key.isEmpty() ? "" : table ? "column " + key : key;
        if (line == 0) {
            return name;
        }
        return "line " + line + (name.isEmpty() ? "" : ", " + name);
    }
}
