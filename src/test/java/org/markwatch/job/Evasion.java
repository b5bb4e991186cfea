package org.markwatch.job;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.extract.LabelledPage;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.Watchlist;

/**
 * Measures which flagged pages leave the review queue by an {@link Addition}. The bytes of a page pass the checks of the
 * crawl, so a page also leaves if the crawl refuses it.
 */
final class Evasion {
    private static final int MAX_PAGE_BYTES = 4 << 20;

    private final RulesetAnalyser analyser;
    private final PageLanguages languages;

    Evasion(Watchlist watchlist) {
        languages = new PageLanguages(watchlist.lexicon());
        analyser = new RulesetAnalyser(watchlist, Watchlists.TODAY);
    }

    /** Selects the additions to a page. */
    @FunctionalInterface
    interface Selection {
        /**
         * Returns the additions.
         *
         * @param index    position of the page in the list that is measured
         * @param language language of the page, see {@link PageLanguages}
         */
        List<Addition> of(int index, String language);
    }

    /**
     * The pages that leave by one addition.
     *
     * @param pages   number of flagged pages that the addition changed, 0 or more
     * @param leaving files of those that are no longer flagged
     */
    record Effect(Addition addition, int pages, List<String> leaving) {
        Effect {
            leaving = List.copyOf(leaving);
        }

        double percent() {
            return pages == 0 ? 0 : 100.0 * leaving.size() / pages;
        }
    }

    /**
     * The sum of the effects of a group of additions.
     *
     * @param tried   pairs of a page and an addition
     * @param leaving pairs in which the page leaves the queue
     * @param worst   the effect with the largest share of leaving pages
     */
    record Summary(Addition.Group group, int tried, int leaving, Effect worst) {
        double meanPercent() {
            return tried == 0 ? 0 : 100.0 * leaving / tried;
        }

        boolean meetsAim() {
            return worst.percent() <= group.maxPercent();
        }
    }

    /**
     * What was measured.
     *
     * @param pages   number of pages that are flagged without an addition
     * @param effects one for each addition that was tried, in the order of the catalogue
     */
    record Result(int pages, List<Effect> effects) {
        Result {
            effects = List.copyOf(effects);
        }

        /** Returns the effects of a group; empty if none of its additions was tried. */
        Optional<Summary> summary(Addition.Group group) {
            List<Effect> ofGroup = effects.stream()
                    .filter(effect -> effect.addition().group() == group)
                    .toList();
            return ofGroup.stream()
                    .max(Comparator.comparingDouble(Effect::percent))
                    .map(worst -> new Summary(
                            group,
                            ofGroup.stream().mapToInt(Effect::pages).sum(),
                            ofGroup.stream()
                                    .mapToInt(effect -> effect.leaving().size())
                                    .sum(),
                            worst));
        }
    }

    /**
     * Returns every n-th page of those that are labelled to be flagged, of all sets. Leaves out pages of plain text, on which
     * visitors see all markup.
     */
    static List<LabelledPage> flaggedPages(int nth, Predicate<LabelledPage> selected) {
        List<LabelledPage> pages = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .filter(page -> page.flagged() && !page.file().endsWith(".txt") && selected.test(page))
                .toList();
        return IntStream.range(0, pages.size())
                .filter(page -> page % nth == 0)
                .mapToObj(pages::get)
                .toList();
    }

    /**
     * Applies one addition at a time to each page, on all cores.
     *
     * @param onPage called after each page, by any thread
     */
    Result measure(List<LabelledPage> pages, Selection selection, Runnable onPage) {
        List<Trials> trials = IntStream.range(0, pages.size())
                .parallel()
                .mapToObj(page -> {
                    Trials ofPage = tryAll(pages.get(page), selection.of(page, languages.of(pages.get(page))));
                    onPage.run();
                    return ofPage;
                })
                .toList();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Trials ofPage : trials) {
            ofPage.outcomes().forEach((addition, left) -> {
                Tally tally = tallies.computeIfAbsent(addition.name(), name -> new Tally(addition));
                tally.pages++;
                if (left) {
                    tally.leaving.add(ofPage.file());
                }
            });
        }
        return new Result(
                (int) trials.stream().filter(Trials::flagged).count(),
                tallies.values().stream()
                        .map(tally -> new Effect(tally.addition, tally.pages, tally.leaving))
                        .toList());
    }

    /**
     * The additions to one page.
     *
     * @param flagged  whether the page is flagged without an addition
     * @param outcomes whether the page leaves, for each addition that changed it; empty if it is not flagged
     */
    private record Trials(String file, boolean flagged, Map<Addition, Boolean> outcomes) {}

    private static final class Tally {
        private final Addition addition;
        private final List<String> leaving = new ArrayList<>();
        private int pages;

        private Tally(Addition addition) {
            this.addition = addition;
        }
    }

    private Trials tryAll(LabelledPage page, List<Addition> additions) {
        Capture capture = page.capture();
        Map<Addition, Boolean> outcomes = new LinkedHashMap<>();
        boolean flagged = isFlagged(capture, capture.text());
        if (flagged) {
            for (Addition addition : additions) {
                String changed = addition.edit().apply(capture.text());
                if (!changed.equals(capture.text())) {
                    outcomes.put(addition, !isFlagged(capture, changed));
                }
            }
        }
        return new Trials(page.file(), flagged, outcomes);
    }

    private boolean isFlagged(Capture page, String markup) {
        byte[] bytes = encode(markup, Charset.forName(page.charset()));
        try {
            Disposition disposition = CaptureDecoder.decode(
                    page.finalUrl(),
                    new ByteArrayInputStream(bytes),
                    MAX_PAGE_BYTES,
                    page.contentType(),
                    Instant.EPOCH);
            return disposition instanceof Disposition.Fetched fetched
                    && analyser.analyse(fetched.capture()).flagged();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a byte array", e);
        }
    }

    /** Encodes markup; characters that the charset does not have become numeric character references. */
    private static byte[] encode(String markup, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(markup)) {
            return markup.getBytes(charset);
        }
        StringBuilder encodable = new StringBuilder(markup.length());
        markup.codePoints().forEach(c -> {
            String character = Character.toString(c);
            encodable.append(encoder.canEncode(character) ? character : "&#" + c + ";");
        });
        return encodable.toString().getBytes(charset);
    }
}
