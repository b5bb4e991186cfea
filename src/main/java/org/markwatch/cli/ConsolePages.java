package org.markwatch.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.markwatch.crawl.Pages;
import org.markwatch.review.PageRecords;
import org.markwatch.score.FindingStore;

/** What the database has on the pages of a run, as the console may see it. */
record ConsolePages(Pages pages, FindingStore findings) implements PageRecords {
    @Override
    public Optional<Visit> visit(URI page, long run) {
        return pages.last(page, run)
                .map(visited -> new Visit(
                        visited.run(),
                        URI.create(visited.page().url()),
                        visited.page().fetchedAt(),
                        visited.page().status(),
                        visited.page().contentType() == null
                                ? ""
                                : visited.page().contentType(),
                        visited.page().bytes(),
                        visited.truncated(),
                        visited.page().tls(),
                        visited.robotsAuthority(),
                        visited.textReadAt()));
    }

    @Override
    public Optional<Judged> judged(URI page, long run) {
        return findings.fired(run, page)
                .map(fired -> new Judged(
                        fired.judgedRun(),
                        fired.dropped(),
                        fired.rules().stream()
                                .map(rule -> new Fired(
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
