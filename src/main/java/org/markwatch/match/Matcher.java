package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.Evidence;
import org.markwatch.brand.UseCandidate;
import org.markwatch.brand.WeighedImpersonation;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;

/**
 * Every brand and indicator of a watchlist, compiled to be found in pages.
 *
 * <p>Compiled once for a ruleset and a day, then unchanged; one serves all threads. A page is folded once and gone through
 * once for whole words and once for each automaton, however many rules there are: {@link CompiledRules} has what is looked for,
 * {@link PageSearch} looks through one page.
 */
public final class Matcher {
    /** Characters of the longest page that buffers are kept for. */
    private static final int MOST_KEPT = 1 << 18;

    private final CompiledRules rules;
    /** Buffers that no thread uses now: to make them for each page would cost as much as to read a short one. */
    private final Queue<PageSearch.Buffers> idle = new ConcurrentLinkedQueue<>();

    private Matcher(CompiledRules rules) {
        this.rules = rules;
    }

    /**
     * Compiles what is in force: indicators in state live or background that are valid on the day. Background ones are found
     * like all others, with a weight of 0.
     *
     * @param today the day in UTC for validity and for grants of merchants
     * @throws IllegalArgumentException if a pattern cannot be compiled; names the rule
     */
    public static Matcher compile(Watchlist watchlist, LocalDate today) {
        List<Indicator> inForce = watchlist.indicators().stream()
                .filter(indicator -> notInForce(indicator, today) == null)
                .toList();
        return new Matcher(new CompiledRules(watchlist, inForce, true, today));
    }

    /** Compiles indicators as if all of them were in force, and no uses of brands. */
    static Matcher ofIndicators(Watchlist watchlist, LocalDate today) {
        return new Matcher(new CompiledRules(watchlist, watchlist.indicators(), false, today));
    }

    /** Why an indicator is not looked for on a day, or null if it is. */
    static @Nullable String notInForce(Indicator indicator, LocalDate today) {
        if (indicator.state() == Indicator.State.DRAFT) {
            return "a draft";
        }
        if (indicator.state() == Indicator.State.RETIRED) {
            return "retired";
        }
        LocalDate from = indicator.validFrom();
        if (from != null && from.isAfter(today)) {
            return "valid from " + from + " on";
        }
        LocalDate until = indicator.validUntil();
        return until != null && until.isBefore(today) ? "valid until " + until + " only" : null;
    }

    /**
     * Finds every rule in a page, ordered by field, place and rule.
     *
     * @return immutable; of one rule at one place only one
     */
    public List<Match> match(PageText page) {
        return find(page).matches();
    }

    /** As {@link #match}, and how many there were beyond those that are kept. */
    public PageMatches find(PageText page) {
        PageSearch.Buffers buffers = idle.poll();
        if (buffers == null) {
            buffers = new PageSearch.Buffers();
        }
        PageMatches found = new PageSearch(rules, page, buffers).run();
        if (buffers.page.capacity() <= MOST_KEPT) {
            idle.offer(buffers);
        }
        return found;
    }

    /**
     * Returns the features and evidence of impersonation of each brand that a page names or shows; empty on an official host.
     * For the fit of their points.
     */
    public List<WeighedImpersonation> impersonations(PageText page) {
        return new PageSearch(rules, page, new PageSearch.Buffers()).impersonations();
    }

    /**
     * Returns what counts for and against each brand that the page may accept or impersonate: of acceptance the strongest
     * claim, of impersonation all brands that are named or shown. Empty on an official host.
     */
    public List<Evidence> evidence(PageText page) {
        return new PageSearch(rules, page, new PageSearch.Buffers()).evidence();
    }

    /** Returns the candidates for acceptance and logos on a page, by brand id; for the fit of the points of features. */
    public Map<String, List<UseCandidate>> candidates(PageText page) {
        return new PageSearch(rules, page, new PageSearch.Buffers()).candidates();
    }

    /** The page as it may be shown: a dot for each character that a restricted indicator was found in. */
    public PageText shown(PageText page) {
        return rules.restricts ? new PageSearch(rules, page, new PageSearch.Buffers()).shown() : page;
    }

    /**
     * Tries the examples of every indicator that is not retired: all of {@code match} must be found and none of {@code noMatch}.
     *
     * @return a fault for each example that is not as it should be, in the order of the watchlist
     */
    public static List<Fault> exampleFaults(Watchlist watchlist, LocalDate today) {
        List<Indicator> tried = watchlist.indicators().stream()
                .filter(indicator -> indicator.state() != Indicator.State.RETIRED)
                .toList();
        Matcher matcher = new Matcher(new CompiledRules(watchlist, tried, true, today));
        List<Fault> faults = new ArrayList<>();
        for (Indicator indicator : tried) {
            matcher.examples(watchlist, indicator, indicator.match(), true, faults);
            matcher.examples(watchlist, indicator, indicator.noMatch(), false, faults);
        }
        return faults;
    }

    /**
     * Rules that cost far more than others: regular expressions for which each passage of each page is read, since they have no string
     * that every match has, or one that may begin inside a word.
     *
     * @return their names, in the order of the watchlist; those of restricted ones not
     */
    public static List<String> costly(Watchlist watchlist) {
        return watchlist.indicators().stream()
                .filter(indicator -> indicator.type() == Indicator.Type.REGEX
                        && indicator.state() != Indicator.State.RETIRED
                        && !indicator.isMasked()
                        && new RegexRule(indicator.rule(), indicator.pattern())
                                .literals()
                                .areSoughtEverywhere())
                .map(Indicator::rule)
                .toList();
    }

    private void examples(
            Watchlist watchlist, Indicator indicator, List<String> examples, boolean wanted, List<Fault> faults) {
        for (int i = 0; i < examples.size(); i++) {
            String example = examples.get(i);
            PageText page = Examples.page(indicator, example);
            boolean found = match(page).stream().anyMatch(match -> match.rule().equals(indicator.rule()));
            if (found != wanted) {
                faults.add(watchlist.exampleFault(
                        indicator,
                        (wanted ? "match" : "no_match") + "[" + i + "]",
                        indicator.isMasked() ? "" : shortened(example),
                        wanted
                                ? "the pattern does not find this example; change the pattern or the example"
                                : "the pattern finds this example and must not; change the pattern or the example"));
            }
        }
    }

    private static String shortened(String example) {
        String clean = example.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= 60 ? clean : clean.substring(0, 57) + "...";
    }
}
