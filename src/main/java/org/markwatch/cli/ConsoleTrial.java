package org.markwatch.cli;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.job.PageExplainer;
import org.markwatch.job.RuleComparison;
import org.markwatch.review.team.RuleTrial;
import org.markwatch.review.team.RuleTrial.UsedBrand;
import org.markwatch.score.Finding;
import org.markwatch.score.Shift;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;

/** Lets the console explain pages as {@code explain} does, without requests. Keeps the rules that it compiled last. */
final class ConsoleTrial implements RuleTrial {
    private final KeptTextStore pages;
    private final Clock clock;
    private volatile @Nullable CompiledExplainer compiled;
    private volatile @Nullable CompiledExplainer compiledUnmasked;

    /** @param watchlist the one that was asked for, with its masked indicators */
    private record CompiledExplainer(Watchlist watchlist, LocalDate day, PageExplainer explainer) {}

    ConsoleTrial(KeptTextStore pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public TriedPage html(Watchlist watchlist, HttpUrl url, String html, boolean masked) {
        byte[] bytes = ("<meta charset=utf-8>" + html).getBytes(StandardCharsets.UTF_8);
        Disposition read = CaptureDecoder.decode(url, bytes, clock.instant());
        return read instanceof Disposition.Fetched fetched
                ? tried(explainer(watchlist, masked).explain(fetched.capture()))
                : TriedPage.unread("The text is no HTML that a crawl would read.");
    }

    @Override
    public Optional<TriedPage> kept(Watchlist watchlist, HttpUrl url, boolean masked) {
        return pages.find(url).map(page -> tried(explainer(watchlist, masked).explainKept(page.packedContent())));
    }

    @Override
    public TriedChange compare(Watchlist before, Watchlist after, int most) {
        List<KeptTextStore.KeptText> latest = pages.latest(most);
        List<ChangedPage> changes = new RuleComparison(before, after, LocalDate.now(clock))
                .differences(latest).stream()
                        .map(page -> new ChangedPage(
                                page.page(),
                                page.before().score(),
                                page.after().score(),
                                page.before().flagged(),
                                page.after().flagged(),
                                List.of(page.before().lane(), page.after().lane()),
                                page.why().stream().map(Shift::toString).toList()))
                        .toList();
        return new TriedChange(latest.size(), changes);
    }

    private PageExplainer explainer(Watchlist watchlist, boolean masked) {
        LocalDate today = LocalDate.now(clock);
        CompiledExplainer rules = masked ? compiled : compiledUnmasked;
        if (rules == null || rules.watchlist != watchlist || !rules.day.equals(today)) {
            Watchlist tried = masked ? watchlist : watchlist.withoutMasked();
            rules = new CompiledExplainer(watchlist, today, new PageExplainer(tried, today));
            if (masked) {
                compiled = rules;
            } else {
                compiledUnmasked = rules;
            }
        }
        return rules.explainer;
    }

    private static TriedPage tried(PageExplainer.ExplainedPage page) {
        Finding finding = page.finding();
        return new TriedPage(
                true,
                finding.suppressed(),
                finding.score(),
                finding.severity(),
                finding.lane(),
                finding.flagged(),
                finding.brandUses().stream()
                        .map(use -> new UsedBrand(use.brand(), use.kind().label()))
                        .toList(),
                finding.reasons().stream()
                        .map(reason -> new TriedReason(
                                reason.rule(),
                                reason.group(),
                                Terminal.label(reason.field()),
                                reason.points(),
                                reason.count(),
                                reason.capped(),
                                reason.without(),
                                reason.snippet(),
                                reason.snippetStart(),
                                reason.snippetEnd()))
                        .toList(),
                finding.matches().stream()
                        .map(match -> new TriedMatch(match.rule(), Terminal.label(match.field()), match.text()))
                        .toList(),
                page.evidence().stream()
                        .map(use -> new TriedUse(
                                use.brand(),
                                use.kind().label(),
                                use.sum(),
                                use.needed(),
                                use.found(),
                                use.features().stream().map(Object::toString).toList()))
                        .toList(),
                page.nearMisses().stream()
                        .map(miss -> new TriedMiss(miss.rule(), miss.why()))
                        .toList());
    }
}
