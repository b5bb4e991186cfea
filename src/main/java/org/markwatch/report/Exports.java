package org.markwatch.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Item;
import org.markwatch.queue.Items;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HeldBack;
import org.markwatch.url.HttpUrl;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the exports of runs. Streams rows from the database, so that memory use does not depend on their number. */
public final class Exports {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Runs runs;
    private final DispositionStore pages;
    private final FindingStore findings;
    private final Items items;
    private final Decisions decisions;
    private final Audit audit;

    public Exports(
            Runs runs, DispositionStore pages, FindingStore findings, Items items, Decisions decisions, Audit audit) {
        this.runs = runs;
        this.pages = pages;
        this.findings = findings;
        this.items = items;
        this.decisions = decisions;
        this.audit = audit;
    }

    /**
     * Returns the number of a run.
     *
     * @param name {@code latest} or the number of a run
     * @throws UnknownRunException if there is no such run
     */
    public long runId(String name) {
        if (name.equals("latest")) {
            return runs.latest().orElseThrow(UnknownRunException::none).id();
        }
        if (!name.matches("[0-9]{1,18}")) {
            throw UnknownRunException.named(name);
        }
        long id = Long.parseLong(name);
        return runs.find(id).orElseThrow(() -> UnknownRunException.numbered(id)).id();
    }

    /**
     * Writes one export of a run. Writes each row as it is read; after an exception the output is incomplete.
     *
     * @param out receives the text; TSV and CSV contain no unpaired surrogates; encode it as UTF-8
     * @throws IOException if {@code out} fails
     */
    public void write(Export export, long runId, Format format, Appendable out) throws IOException {
        Format.Rows rows = format.open(out, export.headers());
        try {
            switch (export) {
                case PAGES -> pages.forEach(runId, page -> add(rows, values(page)));
                case MATCHES -> findings.forEachMatch(runId, match -> add(rows, values(match)));
                case INDICATORS ->
                    findings.indicatorHits(runId)
                            .forEach(hits -> add(rows, values(hits.id(), hits.weight(), hits.pages(), hits.matches())));
                case ITEMS -> items.forEach(itemPages(runId), item -> add(rows, values(item)));
                case HELD_BACK ->
                    findings.forEachFinding(
                            runId,
                            false,
                            finding -> HeldBack.of(finding).ifPresent(why -> add(rows, values(finding, why))));
                case DECISIONS ->
                    decisions.forEach(itemPages(runId), (url, decision) -> add(rows, values(url, decision)));
                case ATTESTATION -> attestation(runId, rows);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the URLs of the pages that a run flagged, and of those with evidence in the run that were sampled. */
    private Set<String> itemPages(long runId) {
        Set<String> urls = new LinkedHashSet<>(findings.flaggedUrls(runId));
        findings.findings(runId, items.sampledUrls()).stream()
                .filter(finding -> finding.suppressed().isEmpty())
                .forEach(finding -> urls.add(finding.url().toString()));
        return urls;
    }

    private void attestation(long runId, Format.Rows rows) {
        attestation(runId).ifPresent(entry -> writeAttestation(entry, rows));
    }

    /** Returns the latest attestation of a run in the audit; empty if the run has not ended yet. */
    public Optional<AuditEntry> attestation(long runId) {
        return audit.last("run:" + runId, Reports.ATTEST);
    }

    /**
     * Writes everything that the hash of the entry covers, so that the file can be verified by itself, and each value
     * of its details.
     */
    static void writeAttestation(AuditEntry entry, Format.Rows rows) {
        add(rows, values("audit", "seq", entry.seq()));
        add(rows, values("audit", "at", entry.at()));
        add(rows, values("audit", "actor", entry.actor()));
        add(rows, values("audit", "action", entry.action()));
        add(rows, values("audit", "subject", entry.subject()));
        add(rows, values("audit", "previous", entry.previous()));
        add(rows, values("audit", "sha256", entry.sha256()));
        add(rows, values("audit", "details", entry.details()));
        attestedValues(entry.details())
                .forEach(attested -> add(rows, values(attested.about, attested.name, attested.value)));
    }

    /** @param value text or an integer */
    record AttestedValue(String about, String name, Object value) {}

    /**
     * Returns the values in the details of an attestation, in their order.
     *
     * @param details details of the audit entry, a JSON object
     * @throws JacksonException if the text is not JSON
     */
    static List<AttestedValue> attestedValues(String details) {
        List<AttestedValue> values = new ArrayList<>();
        JSON.readTree(details).forEachEntry((about, value) -> {
            if (value.isObject()) {
                value.forEachEntry((name, count) -> values.add(new AttestedValue(about, name, scalar(count))));
            } else {
                values.add(new AttestedValue(about, "", scalar(value)));
            }
        });
        return values;
    }

    private static Object scalar(JsonNode value) {
        return value.isIntegralNumber() ? value.longValue() : value.asString();
    }

    private static List<@Nullable Object> values(DispositionStore.PageDisposition page) {
        return values(
                page.url(),
                page.finalUrl(),
                page.disposition(),
                page.status(),
                page.contentType(),
                page.bytes(),
                page.textSha256(),
                page.fetchedAt(),
                page.host(),
                page.depth(),
                page.tls());
    }

    private static List<@Nullable Object> values(FindingStore.StoredMatch match) {
        return values(
                match.url(),
                match.id(),
                match.kind(),
                match.field().toLowerCase(Locale.ROOT).replace('_', '-'),
                match.start(),
                match.end(),
                match.matched());
    }

    private static List<@Nullable Object> values(Item item) {
        return values(
                item.url().toString(),
                item.score(),
                item.severity(),
                item.lane(),
                item.state().label(),
                item.reasons().stream()
                        .filter(reason -> reason.points() > 0)
                        .map(Item.ItemReason::group)
                        .distinct()
                        .toList(),
                item.reasons().stream()
                        .map(reason -> "%s %+d".formatted(reason.rule(), reason.points()))
                        .toList());
    }

    private static List<@Nullable Object> values(Finding finding, HeldBack why) {
        HeldBackPages.HeldBackPage page = HeldBackPages.HeldBackPage.of(finding, why);
        return values(
                page.url(),
                page.reason(),
                page.points(),
                finding.score(),
                page.groups(),
                HeldBackPages.HeldBackPage.uses(finding),
                finding.reasons().stream()
                        .map(reason -> "%s %+d".formatted(reason.rule(), reason.points()))
                        .toList(),
                finding.suppressed());
    }

    private static List<@Nullable Object> values(HttpUrl url, Decision decision) {
        return values(
                url.toString(),
                decision.kind().label(),
                decision.severity(),
                decision.confidence().label(),
                decision.reason(),
                decision.note(),
                decision.validUntil(),
                decision.duplicateOf(),
                decision.reviewer(),
                decision.at(),
                decision.evidenceSha256());
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static void add(Format.Rows rows, List<@Nullable Object> values) {
        try {
            rows.add(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
