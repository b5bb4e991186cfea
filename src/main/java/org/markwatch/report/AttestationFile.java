package org.markwatch.report;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import tools.jackson.core.JacksonException;

/**
 * Verifies an exported attestation ({@link Export#ATTESTATION}).
 *
 * <p>The file contains an audit entry with everything that its hash covers. {@link #of} therefore checks without the
 * database whether the hash matches the entry and whether every other line matches the details of the entry. This does
 * not prove where the file comes from, since anyone can compute a hash. For that, compare the file with a hash recorded
 * elsewhere ({@link #compare(String)}) or with the audit chain of its database ({@link #compare(Audit)}). Not
 * thread-safe.
 */
public final class AttestationFile {
    private static final List<String> ENTRY_NAMES =
            List.of("seq", "at", "actor", "action", "subject", "previous", "sha256", "details");

    private final Map<String, AttestationRow> entryRows = new LinkedHashMap<>();
    private final List<AttestationRow> valueRows = new ArrayList<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private @Nullable AuditEntry entry;

    private AttestationFile() {}

    /**
     * A discrepancy between the file and what is expected.
     *
     * @param line line of the file, 1 or more; 0 if the discrepancy is in the database
     * @param why  what is wrong and what is expected, as text for people
     */
    public record Discrepancy(int line, String why) {}

    /**
     * Reads and checks a file of any {@link Format}.
     *
     * @throws IllegalArgumentException if the text is not an export of an attestation; the message gives the reason
     */
    public static AttestationFile of(String text) {
        AttestationFile file = new AttestationFile();
        try {
            for (AttestationRow row : AttestationRow.read(text)) {
                file.addRow(row);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not an export of an attestation: " + e.getMessage(), e);
        }
        file.check();
        return file;
    }

    private void addRow(AttestationRow row) {
        if (!row.about().equals("audit")) {
            valueRows.add(row);
        } else if (!ENTRY_NAMES.contains(row.name())) {
            discrepancies.add(new Discrepancy(row.line(), "audit '" + row.name() + "' is not part of an attestation"));
        } else if (entryRows.putIfAbsent(row.name(), row) != null) {
            discrepancies.add(new Discrepancy(row.line(), "audit " + row.name() + " occurs more than once"));
        }
    }

    private void check() {
        for (String name : ENTRY_NAMES) {
            if (!entryRows.containsKey(name)) {
                discrepancies.add(new Discrepancy(
                        1,
                        "audit " + name
                                + " is missing; export the attestation again: markwatch export attestation --run ID"));
            }
        }
        Long seq = number(entryRows.get("seq"));
        Instant at = instant(entryRows.get("at"));
        if (!discrepancies.isEmpty() || seq == null || at == null) {
            return;
        }
        AuditEntry read = new AuditEntry(
                seq,
                at,
                value("actor"),
                value("action"),
                value("subject"),
                value("details"),
                value("previous"),
                value("sha256"));
        entry = read;
        AttestationRow action = row("action");
        if (!action.value().equals(Reports.ATTEST)) {
            discrepancies.add(
                    new Discrepancy(action.line(), "audit action is '" + action.value() + "', not " + Reports.ATTEST));
        }
        if (!read.hasValidHash()) {
            discrepancies.add(new Discrepancy(
                    row("sha256").line(),
                    "audit sha256 is not the hash of the other 'audit' lines; at least one of them was changed"));
        }
        compareValues(read);
    }

    /** Compares each line with the details of the entry, in the same order. */
    private void compareValues(AuditEntry read) {
        Iterator<AttestationRow> attested;
        try {
            attested = Exports.attestedValues(read.details()).stream()
                    .map(value -> new AttestationRow(0, value.about(), value.name(), Values.text(value.value())))
                    .iterator();
        } catch (JacksonException e) {
            discrepancies.add(new Discrepancy(row("details").line(), "audit details is not a JSON object"));
            return;
        }
        int line = 1;
        for (AttestationRow row : valueRows) {
            line = row.line();
            AttestationRow expected = attested.hasNext() ? attested.next() : null;
            if (expected == null) {
                discrepancies.add(
                        new Discrepancy(line, row.describe() + " was not attested; the entry has no further values"));
            } else if (!expected.describe().equals(row.describe())) {
                discrepancies.add(new Discrepancy(
                        line, row.describe() + " was not attested; the entry has " + expected.describe()));
            }
        }
        while (attested.hasNext()) {
            discrepancies.add(new Discrepancy(
                    line, attested.next().describe() + " was attested, but is missing after this line"));
        }
    }

    /** Compares the hash of the entry with a hash recorded elsewhere, in hex. */
    public void compare(String expectedSha256) {
        if (entry != null && !entry.sha256().equalsIgnoreCase(expectedSha256)) {
            discrepancies.add(new Discrepancy(
                    row("sha256").line(),
                    "the entry has the hash " + entry.sha256() + ", not the expected " + expectedSha256
                            + "; it belongs to another run, or the run was attested again later"));
        }
    }

    /** Compares the entry with the audit chain of a database, and verifies the whole chain. */
    public void compare(Audit audit) {
        Optional<Audit.BrokenLink> broken = audit.verify();
        broken.ifPresent(link -> discrepancies.add(new Discrepancy(
                0, "the audit chain of the database is broken at entry " + link.seq() + ": " + link.why())));
        AuditEntry read = entry;
        if (read == null) {
            return;
        }
        AuditEntry stored = audit.entriesBefore(read.seq() + 1, 1).stream()
                .filter(found -> found.seq() == read.seq())
                .findFirst()
                .orElse(null);
        if (read.seq() < audit.firstSeq()) {
            discrepancies.add(new Discrepancy(
                    row("seq").line(),
                    "entry " + read.seq()
                            + " has been purged from the audit of the database; compare the file with a hash"
                            + " that was recorded elsewhere (--sha256)"));
        } else if (stored == null) {
            discrepancies.add(
                    new Discrepancy(row("seq").line(), "the audit chain of the database has no entry " + read.seq()));
        } else if (!stored.sha256().equals(read.sha256())) {
            discrepancies.add(new Discrepancy(
                    row("sha256").line(),
                    "in the audit chain of the database, entry " + read.seq() + " has the hash " + stored.sha256()));
        }
    }

    /** Returns the discrepancies found so far; empty if there are none. */
    public List<Discrepancy> discrepancies() {
        return List.copyOf(discrepancies);
    }

    /** Returns the audit entry in the file; empty if it is missing or cannot be parsed. */
    public Optional<AuditEntry> entry() {
        return Optional.ofNullable(entry);
    }

    private AttestationRow row(String name) {
        AttestationRow row = entryRows.get(name);
        if (row == null) {
            throw new IllegalStateException("audit " + name + " is missing");
        }
        return row;
    }

    private String value(String name) {
        return row(name).value();
    }

    private @Nullable Long number(@Nullable AttestationRow row) {
        if (row == null) {
            return null;
        }
        if (row.value().matches("[1-9][0-9]{0,17}")) {
            return Long.valueOf(row.value());
        }
        discrepancies.add(new Discrepancy(row.line(), row.describe() + "; expected the number of an entry, 1 or more"));
        return null;
    }

    private @Nullable Instant instant(@Nullable AttestationRow row) {
        if (row == null) {
            return null;
        }
        try {
            Instant at = Instant.parse(row.value());
            if (at.toString().equals(row.value())) {
                return at;
            }
        } catch (DateTimeException e) {
            // reported below, like a time in another form
        }
        discrepancies.add(
                new Discrepancy(row.line(), row.describe() + "; expected a time such as 2026-03-01T01:00:01Z"));
        return null;
    }
}
