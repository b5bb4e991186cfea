package org.markwatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;

/** Tries the regular expressions of one passage around the literals that were found in it. For one thread. */
final class ExpressionSearch {
    private static final Comparator<LiteralHit> IN_ORDER =
            Comparator.comparingInt(LiteralHit::indicator).thenComparingInt(LiteralHit::start);

    private final CompiledRules rules;
    private final List<LiteralHit> literals = new ArrayList<>();

    /** Where a literal of a regular expression stands in the folded text. */
    private record LiteralHit(int indicator, int start, int end) {}

    /** Takes a match of an indicator at a place of the folded text. */
    interface MatchSink {
        void add(int indicator, int start, int end);
    }

    ExpressionSearch(CompiledRules rules) {
        this.rules = rules;
    }

    void begin() {
        literals.clear();
    }

    void literal(int indicator, int start, int end) {
        literals.add(new LiteralHit(indicator, start, end));
    }

    /** Tries an expression that has no literal. */
    void everywhere(int indicator, FoldedText text, MatchSink sink) {
        search(indicator, text, 0, Math.min(text.length(), RegexRule.BOUND), sink);
    }

    /** Tries all whose literals were found. Windows of one expression that overlap are searched as one. */
    void search(FoldedText text, MatchSink sink) {
        literals.sort(IN_ORDER);
        int at = 0;
        while (at < literals.size()) {
            LiteralHit first = literals.get(at);
            RegexRule regex = Objects.requireNonNull(rules.regexes[first.indicator]);
            int reach = regex.reach();
            int reachBack = regex.literals().lead() ? 0 : reach;
            int from = Math.max(0, first.start - reachBack);
            int to = first.end + reach;
            at++;
            while (at < literals.size()
                    && literals.get(at).indicator == first.indicator
                    && literals.get(at).start - reachBack <= to) {
                to = Math.max(to, literals.get(at).end + reach);
                at++;
            }
            search(first.indicator, text, from, to, sink);
        }
    }

    private void search(int indicator, FoldedText text, int from, int to, MatchSink sink) {
        RegexRule regex = rules.regexes[indicator];
        if (regex != null && (!regex.literals().needsDigit() || text.has(Folding.DIGIT | Folding.FOREIGN_LETTER))) {
            regex.search(text, from, to, (target, start, end) -> sink.add(indicator, start, end));
        }
    }
}
