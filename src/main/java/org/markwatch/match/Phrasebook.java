package org.markwatch.match;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Expression;
import org.markwatch.text.Expression.Span;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconCategory.EntrySyntax;

/** A {@link Lexicon}, compiled: what texts and words mean in any of its languages. Unchanged once made; for any number of threads. */
final class Phrasebook {
    private final Lexicon wording;
    private final Map<LexiconCategory, Expression> expressions = new EnumMap<>(LexiconCategory.class);
    /** Folded, as are the words that are asked about. */
    private final Map<LexiconCategory, Set<String>> words = new EnumMap<>(LexiconCategory.class);
    /** Of these, what stands inside runs of letters. */
    private final Map<LexiconCategory, List<String>> inRuns = new EnumMap<>(LexiconCategory.class);

    final PaymentWords paymentWords;
    final PayingClauses clauses;
    final HolderClauses holders;

    Phrasebook(Lexicon wording) {
        this.wording = wording;
        for (LexiconCategory meaning : LexiconCategory.values()) {
            List<String> entries = wording.entriesOf(meaning);
            if (meaning.entrySyntax() == EntrySyntax.EXPRESSIONS) {
                expressions.put(meaning, new Expression(entries));
            } else {
                Set<String> folded = new HashSet<>();
                entries.forEach(entry -> folded.add(Folding.fold(entry)));
                words.put(meaning, folded);
                inRuns.put(
                        meaning, folded.stream().filter(Expression::isUnspaced).toList());
            }
        }
        paymentWords = new PaymentWords(this);
        clauses = new PayingClauses(this);
        holders = new HolderClauses(this);
    }

    /** Entries as they are written. */
    List<String> entries(LexiconCategory meaning) {
        return wording.entriesOf(meaning);
    }

    /** Entries of several meanings, as they are written. */
    List<String> entries(LexiconCategory... meanings) {
        List<String> all = new ArrayList<>();
        for (LexiconCategory meaning : meanings) {
            all.addAll(wording.entriesOf(meaning));
        }
        return all;
    }

    /** Whether a text has an expression of the meaning. */
    boolean says(LexiconCategory meaning, String text) {
        return expression(meaning).isIn(text);
    }

    /** The first expression of the meaning between two places of a text, or null. */
    @Nullable
    Span next(LexiconCategory meaning, String text, int from, int to) {
        return expression(meaning).next(text, from, to);
    }

    private Expression expression(LexiconCategory meaning) {
        Expression expression = expressions.get(meaning);
        if (expression == null) {
            throw new IllegalArgumentException(meaning + " has words, no expressions");
        }
        return expression;
    }

    /** Whether a folded word, or in scripts without spaces a part of it, is one of the meaning. */
    boolean has(LexiconCategory meaning, String word) {
        return folded(meaning).contains(word)
                || !word.isEmpty()
                        && Expression.isUnspaced(word)
                        && inRuns.getOrDefault(meaning, List.of()).stream().anyMatch(word::contains);
    }

    /** The words or phrases of a meaning, folded. */
    Set<String> folded(LexiconCategory meaning) {
        Set<String> folded = words.get(meaning);
        if (folded == null) {
            throw new IllegalArgumentException(meaning + " has expressions, no words");
        }
        return folded;
    }
}
