package org.markwatch.review.runs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * TrendCounts over time: a chart, and the same numbers as a table.
 *
 * @param key     name in the page, and of its title and note
 * @param columns labels of the series
 * @param rows    counts of each day or week, earliest first
 */
record TrendTable(String key, List<String> columns, List<TrendRow> rows) {
    /**
     * @param from   first day, in UTC
     * @param counts a count for each column
     */
    record TrendRow(LocalDate from, List<Long> counts) {}

    /** Returns whether there is anything to show. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Collects counts. Not thread-safe. */
    static final class TrendCounts {
        private final TrendPeriod period;
        private final Map<LocalDate, Map<String, Long>> counts = new HashMap<>();

        TrendCounts(TrendPeriod period) {
            this.period = period;
        }

        /** Adds to the count of a series in the day or week that a day belongs to. */
        void add(LocalDate day, String series, long n) {
            if (n != 0) {
                counts.computeIfAbsent(period.bucket(day), from -> new HashMap<>())
                        .merge(series, n, Long::sum);
            }
        }

        /**
         * Returns the table with a row for each day or week of the period.
         *
         * @param labels labels of the series in their order; a series without a count has no column
         */
        TrendTable table(String key, SequencedMap<String, String> labels) {
            List<String> series = labels.keySet().stream()
                    .filter(name -> counts.values().stream().anyMatch(row -> row.containsKey(name)))
                    .toList();
            List<TrendRow> rows = new ArrayList<>();
            for (LocalDate from : period.buckets()) {
                Map<String, Long> row = counts.getOrDefault(from, Map.of());
                rows.add(new TrendRow(
                        from,
                        series.stream().map(name -> row.getOrDefault(name, 0L)).toList()));
            }
            return new TrendTable(key, series.stream().map(labels::get).toList(), rows);
        }
    }
}
