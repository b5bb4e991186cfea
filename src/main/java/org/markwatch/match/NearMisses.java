package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.text.FoldedText;
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

    /** Every indicator as it would be found if it were in force, or looked elsewhere. */
    private final Matcher otherwise;

    private final Map<String, String> reasons = new HashMap<>();
    private final NearPhrases phrases = new NearPhrases();
    private final NearExpressions expressions;

    /** @param today the day in UTC for validity */
    public NearMisses(Watchlist watchlist, LocalDate today) {
        List<Indicator> variants = new ArrayList<>();
        List<Indicator> regexes = new ArrayList<>();
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
                phrases.add(indicator);
            } else if (indicator.type() == Type.REGEX) {
                regexes.add(indicator);
            }
        }
        expressions = new NearExpressions(regexes);
        otherwise = Matcher.ofIndicators(
                new Watchlist(
                        watchlist.settings(),
                        watchlist.seeds(),
                        watchlist.brands(),
                        variants,
                        watchlist.policy(),
                        watchlist.lexicon(),
                        watchlist.evidence(),
                        watchlist.rulesetSha256(),
                        null),
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
                String why = NearMiss.quoted(match.text()) + " is there; the rule is "
                        + (reason.isEmpty() ? "not looked for in " + NearMiss.label(match.field()) : reason);
                nearly.putIfAbsent(rule, new NearMiss(rule, why));
            }
        }
        NearPhrases.Search nearPhrases = phrases.new Search();
        NearExpressions.Search nearExpressions = expressions.new Search();
        FoldedText text = new FoldedText();
        for (Passage passage : page.passages()) {
            text.fold(passage.text());
            nearPhrases.read(passage.field(), text);
            nearExpressions.read(passage.field(), text);
        }
        Stream.of(nearPhrases.misses(), nearExpressions.misses())
                .flatMap(List::stream)
                .filter(miss -> !fired.contains(miss.rule()))
                .forEach(miss -> nearly.putIfAbsent(miss.rule(), miss));
        return nearly.values().stream().limit(MOST).toList();
    }
}
