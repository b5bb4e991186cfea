package org.markwatch.score;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.markwatch.brand.BrandHosts;
import org.markwatch.brand.BrandHosts.Grant;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.NearMiss;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;

/**
 * Scores a page: turns its matches into points with reasons, as the policy defines.
 *
 * <p>A rule gives its points once a page; the reason holds the number of its matches. The points of a group add up to
 * the cap of the group. Groups are independent of each other. Negative context subtracts points up to the cap of its
 * own group. The same matches always give the same finding. Immutable and thread-safe.
 */
public final class Scorer {
    /** The kinds of brand use, strongest first. */
    private static final List<Kind> STRONGEST =
            List.of(Kind.IMPERSONATION, Kind.LOOKALIKE_HOST, Kind.ACCEPTANCE, Kind.LOGO, Kind.ASSET, Kind.MENTION);

    /** Kinds that are queued whatever else the page says. */
    private static final Set<Kind> QUEUED =
            EnumSet.of(Kind.ACCEPTANCE, Kind.IMPERSONATION, Kind.LOOKALIKE_HOST, Kind.ASSET);

    private static final Set<Kind> CLAIMS = EnumSet.of(Kind.ACCEPTANCE, Kind.LOGO, Kind.MENTION);

    /** Types whose matches contain numbers that change while the claim stays the same. */
    private static final Set<Indicator.Type> NEUTRAL_DIGITS =
            EnumSet.of(Indicator.Type.REGEX, Indicator.Type.PRICE, Indicator.Type.SELECTOR);

    private final Policy policy;
    private final String rulesetSha256;
    private final BrandHosts hosts;
    private final Map<String, Indicator.Type> types;

    /** @param today the day (UTC) on which the grants of authorised merchants must be valid */
    public Scorer(Watchlist watchlist, LocalDate today) {
        policy = watchlist.policy();
        rulesetSha256 = watchlist.rulesetSha256();
        hosts = new BrandHosts(watchlist.brands(), today);
        types = watchlist.indicators().stream()
                .collect(Collectors.toUnmodifiableMap(Indicator::rule, Indicator::type, (a, b) -> a));
    }

    /**
     * Scores a page.
     *
     * @param url      final URL of the page
     * @param title    its title, or empty
     * @param language its language, or empty
     * @param matches  matches on the page, in any order
     */
    public Finding score(HttpUrl url, String title, String language, List<Match> matches) {
        String host = url.host();
        List<Brand> owners = hosts.official(host);
        List<Grant> grants = hosts.grants(host);
        Set<String> granted = new HashSet<>();
        grants.forEach(grant -> granted.add(grant.brand().id()));

        // a suppressed finding keeps the reasons and points it has without the suppression
        if (!owners.isEmpty()) {
            String suppressed = "official host of "
                    + owners.stream().map(Brand::name).distinct().collect(Collectors.joining(", "));
            return weigh(url, title, language, matches, matches, suppressed);
        }
        List<Match> counted =
                matches.stream().filter(match -> !isGranted(match, granted)).toList();
        Finding finding = weigh(url, title, language, matches, counted, "");
        boolean marksLeft = counted.stream().anyMatch(match -> isBrandUse(match) && match.kind() != Kind.MENTION);
        if (grants.isEmpty() || finding.flagged() || marksLeft) {
            return finding;
        }
        String suppressed = grants.stream().map(Scorer::describe).distinct().collect(Collectors.joining("; "));
        return weigh(url, title, language, matches, matches, suppressed);
    }

    /** Largest distance from the review threshold or the next band, in points, that is reported as a near miss. */
    private static final int NEAR_POINTS = 10;

    /**
     * Returns what narrowly kept a page from the queue or from the next band, and what was not counted, by key of the
     * policy.
     *
     * @param finding a finding of this scorer, with its matches
     */
    public List<NearMiss> nearly(Finding finding) {
        String host = finding.url().host();
        List<NearMiss> nearly = new ArrayList<>();
        List<Grant> grants = hosts.grants(host);
        if (!finding.suppressed().isEmpty()) {
            nearly.add(new NearMiss("suppressed", finding.suppressed()));
        }
        Set<String> uncounted = new TreeSet<>();
        for (Grant grant : grants) {
            for (Match match : finding.matches()) {
                boolean isNew = isGranted(match, Set.of(grant.brand().id())) && uncounted.add(match.rule());
                if (isNew && finding.suppressed().isEmpty()) {
                    nearly.add(new NearMiss(match.rule(), "not counted: " + describe(grant)));
                }
            }
        }
        List<Match> counted = finding.matches().stream()
                .filter(match -> !uncounted.contains(match.rule())
                        || !finding.suppressed().isEmpty())
                .toList();
        PointTotals totals = new PointTotals(strongestClaims(rules(counted)));
        int missing = policy.reviewFrom() - totals.positivePoints();
        if (!finding.flagged() && missing > 0 && missing <= NEAR_POINTS) {
            nearly.add(new NearMiss("review_from", missing + " points below " + policy.reviewFrom()));
        } else if (missing <= 0 && !finding.flagged() && !totals.hasMoreThanMentions()) {
            nearly.add(new NearMiss("review_from", "enough points, but only brands that are named"));
        }
        nextBand(finding, totals, nearly);
        if (finding.score() > 0 && !nearly.isEmpty()) {
            totals.positive.forEach((group, fired) -> addCapReached(group, fired, nearly));
        }
        totals.negative.forEach((group, fired) -> {
            int subtracted = totals.capped(group, PointTotals.sum(fired));
            if (finding.flagged()
                    && !severity(finding.score() + subtracted, totals.groups()).equals(finding.severity())) {
                nearly.add(new NearMiss(
                        "groups." + group, "took " + subtracted + " points; without it the severity is higher"));
            }
        });
        return nearly;
    }

    private void addCapReached(String group, List<ScoredRule> fired, List<NearMiss> nearly) {
        Policy.Group rule = policy.groups().get(group);
        int all = PointTotals.sum(fired);
        if (rule != null && all > rule.cap()) {
            nearly.add(new NearMiss(
                    "groups." + group, "cap " + rule.cap() + " held back " + (all - rule.cap()) + " points"));
        }
    }

    private void nextBand(Finding finding, PointTotals totals, List<NearMiss> nearly) {
        if (finding.score() < policy.reviewFrom()) {
            return;
        }
        for (Policy.Band band : policy.bands()) {
            int missing = band.from() - finding.score();
            if (missing > 0) {
                if (missing <= NEAR_POINTS) {
                    nearly.add(new NearMiss("bands." + band.severity(), missing + " points below " + band.from()));
                }
                return;
            }
            if (totals.groups() < band.minGroups()) {
                nearly.add(new NearMiss(
                        "bands." + band.severity(),
                        "enough points, but from " + totals.groups() + " of " + band.minGroups() + " groups"));
                return;
            }
        }
    }

    /** A grant permits a merchant to show the mark. It never permits impersonation. */
    private static boolean isGranted(Match match, Set<String> granted) {
        return match.brand() != null && granted.contains(match.brand()) && match.kind() != Kind.IMPERSONATION;
    }

    private static boolean isBrandUse(Match match) {
        return match.kind() != Kind.INDICATOR;
    }

    private static String describe(Grant grant) {
        return "authorised merchant of " + grant.brand().name() + " (granted by " + grant.owner()
                + (grant.until() == null ? "" : ", until " + grant.until()) + ")";
    }

    private Finding weigh(
            HttpUrl url, String title, String language, List<Match> matches, List<Match> counted, String suppressed) {
        Collection<ScoredRule> fired = rules(counted);
        PointTotals totals = new PointTotals(strongestClaims(fired));
        int score = totals.score();
        int groups = totals.groups();
        List<Reason> reasons = totals.reasons(fired);
        boolean claims = counted.stream().anyMatch(match -> QUEUED.contains(match.kind()) && match.weight() > 0);
        boolean flagged = suppressed.isEmpty()
                && (claims || totals.positivePoints() >= policy.reviewFrom() && totals.hasMoreThanMentions());
        List<Finding.BrandUse> uses = brandUses(counted);
        return new Finding(
                url,
                title,
                language,
                score,
                flagged && score < policy.reviewFrom()
                        ? policy.bands().getFirst().severity()
                        : severity(score, groups),
                flagged ? lane(uses, totals) : Finding.NONE,
                flagged,
                suppressed,
                uses,
                reasons,
                matches.stream().sorted(BY_PLACE).toList(),
                rulesetSha256,
                evidenceSha256(counted));
    }

    private static final Comparator<Match> BY_PLACE = Comparator.comparing(Match::field)
            .thenComparingInt(Match::start)
            .thenComparingInt(Match::end)
            .thenComparing(Match::rule);

    /** A rule with matches, and the match to show: the one with the largest weight, then the first. */
    private record ScoredRule(Match shown, int count) {
        int weight() {
            return shown.weight();
        }

        String brand() {
            return Objects.requireNonNullElse(shown.brand(), "");
        }

        boolean isClaim() {
            return CLAIMS.contains(shown.kind());
        }
    }

    private static Collection<ScoredRule> rules(List<Match> matches) {
        Map<String, ScoredRule> byRule = new TreeMap<>();
        for (Match match : matches.stream().sorted(BY_PLACE).toList()) {
            if (match.weight() != 0) {
                byRule.merge(
                        match.rule(),
                        new ScoredRule(match, 1),
                        (one, other) -> new ScoredRule(
                                Math.abs(other.weight()) > Math.abs(one.weight()) ? other.shown : one.shown,
                                one.count + 1));
            }
        }
        return byRule.values();
    }

    /**
     * Mention, logo and acceptance are degrees of one claim. Of each brand, only the rule with the largest weight among
     * them gives points. Logos that nothing offers are one statement together, however many are drawn.
     */
    private static List<ScoredRule> strongestClaims(Collection<ScoredRule> fired) {
        Map<String, ScoredRule> claims = new HashMap<>();
        for (ScoredRule rule : fired) {
            if (rule.isClaim()) {
                claims.merge(rule.brand(), rule, (one, other) -> other.weight() > one.weight() ? other : one);
            }
        }
        boolean logoGiven = false;
        List<ScoredRule> strongest = new ArrayList<>();
        for (ScoredRule rule : fired) {
            boolean logo = rule.shown.kind() == Kind.LOGO;
            if (!rule.isClaim() || claims.get(rule.brand()) == rule && !(logo && logoGiven)) {
                strongest.add(rule);
                logoGiven |= logo;
            }
        }
        return strongest;
    }

    /** Points by group. */
    private final class PointTotals {
        private final Map<String, List<ScoredRule>> positive = new LinkedHashMap<>();
        private final Map<String, List<ScoredRule>> negative = new LinkedHashMap<>();

        private PointTotals(Collection<ScoredRule> fired) {
            for (ScoredRule rule : fired) {
                (rule.weight() > 0 ? positive : negative)
                        .computeIfAbsent(rule.shown.group(), g -> new ArrayList<>())
                        .add(rule);
            }
        }

        private int score() {
            return Math.max(0, balance());
        }

        /** Returns the points without those of contexts. */
        private int positivePoints() {
            int points = 0;
            for (Map.Entry<String, List<ScoredRule>> group : positive.entrySet()) {
                points += capped(group.getKey(), sum(group.getValue()));
            }
            return points;
        }

        private int balance() {
            int balance = 0;
            for (Map.Entry<String, List<ScoredRule>> group : positive.entrySet()) {
                balance += capped(group.getKey(), sum(group.getValue()));
            }
            for (Map.Entry<String, List<ScoredRule>> group : negative.entrySet()) {
                balance -= capped(group.getKey(), sum(group.getValue()));
            }
            return balance;
        }

        private static int sum(List<ScoredRule> rules) {
            return rules.stream().mapToInt(rule -> Math.abs(rule.weight())).sum();
        }

        private int capped(String group, int points) {
            Policy.Group rule = policy.groups().get(group);
            return rule == null ? points : Math.min(points, rule.cap());
        }

        /** Returns the number of independent groups that give points. A group with mentions only does not count. */
        private int groups() {
            return (int) positive.entrySet().stream()
                    .filter(group -> group.getValue().stream().anyMatch(rule -> rule.shown.kind() != Kind.MENTION))
                    .count();
        }

        private boolean hasMoreThanMentions() {
            return groups() > 0;
        }

        private boolean hasPoints(String group) {
            return positive.containsKey(group);
        }

        private List<Reason> reasons(Collection<ScoredRule> fired) {
            List<Reason> reasons = new ArrayList<>();
            int balance = balance();
            positive.forEach((group, rules) -> reasons(group, rules, 1, balance, fired, reasons));
            negative.forEach((group, rules) -> reasons(group, rules, -1, balance, fired, reasons));
            reasons.sort(Comparator.comparingInt((Reason reason) -> Math.abs(reason.points()))
                    .reversed()
                    .thenComparing(Reason::rule));
            return reasons;
        }

        /** Adds the reasons of a group. Its rules use up the cap in the order of their weight, largest first. */
        private void reasons(
                String group,
                List<ScoredRule> rules,
                int sign,
                int balance,
                Collection<ScoredRule> fired,
                List<Reason> reasons) {
            int all = sum(rules);
            int ofGroup = capped(group, all);
            int left = ofGroup;
            List<ScoredRule> heaviestFirst = new ArrayList<>(rules);
            heaviestFirst.sort(Comparator.comparingInt((ScoredRule rule) -> -Math.abs(rule.weight()))
                    .thenComparing(rule -> rule.shown.rule()));
            for (ScoredRule rule : heaviestFirst) {
                Match shown = rule.shown;
                int weight = Math.abs(shown.weight());
                int points = Math.min(weight, left);
                left -= points;
                int withoutIt = balance - sign * (ofGroup - capped(group, all - weight));
                if (rule.isClaim()) {
                    // without this rule, the next weaker claim of the brand gives points
                    withoutIt = new PointTotals(strongestClaims(fired.stream()
                                    .filter(other -> other != rule)
                                    .toList()))
                            .balance();
                }
                reasons.add(new Reason(
                        shown.rule(),
                        group,
                        shown.field(),
                        shown.start(),
                        shown.end(),
                        shown.weight(),
                        sign * points,
                        points < weight,
                        Math.max(0, withoutIt),
                        shown.snippet(),
                        shown.snippetStart(),
                        shown.snippetStart() + shown.text().length(),
                        rule.count,
                        shown.signs()));
            }
        }
    }

    private String severity(int score, int groups) {
        String severity = Finding.NONE;
        for (Policy.Band band : policy.bands()) {
            if (score >= band.from() && groups >= band.minGroups()) {
                severity = band.severity();
            }
        }
        return score < policy.reviewFrom() ? Finding.NONE : severity;
    }

    private String lane(List<Finding.BrandUse> uses, PointTotals totals) {
        for (Policy.Lane lane : policy.lanes()) {
            boolean any = lane.brandUse().isEmpty() && lane.groups().isEmpty();
            boolean byUse = uses.stream()
                    .anyMatch(use -> lane.brandUse().contains(use.kind().label()));
            boolean byGroup = lane.groups().stream().anyMatch(totals::hasPoints);
            if (any || byUse || byGroup) {
                return lane.name();
            }
        }
        return policy.lanes().isEmpty()
                ? Finding.NONE
                : policy.lanes().getLast().name();
    }

    private static List<Finding.BrandUse> brandUses(List<Match> matches) {
        Map<Kind, Set<String>> byKind = new EnumMap<>(Kind.class);
        for (Match match : matches) {
            if (match.brand() != null) {
                byKind.computeIfAbsent(match.kind(), kind -> new TreeSet<>()).add(match.brand());
            }
        }
        List<Finding.BrandUse> uses = new ArrayList<>();
        for (Kind kind : STRONGEST) {
            for (String brand : byKind.getOrDefault(kind, Set.of())) {
                uses.add(new Finding.BrandUse(brand, kind));
            }
        }
        return uses;
    }

    /**
     * Returns the hash of the evidence of a decision: the set of rules with positive weight, each with the field and
     * the text of its matches.
     *
     * <p>The hash leaves out what may change while the claim stays the same, so that a decided item is not re-opened:
     * offsets and counts (a block was moved or repeated), the version of an indicator, letter case and white space, the
     * digits in matches of regular expressions, prices and selectors, and negative context (for example a news teaser).
     * The digits of account numbers stay in: another wallet is other evidence.
     */
    private String evidenceSha256(List<Match> matches) {
        Set<String> evidence = new TreeSet<>();
        for (Match match : matches) {
            if (match.weight() > 0) {
                String rule = match.kind() == Kind.INDICATOR
                        ? match.rule().substring(0, match.rule().lastIndexOf('@'))
                        : match.rule();
                String text = match.text().toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
                if (NEUTRAL_DIGITS.contains(types.getOrDefault(Match.plainRule(match.rule()), Indicator.Type.PHRASE))) {
                    text = text.replaceAll("\\p{Nd}+", "0");
                }
                evidence.add(rule + '\u001f' + match.field() + '\u001f' + text);
            }
        }
        MessageDigest digest = sha256();
        for (String line : evidence) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\u001e');
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 (MessageDigest, required algorithms)", e);
        }
    }
}
