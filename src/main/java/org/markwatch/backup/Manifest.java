package org.markwatch.backup;

import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup holds: the last entry of its file, so that a file with a manifest is complete.
 *
 * @param format     version of the form of the file, {@link #FORMAT}
 * @param createdAt  time of the snapshot
 * @param schema     version of the schema
 * @param server     version of the PostgreSQL server, for people
 * @param partitions partitions that the program has created
 * @param parts      the tables, by name
 * @param sequences  the states of the sequences, by name
 */
public record Manifest(
        int format,
        Instant createdAt,
        int schema,
        String server,
        List<Partition> partitions,
        List<TableRows> parts,
        List<SequenceState> sequences) {
    /** The form that this build writes and reads: entries {@code data/TABLE} as PostgreSQL's COPY writes text. */
    static final int FORMAT = 1;

    /** Name of the entry in the file. */
    static final String ENTRY = "manifest.json";

    /** Longest manifest that is read, in bytes. */
    static final int MAX_BYTES = 16 << 20;

    private static final String PART_PREFIX = "data/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The rows of a table.
     *
     * @param table   name
     * @param columns names of the columns, in the order of the values
     * @param rows    number of rows, 0 or more
     * @param bytes   uncompressed size
     * @param sha256  SHA-256 of the uncompressed bytes, hexadecimal
     */
    public record TableRows(String table, List<String> columns, long rows, long bytes, String sha256) {
        /** Returns the name of the entry in the file. */
        String entry() {
            return PART_PREFIX + table;
        }
    }

    /**
     * A range partition by time.
     *
     * @param table  name of the partition
     * @param parent table that it is part of
     * @param from   first instant
     * @param to     end, exclusive
     */
    public record Partition(String table, String parent, Instant from, Instant to) {}

    /**
     * The state of a sequence.
     *
     * @param name     name
     * @param last     last value
     * @param isCalled whether that value has been returned; if not, it is the next one
     */
    public record SequenceState(String name, long last, boolean isCalled) {}

    /** Returns the number of rows of all tables. */
    public long rows() {
        return parts.stream().mapToLong(TableRows::rows).sum();
    }

    /** Returns the size of all tables in the file, uncompressed, in bytes. */
    public long bytes() {
        return parts.stream().mapToLong(TableRows::bytes).sum();
    }

    byte[] toJson() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** @throws BackupException if these bytes are no manifest */
    static Manifest ofJson(byte[] json) {
        try {
            Manifest manifest = JSON.readValue(json, Manifest.class);
            if (manifest == null
                    || manifest.createdAt == null
                    || manifest.partitions == null
                    || manifest.parts == null
                    || manifest.sequences == null) {
                throw new BackupException("its manifest is incomplete");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new BackupException("its manifest cannot be read", e);
        }
    }
}
