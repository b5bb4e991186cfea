package org.markwatch.cli;

import java.util.Locale;
import java.util.Optional;
import org.markwatch.crawl.CertificateFault;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.review.CertificateFaults;
import org.markwatch.review.PageRecords;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;

/** Gives the console read access to the pages and findings of a run. */
record ConsolePages(DispositionStore pages, FindingStore findings) implements PageRecords {
    @Override
    public Optional<FetchDetails> lastFetch(HttpUrl page, long run) {
        return pages.lastVisit(page, run)
                .map(visited -> new FetchDetails(
                        visited.run(),
                        HttpUrl.of(visited.page().url()),
                        visited.page().fetchedAt(),
                        visited.page().status(),
                        visited.page().contentType() == null
                                ? ""
                                : visited.page().contentType(),
                        visited.page().bytes(),
                        visited.truncated(),
                        certificate(visited.page().tls()),
                        visited.robotsAuthority(),
                        visited.textReadAt()));
    }

    /** Returns the faults of a certificate that a text names. */
    static CertificateFaults certificate(String faults) {
        return new CertificateFaults(CertificateFault.read(faults).stream()
                .map(fault -> new CertificateFaults.NamedFault(
                        fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), fault.value()))
                .toList());
    }

    @Override
    public Optional<AnalysisDetails> analysis(HttpUrl page, long run) {
        return findings.fired(run, page)
                .map(matched -> new AnalysisDetails(
                        matched.judgedRun(),
                        matched.dropped(),
                        matched.rules().stream()
                                .map(rule -> new RuleHits(
                                        rule.rule(),
                                        rule.brand(),
                                        rule.weight(),
                                        rule.fields().stream()
                                                .map(field -> field.toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'))
                                                .toList(),
                                        rule.count()))
                                .toList()));
    }
}
