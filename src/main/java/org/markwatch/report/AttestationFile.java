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
 * An exported attestation ({@link Export#ATTESTATION}), to be believed only as far as it can be checked.
 *
 * <p>The file carries an entry of the audit with all that its hash was made of, so it is checked without the database: whether
 * the entry is what was hashed, and whether every line says what the entry says. That does not show who made the file: anybody
 * can hash. What was attested is shown by the hash being the one that was noted elsewhere ({@link #compare(String)}), or by the
 * database that it came from, whose chain is checked from its first entry ({@link #compare(Audit)}).
 */
public final class AttestationFile {
    private static final List<String> ENTRY =
            List.of("seq", "at", "actor", "action", "subject", "previous", "sha256", "details");

    private final Map<String, AttestationRow> entryRows = new LinkedHashMap<>();
    private final List<AttestationRow> facts = new ArrayList<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private @Nullable AuditEntry entry;

    private AttestationFile() {}

    /**
     * Something that does not hold.
     *
     * @param line line of the file, 1 or more; 0 if it is about the database
     * @param why  what is wrong and what was to be expected, for people
     */
    public record Discrepancy(int line, String why) {}

    /**
     * Reads and checks a file of any {@link Format}.
     *
     * @throws IllegalArgumentException if the text is no such export at all; the message says why
     */
    public static AttestationFile of(String text) {
        AttestationFile file = new AttestationFile();
        try {
            for (AttestationRow row : AttestationRow.read(text)) {
                file.addRow(row);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no export of an attestation: " + e.getMessage(), e);
        }
        file.check();
        return file;
    }

    private void addRow(AttestationRow row) {
        if (!row.about().equals("audit")) {
            facts.add(row);
        } else if (!ENTRY.contains(row.name())) {
            discrepancies.add(
                    new Discrepancy(row.line(), "audit '" + row.name() + "' is nothing that an export writes"));
        } else if (entryRows.putIfAbsent(row.name(), row) != null) {
            discrepancies.add(new Discrepancy(row.line(), "audit " + row.name() + " is given twice"));
        }
    }

    private void check() {
        for (String name : ENTRY) {
            if (!entryRows.containsKey(name)) {
                discrepancies.add(new Discrepancy(
                        1, "audit " + name + " is missing; export again: markwatch export attestation --run ID"));
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
                    "audit sha256 is not the hash of the lines 'audit' beside it: at least one of them was changed"));
        }
        compareFacts(read);
    }

    /** Each line is to say what the entry says, in its order. */
    private void compareFacts(AuditEntry read) {
        Iterator<AttestationRow> told;
        try {
            told = Exports.facts(read.details()).stream()
                    .map(fact -> new AttestationRow(0, fact.about(), fact.name(), Values.text(fact.value())))
                    .iterator();
        } catch (JacksonException e) {
            discrepancies.add(new Discrepancy(row("details").line(), "audit details is no JSON object"));
            return;
        }
        int line = 1;
        for (AttestationRow fact : facts) {
            line = fact.line();
            AttestationRow expected = told.hasNext() ? told.next() : null;
            if (expected == null) {
                discrepancies.add(new Discrepancy(line, fact.describe() + " was not attested: the entry ends before"));
            } else if (!expected.describe().equals(fact.describe())) {
                discrepancies.add(new Discrepancy(
                        line, fact.describe() + " was not attested: the entry says " + expected.describe()));
            }
        }
        while (told.hasNext()) {
            discrepancies.add(
                    new Discrepancy(line, told.next().describe() + " was attested and is missing after this line"));
        }
    }

    /** Holds the file against the hash of its entry that was noted elsewhere. */
    public void compare(String notedSha256) {
        if (entry != null && !entry.sha256().equalsIgnoreCase(notedSha256)) {
            discrepancies.add(new Discrepancy(
                    row("sha256").line(),
                    "the entry has the hash " + entry.sha256() + ", not the noted " + notedSha256
                            + ": it is another run's, or was made again after it was noted"));
        }
    }

    /** Holds the file against the audit that it should have come from, whose whole chain is checked too. */
    public void compare(Audit audit) {
        Optional<Audit.BrokenLink> broken = audit.verify();
        broken.ifPresent(link -> discrepancies.add(
                new Discrepancy(0, "the audit of the database is broken at entry " + link.seq() + ": " + link.why())));
        AuditEntry read = entry;
        if (read == null) {
            return;
        }
        AuditEntry stored = audit.entriesBefore(read.seq() + 1, 1).stream()
                .filter(found -> found.seq() == read.seq())
                .findFirst()
                .orElse(null);
        if (stored == null) {
            discrepancies.add(
                    new Discrepancy(row("seq").line(), "the audit of the database has no entry " + read.seq()));
        } else if (!stored.sha256().equals(read.sha256())) {
            discrepancies.add(new Discrepancy(
                    row("sha256").line(),
                    "entry " + read.seq() + " of the database's audit has the hash " + stored.sha256()));
        }
    }

    /** What does not hold, in the order of lines; empty if all does. */
    public List<Discrepancy> discrepancies() {
        return List.copyOf(discrepancies);
    }

    /** The entry that the file carries; empty if it carries none that could be read. */
    public Optional<AuditEntry> entry() {
        return Optional.ofNullable(entry);
    }

    private AttestationRow row(String name) {
        AttestationRow row = entryRows.get(name);
        if (row == null) {
            throw new IllegalStateException("audit " + name + " was found missing before");
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
        discrepancies.add(new Discrepancy(row.line(), row.describe() + ": expected the number of an entry, 1 or more"));
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
            // told below, as a time in another form is
        }
        discrepancies.add(new Discrepancy(row.line(), row.describe() + ": expected a time like 2026-03-01T01:00:01Z"));
        return null;
    }
}
