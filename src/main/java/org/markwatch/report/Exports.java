package org.markwatch.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.markwatch.queue.ReviewStage;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HeldBack;
import org.markwatch.score.HiddenFindings;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the exports of runs. Streams rows from the database, so that memory use does not depend on their number. */
public final class Exports {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int BATCH = 500;

    private final Runs runs;
    private final DispositionStore pages;
    private final FindingStore findings;
    private final Items items;
    private final Decisions decisions;
    private final Audit audit;
    private final Map<String, Seed> seeds;

    /** @param seeds the configured seeds, whose labels, owners and tags exports show */
    public Exports(
            Runs runs,
            DispositionStore pages,
            FindingStore findings,
            Items items,
            Decisions decisions,
            Audit audit,
            Collection<Seed> seeds) {
        this.seeds = seeds.stream().collect(Collectors.toMap(seed -> seed.url().toString(), Function.identity()));
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
     * Writes one export of a run. Writes rows as they are read; after an exception the output is incomplete.
     *
     * @param runId the run; not used by {@link Export#QUEUE}
     * @param out   receives the text; TSV and CSV contain no unpaired surrogates; encode it as UTF-8
     * @throws IOException if {@code out} fails
     */
    public void write(Export export, long runId, RowFormat format, Appendable out) throws IOException {
        RowFormat.Rows rows = format.open(out, export.headers());
        try {
            switch (export) {
                case PAGES -> pages.forEach(runId, page -> add(rows, values(page)));
                case MATCHES -> findings.forEachMatch(runId, match -> add(rows, values(match)));
                case INDICATORS ->
                    findings.indicatorHits(runId, HiddenFindings.NONE)
                            .forEach(hits -> add(rows, values(hits.id(), hits.weight(), hits.pages(), hits.matches())));
                case ITEMS -> {
                    try (WithSeeds<Item> batch =
                            new WithSeeds<>(Item::url, (item, seed) -> add(rows, values(item, seed)))) {
                        items.forEach(itemPages(runId), batch::add);
                    }
                }
                case QUEUE -> {
                    try (WithSeeds<Item> batch =
                            new WithSeeds<>(Item::url, (item, seed) -> add(rows, values(item, seed)))) {
                        items.forEachOpen(batch::add);
                    }
                }
                case HELD_BACK -> {
                    try (WithSeeds<Finding> batch =
                            new WithSeeds<>(Finding::url, (finding, seed) -> addHeldBack(rows, finding, seed))) {
                        findings.forEachFinding(runId, false, batch::add);
                    }
                }
                case DECISIONS -> decisions.forEach(itemPages(runId), decided -> add(rows, values(decided)));
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

    private void attestation(long runId, RowFormat.Rows rows) {
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
    static void writeAttestation(AuditEntry entry, RowFormat.Rows rows) {
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

    /**
     * A value that a run attests.
     *
     * @param about what it is about, for example requests
     * @param name  kind within it, for example page; empty if there is only one value
     * @param value text or an integer
     */
    public record AttestedValue(String about, String name, Object value) {}

    /**
     * Returns the values in the details of an attestation, in their order.
     *
     * @param details details of the audit entry, a JSON object
     * @throws JacksonException if the text is not JSON
     */
    public static List<AttestedValue> attestedValues(String details) {
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

    /** Passes values with the seeds of their pages on, which are read for many pages at once. */
    private final class WithSeeds<T> implements AutoCloseable {
        private final Function<T, HttpUrl> page;
        private final BiConsumer<T, List<@Nullable Object>> sink;
        private final List<T> batch = new ArrayList<>(BATCH);

        private WithSeeds(Function<T, HttpUrl> page, BiConsumer<T, List<@Nullable Object>> sink) {
            this.page = page;
            this.sink = sink;
        }

        private void add(T value) {
            batch.add(value);
            if (batch.size() == BATCH) {
                close();
            }
        }

        /** Passes on what is left. */
        @Override
        public void close() {
            Map<HttpUrl, String> found = pages.seeds(batch.stream().map(page).toList());
            batch.forEach(value -> sink.accept(value, seedValues(found.get(page.apply(value)))));
            batch.clear();
        }
    }

    /** Returns URL, label, owner and tags of a seed. */
    private List<@Nullable Object> seedValues(@Nullable String url) {
        Seed seed = url == null ? null : seeds.get(url);
        return seed == null
                ? values(url, null, null, List.of())
                : values(
                        url,
                        seed.label(),
                        seed.owner(),
                        seed.tags().stream().sorted().toList());
    }

    /**
     * A feature that counted for or against a use of a brand.
     *
     * @param use     brand and kind, for example {@code visa:acceptance}
     * @param feature id of the feature
     * @param points  points that it gave
     */
    record ExportedFeature(String use, String feature, int points) {
        static ExportedFeature of(String rule, String feature, int points) {
            return new ExportedFeature(rule.replaceFirst("^brand:", "").replace('@', ':'), feature, points);
        }

        @Override
        public String toString() {
            return use + ":" + feature + "=" + points;
        }
    }

    private List<@Nullable Object> values(DispositionStore.PageDisposition page) {
        return joined(
                seedValues(page.seed()),
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
                page.tls(),
                page.reason());
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

    private static List<@Nullable Object> values(Item item, List<@Nullable Object> seed) {
        Decision decision = item.decision();
        return joined(
                seed,
                item.url().toString(),
                item.score(),
                item.severity(),
                item.lane(),
                item.stage() == ReviewStage.FIRST
                        ? item.state().label()
                        : item.stage().label(),
                item.reasons().stream()
                        .filter(reason -> reason.points() > 0)
                        .map(Item.ItemReason::group)
                        .distinct()
                        .toList(),
                item.reasons().stream()
                        .map(reason -> "%s %+d".formatted(reason.rule(), reason.points()))
                        .toList(),
                item.id(),
                item.title(),
                item.firstSeenAt(),
                item.lastSeenAt(),
                decision == null ? null : decision.kind().label(),
                decision == null ? null : decision.at(),
                item.reasons().stream()
                        .flatMap(reason -> reason.signs().stream()
                                .map(sign -> ExportedFeature.of(reason.rule(), sign.feature(), sign.points())))
                        .toList());
    }

    private static List<@Nullable Object> values(Finding finding, HeldBack why, List<@Nullable Object> seed) {
        HeldBackPages.HeldBackPage page = HeldBackPages.HeldBackPage.of(finding, why);
        return joined(
                seed,
                page.url(),
                page.reason(),
                page.points(),
                finding.score(),
                page.groups(),
                HeldBackPages.HeldBackPage.uses(finding),
                finding.reasons().stream()
                        .map(reason -> "%s %+d".formatted(reason.rule(), reason.points()))
                        .toList(),
                finding.suppressed(),
                finding.title(),
                finding.reasons().stream()
                        .flatMap(reason -> reason.signs().stream()
                                .map(sign -> ExportedFeature.of(reason.rule(), sign.feature(), sign.points())))
                        .toList());
    }

    private static List<@Nullable Object> values(Decisions.RecordedDecision decided) {
        Decision decision = decided.decision();
        return values(
                decided.page().toString(),
                decision.kind().label(),
                decision.severity(),
                decision.confidence().label(),
                decision.reason(),
                decision.note(),
                decision.validUntil(),
                decision.duplicateOf(),
                decision.reviewer(),
                decision.at(),
                decision.evidenceSha256(),
                decided.review());
    }

    private static void addHeldBack(RowFormat.Rows rows, Finding finding, List<@Nullable Object> seed) {
        HeldBack why = HeldBack.of(finding).orElse(null);
        if (why != null) {
            add(rows, values(finding, why, seed));
        }
    }

    /** Returns the values, and those of the seed after them. */
    private static List<@Nullable Object> joined(List<@Nullable Object> seed, @Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<@Nullable Object>(Arrays.asList(values));
        row.addAll(seed);
        return row;
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static void add(RowFormat.Rows rows, List<@Nullable Object> values) {
        try {
            rows.add(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
