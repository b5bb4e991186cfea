package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Indicator.Type;
import org.markwatch.watchlist.Watchlist;

/**
 * Indicators that nearly fired on a page, for people who write rules: not in force, found outside of their scope, a phrase but
 * for one word, an expression of which only the literal is there.
 *
 * <p>Kept apart from {@link Matcher} so that a crawl pays nothing for it. Immutable, for any number of threads.
 */
public final class NearMisses {
    /** The most that are told of a page. */
    private static final int MOST = 30;

    private static final int FEWEST_WORDS = 3;
    private static final int SHORTEST_LITERAL = 5;
    private static final int LONGEST_QUOTE = 80;

    /** Every indicator as it would be found if it were in force, or looked elsewhere. */
    private final Matcher otherwise;

    private final Map<String, String> reasons = new HashMap<>();
    private final List<Phrase> phrases = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();

    /** A phrase of several words, folded. */
    private record Phrase(Indicator indicator, List<String> words) {}

    private record Expression(Indicator indicator, List<String> literals) {}

    /** @param today the day in UTC for validity */
    public NearMisses(Watchlist watchlist, LocalDate today) {
        List<Indicator> variants = new ArrayList<>();
        for (Indicator indicator : watchlist.indicators()) {
            if (indicator.isMasked()) {
                continue; // that it nearly fired would tell what it looks for
            }
            String missing = Matcher.notInForce(indicator, today);
            if (missing != null) {
                reasons.put(indicator.rule(), missing);
                variants.add(variant(indicator, indicator.scope()));
                continue;
            }
            Set<Field> elsewhere = EnumSet.allOf(Field.class);
            elsewhere.removeAll(indicator.scope());
            if (indicator.type() == Type.PHRASE || indicator.type() == Type.REGEX || indicator.type() == Type.HOST) {
                if (!elsewhere.isEmpty()) {
                    reasons.put(indicator.rule(), "");
                    variants.add(variant(indicator, elsewhere));
                }
            }
            if (indicator.type() == Type.PHRASE) {
                List<String> words = words(indicator.pattern());
                if (words.size() >= FEWEST_WORDS && !indicator.pattern().contains("{")) {
                    phrases.add(new Phrase(indicator, words));
                }
            } else if (indicator.type() == Type.REGEX) {
                List<String> literals = new RegexRule(indicator.rule(), indicator.pattern())
                        .literals()
                        .strings();
                expressions.add(new Expression(
                        indicator,
                        literals.stream()
                                .filter(literal -> literal.length() >= SHORTEST_LITERAL)
                                .toList()));
            }
        }
        otherwise = Matcher.compile(
                new Watchlist(
                        watchlist.settings(),
                        watchlist.seeds(),
                        watchlist.brands(),
                        variants,
                        watchlist.policy(),
                        watchlist.rulesetSha256()),
                today);
    }

    private static Indicator variant(Indicator indicator, Set<Field> scope) {
        return new Indicator(
                indicator.id(),
                indicator.version(),
                indicator.type(),
                indicator.pattern(),
                indicator.group(),
                indicator.weight(),
                scope,
                indicator.language(),
                Indicator.State.LIVE,
                null,
                null,
                indicator.source(),
                List.of(),
                List.of());
    }

    /**
     * What nearly fired.
     *
     * @param matches what did fire on the page
     * @return one a rule, at most {@value #MOST}
     */
    public List<NearMiss> of(PageText page, List<Match> matches) {
        Set<String> fired =
                matches.stream().map(match -> Match.plainRule(match.rule())).collect(Collectors.toSet());
        Map<String, NearMiss> nearly = new LinkedHashMap<>();
        for (Match match : otherwise.match(page)) {
            String rule = Match.plainRule(match.rule());
            String reason = reasons.get(rule);
            if (reason != null && !fired.contains(rule)) {
                String why = quoted(match.text()) + " is there; the rule is "
                        + (reason.isEmpty() ? "not looked for in " + label(match.field()) : reason);
                nearly.putIfAbsent(rule, new NearMiss(rule, why));
            }
        }
        Folded folded = new Folded(page);
        phrases.forEach(phrase -> add(phrase.indicator, folded.allButOne(phrase), fired, nearly));
        expressions.forEach(one -> add(one.indicator, folded.literal(one), fired, nearly));
        return nearly.values().stream().limit(MOST).toList();
    }

    private static void add(
            Indicator indicator, @Nullable String why, Set<String> fired, Map<String, NearMiss> nearly) {
        if (why != null && !fired.contains(indicator.rule())) {
            nearly.putIfAbsent(indicator.rule(), new NearMiss(indicator.rule(), why));
        }
    }

    private static String label(Field field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE - 1) + "…") + "'";
    }

    private static List<String> words(String text) {
        FoldedText folded = new FoldedText();
        folded.fold(text);
        return words(folded);
    }

    private static List<String> words(FoldedText folded) {
        Words words = folded.words();
        List<String> list = new ArrayList<>(words.count);
        for (int w = 0; w < words.count; w++) {
            list.add(folded.subSequence(words.start(w), words.end(w)).toString());
        }
        return list;
    }

    /** The passages of a page, folded and in words. */
    private static final class Folded {
        private final List<Piece> pieces = new ArrayList<>();
        private final Set<String> words = new HashSet<>();

        private record Piece(Field field, String text, List<String> words) {}

        Folded(PageText page) {
            FoldedText folded = new FoldedText();
            for (Passage passage : page.passages()) {
                folded.fold(passage.text());
                Piece piece = new Piece(passage.field(), folded.toString(), NearMisses.words(folded));
                pieces.add(piece);
                words.addAll(piece.words);
            }
        }

        /** Where all words of a phrase but one stand, or null. */
        @Nullable
        String allButOne(Phrase phrase) {
            List<String> wanted = phrase.words;
            if (wanted.stream().filter(words::contains).count() < wanted.size() - 1) {
                return null;
            }
            for (Piece piece : pieces) {
                if (phrase.indicator.scope().contains(piece.field)) {
                    for (int at = 0; at < piece.words.size(); at++) {
                        int length = lengthOfNear(piece.words, at, wanted);
                        if (length > 0) {
                            String found = String.join(" ", piece.words.subList(at, at + length));
                            return quoted(found) + " has all but one word of '" + phrase.indicator.pattern() + "'";
                        }
                    }
                }
            }
            return null;
        }

        /**
         * Words from a place on that become the phrase when one is changed, left out or put in; 0 if none do. The first word
         * counts as found only if it is the phrase's first or second.
         */
        private static int lengthOfNear(List<String> text, int at, List<String> phrase) {
            int n = phrase.size();
            int same = 0;
            while (same < n && at + same < text.size() && text.get(at + same).equals(phrase.get(same))) {
                same++;
            }
            if (same == n) {
                return 0;
            }
            if (rest(text, at + same + 1, phrase, same + 1)) {
                return n;
            }
            if (same > 0 && rest(text, at + same, phrase, same + 1)) {
                return n - 1;
            }
            return same > 0 && rest(text, at + same + 1, phrase, same) ? n + 1 : 0;
        }

        private static boolean rest(List<String> text, int at, List<String> phrase, int from) {
            int left = phrase.size() - from;
            return at + left <= text.size() && text.subList(at, at + left).equals(phrase.subList(from, phrase.size()));
        }

        /** A literal of an expression that is there although the expression is not, or null. */
        @Nullable
        String literal(Expression expression) {
            for (String literal : expression.literals) {
                for (Piece piece : pieces) {
                    if (expression.indicator.scope().contains(piece.field) && piece.text.contains(literal)) {
                        return quoted(literal) + " is in " + label(piece.field)
                                + "; the expression does not match around it";
                    }
                }
            }
            return null;
        }
    }
}
