package org.markwatch.score;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.match.Matcher;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** Measures recall and false alarms of the shipped job-config on the labelled pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    /**
     * Ratchets: what holds now, for pages whose brands are all found in the kind of the label. A change that finds more
     * raises them.
     */
    private static final double LEAST_ACCEPTANCE = 0.974;

    private static final double LEAST_IMPERSONATION = 0.970;

    /**
     * A ratchet too: the share of pages that should not be flagged and are. The aim is 0.02. Most of these pages are
     * articles, manuals and notices with a claim of acceptance, which contexts do not take out of the queue; nearly all
     * have the lowest severity. A change that flags fewer lowers it.
     */
    private static final double MOST_FALSE_ALARMS = 0.065;

    private final List<LabelledFinding> results = new ArrayList<>();

    private record LabelledFinding(LabelledPage page, Finding finding) {
        Set<String> uses() {
            return finding.brandUses().stream()
                    .map(use -> use.brand() + " " + use.kind().label())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Returns whether every brand of the label was found with the kind of the label. */
        boolean isFound() {
            return page.brands().stream().allMatch(brand -> uses().contains(brand + " " + page.label()));
        }

        @Override
        public String toString() {
            return "%s (%s %s, %s): %d points %s %s %s"
                    .formatted(
                            page.file(),
                            page.label(),
                            page.brands(),
                            page.flagged() ? "to review" : "not to review",
                            finding.score(),
                            uses(),
                            finding.reasons().stream()
                                    .map(r -> r.rule() + "=" + r.points())
                                    .toList(),
                            finding.suppressed());
        }
    }

    @BeforeAll
    void scoreLabelledPages() throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config"));
        Matcher matcher = Matcher.compile(watchlist, TODAY);
        Scorer scorer = new Scorer(watchlist, TODAY);
        PageExtractor extractor = new PageExtractor();
        List<LabelledPage> pages = new ArrayList<>(LabelledPage.all());
        pages.addAll(LabelledPage.heldOut());
        for (LabelledPage page : pages) {
            PageText text = extractor.extract(page.capture()).text();
            results.add(new LabelledFinding(
                    page, scorer.score(text.url(), text.title(), text.language(), matcher.match(text))));
        }
    }

    private double recall(String label) {
        List<LabelledFinding> wanted =
                results.stream().filter(one -> one.page.label().equals(label)).toList();
        return (double) wanted.stream().filter(LabelledFinding::isFound).count() / wanted.size();
    }

    private List<LabelledFinding> wrong(boolean flagged) {
        return results.stream()
                .filter(one -> one.finding.flagged() == flagged && one.page.flagged() != flagged)
                .toList();
    }

    /** Pages that are labelled to be flagged and are not, each with the reason. */
    private static final Map<String, String> KNOWN_EXCEPTIONS = Map.ofEntries(
            entry("member-affiliate.html", "affiliate wording is one group, whose cap is below the threshold"),
            entry(
                    "shop-text-sentence.html",
                    "a row of names in a paragraph, without a price or another sign of a sale"),
            entry("held-out-15/sarrafwaha.html", "one logo of a money transfer service, and no other payment wording"),
            entry("held-out-15/fachuebersetzung.html", "'Wer kein Konto hat' before the claim is read as a negation"),
            entry("held-out-15/notnik.html", "no price, and an inflected brand name"),
            entry("held-out-15/dalilwadi.html", "a deposit in per cent, and no price"),
            entry("held-out-15/quickpesoagent.html", "'that includes your Discover' has no payment wording"),
            entry("held-out-16/p016.html", "the brand is only in a longer title"),
            entry("held-out-16/p023.html", "the brand is only in a longer heading"),
            entry("held-out-17/b15-index.html", "the page is rendered by a script; one brand name is in the HTML"),
            entry("held-out-19/a01-wait-citi.html", "a waiting page without a form"),
            entry("held-out-19/a11-prize.html", "a prize page without a form"),
            entry("held-out-21/013.html", "a waiting page without a form"),
            entry("held-out-21/066.html", "a letter above a form without labels"),
            entry("held-out-21/108.html", "a country name after the brand is read as another rights holder"),
            entry("held-out-21/110.html", "free wording"));

    /** Pages on which names of pictures, classes or fields are common words that are brand names too. */
    private static final Set<String> KNOWN_HOMONYMS = Set.of(
            "held-out-13/passgate-visas.html",
            "held-out-13/vizovyj-centr.html",
            "held-out-13/instituto-masters.html",
            "held-out-13/discover-trails.html",
            "held-out-13/northern-diners-awards.html",
            "held-out-13/parked.html",
            "held-out-15/discovercoast.html",
            "held-out-15/gravelpit.html",
            "held-out-15/xoomfitness.html",
            "held-out-15/unionpaynews.html",
            "held-out-17/c10-index.html",
            "held-out-17/c11-index.html",
            "held-out-17/c15-jcb.html",
            "held-out-17/c27-xoom.html",
            "held-out-21/071.html");

    @Test
    void findsLabelledBrandUses() {
        List<LabelledFinding> missed = results.stream()
                .filter(one -> !Set.of("none", "mention").contains(one.page.label()) && !one.isFound())
                .toList();

        assertThat(recall("acceptance")).as("%s", missed).isGreaterThanOrEqualTo(LEAST_ACCEPTANCE);
        assertThat(recall("impersonation")).as("%s", missed).isGreaterThanOrEqualTo(LEAST_IMPERSONATION);
        assertThat(recall("lookalike-host")).isGreaterThanOrEqualTo(0.95);
        assertThat(recall("logo")).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void hasNoMoreFalseAlarmsThanNow() {
        long innocent = results.stream().filter(one -> !one.page.flagged()).count();

        assertThat((double) wrong(true).size() / innocent).as("%s", wrong(true)).isLessThanOrEqualTo(MOST_FALSE_ALARMS);
    }

    @Test
    void givesMostFalseAlarmsTheLowestSeverity() {
        assertThat(wrong(true).stream().filter(one -> one.finding.severity().equals("low")))
                .hasSizeGreaterThanOrEqualTo(8 * wrong(true).size() / 10);
    }

    @Test
    void flagsPagesThatReviewersShouldSee() {
        assertThat(wrong(false))
                .allSatisfy(one -> assertThat(KNOWN_EXCEPTIONS).as("%s", one).containsKey(one.page.file()));
    }

    @Test
    void givesTheLowestBandToPagesWithMarksOnly() {
        assertThat(results.stream()
                        .map(LabelledFinding::finding)
                        .filter(finding -> finding.flagged()
                                && finding.reasons().stream()
                                        .allMatch(reason -> reason.group().equals("marks"))))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo("low"));
    }

    @Test
    void findsNoBrandUseOnPagesWithoutAny() {
        assertThat(results.stream()
                        .filter(one -> one.page.label().equals("none"))
                        .filter(one -> one.finding.suppressed().isEmpty())
                        .filter(one -> !KNOWN_HOMONYMS.contains(one.page.file())))
                .allSatisfy(one -> assertThat(one.uses()).as("%s", one).isEmpty());
    }
}
