package org.markwatch.brand;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconCategory.EntrySyntax;

/** A {@link Lexicon}, compiled: what texts and words mean in any of its languages. Immutable; for any number of threads. */
final class CompiledLexicon {
    /** Categories that passages are read for. */
    private static final Set<LexiconCategory> OF_CLAUSES = EnumSet.of(
            LexiconCategory.PAYING,
            LexiconCategory.HANDING_OVER,
            LexiconCategory.CHARGED,
            LexiconCategory.WITH,
            LexiconCategory.ARTICLE,
            LexiconCategory.NOT,
            LexiconCategory.NOT_ONLY,
            LexiconCategory.DENIED,
            LexiconCategory.REFUSED_AFTER,
            LexiconCategory.IMPOSSIBLE,
            LexiconCategory.BUT,
            LexiconCategory.EXCEPT,
            LexiconCategory.AND_OR,
            LexiconCategory.IF,
            LexiconCategory.ACCEPTING,
            LexiconCategory.WHY,
            LexiconCategory.OTHER_WAY,
            LexiconCategory.OTHER_MARK,
            LexiconCategory.DEVICE,
            LexiconCategory.CARDS,
            LexiconCategory.ANY_CARD,
            LexiconCategory.CARD_WORD,
            LexiconCategory.CARDS_TAKEN,
            LexiconCategory.CARDS_TAKEN_BEHIND,
            LexiconCategory.ACCEPTED,
            LexiconCategory.CHOSEN,
            LexiconCategory.REDIRECTED,
            LexiconCategory.ONLY,
            LexiconCategory.YES,
            LexiconCategory.ASKED_AMOUNT,
            LexiconCategory.PAID_WITH,
            LexiconCategory.PAID_WHERE,
            LexiconCategory.AT_OURS,
            LexiconCategory.ORDER,
            LexiconCategory.ORDERING,
            LexiconCategory.TERMS,
            LexiconCategory.DELIVERY,
            LexiconCategory.METHOD_LIST,
            LexiconCategory.IN_PLACE,
            LexiconCategory.LEGAL_TEXT,
            LexiconCategory.WARNING,
            LexiconCategory.MADE_UP,
            LexiconCategory.ENDED,
            LexiconCategory.REPORTED,
            LexiconCategory.AT_WORK,
            LexiconCategory.GUIDE,
            LexiconCategory.SPENT,
            LexiconCategory.OTHERS,
            LexiconCategory.WHO_OTHERS_PAY,
            LexiconCategory.OUR,
            LexiconCategory.OF_MOST,
            LexiconCategory.TO_MERCHANTS,
            LexiconCategory.GATEWAYS,
            LexiconCategory.PAID_OUT,
            LexiconCategory.PAID_IN,
            LexiconCategory.LINKED,
            LexiconCategory.ADVERTISEMENT,
            LexiconCategory.SOON,
            LexiconCategory.GIVING,
            LexiconCategory.ASKING,
            LexiconCategory.CHARITY,
            LexiconCategory.FIRMS,
            LexiconCategory.MACHINE,
            LexiconCategory.ACCOUNT_HELD,
            LexiconCategory.AFTER_BRAND,
            LexiconCategory.COMPANY,
            LexiconCategory.LAST_DIGITS,
            LexiconCategory.EXPIRES);

    /** As many as the rules in force, those with examples and those of near misses need. */
    private static final int MOST_KEPT = 4;
    /** Those compiled last: most rulesets have the same lexicon, whose entries are most of what is compiled. */
    private static final Deque<SoftReference<CompiledLexicon>> KEPT = new ArrayDeque<>();

    private final Lexicon lexicon;
    /** Categories that passages are read for. */
    private final Set<LexiconCategory> read;
    /** Folded, as are the words that are asked about. */
    private final Map<LexiconCategory, Set<String>> words = new EnumMap<>(LexiconCategory.class);
    /** Of these, what stands inside runs of letters. */
    private final Map<LexiconCategory, List<String>> inRuns = new EnumMap<>(LexiconCategory.class);

    /** Finds the entries of clauses in texts. */
    final WordingTrie trie;

    private CompiledLexicon(Lexicon lexicon, Set<LexiconCategory> read) {
        this.lexicon = lexicon;
        this.read = read;
        for (LexiconCategory category : LexiconCategory.values()) {
            if (category.entrySyntax() != EntrySyntax.EXPRESSIONS) {
                Set<String> folded = new HashSet<>();
                lexicon.entriesOf(category).forEach(entry -> folded.add(Folding.fold(entry)));
                words.put(category, folded);
                inRuns.put(
                        category,
                        folded.stream().filter(CompiledLexicon::isUnspaced).toList());
            }
        }
        trie = new WordingTrie(lexicon, read);
    }

    /**
     * Returns a lexicon, compiled; one of the last ones, if the lexicon is the same object.
     *
     * @param grouped more categories that passages are read for; none is of claims
     */
    static CompiledLexicon of(Lexicon lexicon, Set<LexiconCategory> grouped) {
        Set<LexiconCategory> read = EnumSet.copyOf(OF_CLAUSES);
        read.addAll(grouped);
        synchronized (KEPT) {
            for (SoftReference<CompiledLexicon> one : KEPT) {
                CompiledLexicon kept = one.get();
                if (kept != null && kept.lexicon == lexicon && kept.read.equals(read)) {
                    return kept;
                }
            }
            CompiledLexicon compiled = new CompiledLexicon(lexicon, read);
            KEPT.addFirst(new SoftReference<>(compiled));
            if (KEPT.size() > MOST_KEPT) {
                KEPT.removeLast();
            }
            return compiled;
        }
    }

    /** Whether a word is of a script without spaces, in which words stand inside runs of letters. */
    static boolean isUnspaced(String word) {
        return Folding.CLASSES[word.charAt(0)] == Folding.UNSPACED;
    }

    /** Returns the entries of categories as they are written. */
    List<String> entries(LexiconCategory... categories) {
        List<String> all = new ArrayList<>();
        for (LexiconCategory category : categories) {
            all.addAll(lexicon.entriesOf(category));
        }
        return all;
    }

    /** Whether a folded word, or in scripts without spaces a part of it, is an entry of the category. */
    boolean has(LexiconCategory category, String word) {
        return folded(category).contains(word)
                || !word.isEmpty()
                        && isUnspaced(word)
                        && inRuns.getOrDefault(category, List.of()).stream().anyMatch(word::contains);
    }

    /** Returns the words or phrases of a category, folded. */
    Set<String> folded(LexiconCategory category) {
        Set<String> folded = words.get(category);
        if (folded == null) {
            throw new IllegalArgumentException(category + " has expressions, no words");
        }
        return folded;
    }
}
