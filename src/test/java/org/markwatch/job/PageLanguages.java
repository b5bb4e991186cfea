package org.markwatch.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.Passage;
import org.markwatch.text.EntrySpans;
import org.markwatch.text.EntryTrie;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconCategory.EntrySyntax;

/** Tells the language of labelled pages: that with the most entries of a lexicon in the visible text. For any number of threads. */
final class PageLanguages {
    private static final int FEW_LANGUAGES = 4;

    private final EntryTrie<String> entries;
    private final PageExtractor extractor = new PageExtractor();

    PageLanguages(Lexicon lexicon) {
        EntryTrie.Builder<String> builder = new EntryTrie.Builder<>();
        for (LexiconCategory category : LexiconCategory.values()) {
            if (category.entrySyntax() == EntrySyntax.EXPRESSIONS) {
                lexicon.languagesOf(category).forEach((entry, languages) -> {
                    if (languages.size() <= FEW_LANGUAGES && !languages.contains(Lexicon.ANY)) {
                        languages.forEach(language -> builder.add(entry, language));
                    }
                });
            }
        }
        entries = builder.build();
    }

    /** Returns the language by its code of ISO 639-1; English if no entry is found. */
    String of(LabelledPage page) {
        Map<String, Integer> votes = new TreeMap<>();
        for (Passage passage : extractor.extract(page.capture()).text().passages()) {
            if (!passage.hidden() && (passage.field() == Field.TEXT || passage.field() == Field.HEADING)) {
                EntrySpans<String> found = entries.scan(passage.text());
                for (int span = 0; span < found.size(); span++) {
                    votes.merge(found.id(span), 1, Integer::sum);
                }
            }
        }
        return votes.isEmpty()
                ? "en"
                : Collections.max(votes.entrySet(), Map.Entry.comparingByValue())
                        .getKey();
    }
}
