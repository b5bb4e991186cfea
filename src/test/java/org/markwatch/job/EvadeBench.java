package org.markwatch.job;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.markwatch.extract.LabelledPage;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/**
 * {@code scripts/bench evade}: adds one thing at a time to the flagged labelled pages and counts the pages that leave
 * the review queue. Exits with 1 if an addition exceeds the aim of its group.
 */
final class EvadeBench {
    private EvadeBench() {}

    /** Arguments: job-config folder, n to measure every n-th page, and a label to measure pages with that label only. */
    public static void main(String[] args) throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(Path.of(args[0]));
        List<LabelledPage> pages = Evasion.flaggedPages(
                Integer.parseInt(args[1]),
                page -> args.length < 3 || page.label().equals(args[2]));
        Map<String, List<Addition>> additions = new ConcurrentHashMap<>();
        Map<String, Integer> languages = new ConcurrentSkipListMap<>();
        Progress progress = new Progress(pages.size());
        Evasion.Result result = new Evasion(watchlist)
                .measure(
                        pages,
                        (index, language) -> {
                            languages.merge(language, 1, Integer::sum);
                            return additions.computeIfAbsent(language, one -> Additions.all(watchlist, one));
                        },
                        progress::pageDone);
        progress.clear();

        System.out.printf(
                "%d of %d pages are flagged; %d additions, one at a time%n",
                result.pages(), pages.size(), result.effects().size());
        System.out.printf("pages by language, of which the lexicon entries are: %s%n%n", languages);
        boolean met = printSummaries(result);
        printEffects(result);
        if (!met) {
            System.exit(1);
        }
    }

    /** Returns whether all groups meet their aims. */
    private static boolean printSummaries(Evasion.Result result) {
        List<Evasion.Summary> summaries = Stream.of(Addition.Group.values())
                .map(result::summary)
                .flatMap(Optional::stream)
                .toList();
        System.out.printf("%-32s %7s %8s %8s %8s %5s  %s%n", "", "leave", "tried", "mean", "worst", "aim", "worst by");
        for (Evasion.Summary summary : summaries) {
            System.out.printf(
                    "%-32s %7d %8d %6.2f %% %6.1f %% %5s  %s%n",
                    summary.group().label(),
                    summary.leaving(),
                    summary.tried(),
                    summary.meanPercent(),
                    summary.worst().percent(),
                    summary.group().hasAim() ? summary.group().maxPercent() + " %" : "-",
                    summary.leaving() == 0 ? "-" : summary.worst().addition().name());
        }
        return summaries.stream().allMatch(Evasion.Summary::meetsAim);
    }

    private static void printEffects(Evasion.Result result) {
        System.out.printf("%n%7s  %-10s %-52s %s%n", "leave", "", "addition", "first page");
        result.effects().stream()
                .filter(effect -> !effect.leaving().isEmpty())
                .sorted(Comparator.comparingInt(
                        (Evasion.Effect effect) -> -effect.leaving().size()))
                .forEach(effect -> System.out.printf(
                        "%7d  %-10s %-52s %s%n",
                        effect.leaving().size(),
                        switch (effect.addition().group()) {
                            case UNSEEN -> "unseen";
                            case SENTENCE -> "sentence";
                            case BLOCK -> "block";
                        },
                        effect.addition().name(),
                        effect.leaving().getFirst()));
    }

    /** A line on the terminal with the number of pages done; nothing if there is no terminal. */
    private static final class Progress {
        private final boolean shown =
                System.console() != null && System.console().isTerminal();
        private final AtomicInteger done = new AtomicInteger();
        private final int pages;

        Progress(int pages) {
            this.pages = pages;
        }

        void pageDone() {
            if (shown) {
                System.err.printf("\r%d of %d pages", done.incrementAndGet(), pages);
            }
        }

        void clear() {
            if (shown) {
                System.err.print("\r" + " ".repeat(40) + "\r");
            }
        }
    }
}
