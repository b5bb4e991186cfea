package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.markwatch.job.Addition.Group;
import org.markwatch.job.Addition.Placement;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** A small version of {@code scripts/bench evade}: no change may let more flagged pages leave the queue. */
class EvasionTest {
    /**
     * Pairs of a page and an addition in which the page leaves, in per cent of those that were tried, at most. These are the
     * present shares, not the aims; lower one when detection improves, and never raise one. They are shares, since each new
     * set of pages adds some to the sample.
     */
    private static final Map<Group, Double> MAX_LEAVING =
            Map.of(Group.UNSEEN, 0.03, Group.SENTENCE, 1.6, Group.BLOCK, 0.41);

    /** Every n-th flagged page, which gives 40 pages of many sets. */
    private static final int NTH_PAGE = 70;

    /** Pages that one addition may free, at most, of those that it was tried on: the present numbers, as above. */
    private static final Map<Group, Integer> MAX_LEAVING_BY_ONE =
            Map.of(Group.UNSEEN, 1, Group.SENTENCE, 3, Group.BLOCK, 1);

    private static final List<Placement> HIDDEN = Stream.of(Placement.values())
            .filter(placement -> placement.group() == Group.UNSEEN)
            .toList();

    private final Watchlist watchlist;

    EvasionTest() throws WatchlistException {
        watchlist = WatchlistReader.read(Path.of("job-config"));
    }

    @TestFactory
    List<DynamicTest> letsNoMorePagesLeaveThanNow() {
        Evasion.Result result = new Evasion(watchlist)
                .measure(Evasion.flaggedPages(NTH_PAGE, page -> true), this::additionsTo, () -> {});

        assertThat(result.pages()).isGreaterThan(25);
        List<DynamicTest> tests = new ArrayList<>();
        for (Group group : Group.values()) {
            Evasion.Summary summary = result.summary(group).orElseThrow();
            tests.add(DynamicTest.dynamicTest(
                    group.label(),
                    () -> assertThat(summary.meanPercent())
                            .as(
                                    "pages that leave by %s, of %d tried:%n%s",
                                    group.label(), summary.tried(), effects(result, group))
                            .isLessThanOrEqualTo(MAX_LEAVING.get(group))));
            tests.add(DynamicTest.dynamicTest(
                    group.label() + ", by one addition",
                    () -> assertThat(summary.worst().leaving())
                            .as(
                                    "pages that leave by '%s'",
                                    summary.worst().addition().name())
                            .hasSizeLessThanOrEqualTo(MAX_LEAVING_BY_ONE.getOrDefault(group, 0))));
        }
        return tests;
    }

    @Test
    void givesEachAdditionAName() {
        assertThat(Additions.all(watchlist, "de")).extracting(Addition::name).doesNotHaveDuplicates();
    }

    @Test
    void takesEntriesOfTheLanguageOfThePage() {
        Lexicon lexicon = watchlist.lexicon();

        assertThat(lexicon.languagesOf(LexiconCategory.NOT).get(Additions.entry(lexicon, LexiconCategory.NOT, "de")))
                .contains("de");
        assertThat(lexicon.languagesOf(LexiconCategory.NOT).get(Additions.entry(lexicon, LexiconCategory.NOT, "xx")))
                .contains("en");
    }

    @Test
    void namesTheSiteByTheEndOfTheTitle() {
        Addition site = Addition.siteName("");

        assertThat(site.edit().apply("<title>Log in - Gold Club</title>text"))
                .isEqualTo("<title>Log in - Gold Club</title><meta property='og:site_name' content='Gold Club'>text");
        assertThat(site.edit().apply("text")).isEqualTo("text");
    }

    @Test
    void addsToHeadAndBodyOfPagesWithoutTheirTags() {
        Addition head = Addition.inHead("", "<meta>");
        Addition body = Addition.inBody("", Group.SENTENCE, "<p>");

        Addition top = Addition.text("", "x", Placement.TOP);

        assertThat(top.edit().apply("<body class=a><h1>T</h1>")).isEqualTo("<body class=a><p>x</p><h1>T</h1>");
        assertThat(head.edit().apply("<HEAD><title>T</title></HEAD>")).isEqualTo("<HEAD><title>T</title><meta></HEAD>");
        assertThat(head.edit().apply("<title>T</title>text")).isEqualTo("<title>T</title><meta>text");
        assertThat(head.edit().apply("<html><body>text")).isEqualTo("<html><meta><body>text");
        assertThat(body.edit().apply("text</body></html>")).isEqualTo("text<p></body></html>");
        assertThat(body.edit().apply("text")).isEqualTo("text<p>");
    }

    @Test
    void addsNoSecondTitleToPageWithoutTitle() {
        Addition title = Addition.afterTitle("", "<title>2</title>");

        assertThat(title.edit().apply("<title>1</title>")).isEqualTo("<title>1</title><title>2</title>");
        assertThat(title.edit().apply("text")).isEqualTo("text");
    }

    /**
     * Returns all hidden texts, each hidden in one of the ways, all elements, and some visible sentences. All additions
     * would take minutes.
     */
    private List<Addition> additionsTo(int page, String language) {
        List<Addition> additions =
                new ArrayList<>(Additions.texts(watchlist, language, HIDDEN.get(page % HIDDEN.size())));
        additions.addAll(Additions.elements());
        additions.addAll(Additions.ownTexts(Placement.FOOTER));
        additions.addAll(Additions.ownTexts(Placement.HEADING));
        return additions;
    }

    private static String effects(Evasion.Result result, Group group) {
        return result.effects().stream()
                .filter(effect ->
                        effect.addition().group() == group && !effect.leaving().isEmpty())
                .sorted(Comparator.comparingInt(
                        (Evasion.Effect effect) -> -effect.leaving().size()))
                .map(effect ->
                        effect.leaving().size() + " by " + effect.addition().name() + ", first "
                                + effect.leaving().getFirst())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
