package org.markwatch.score;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.markwatch.brand.BrandHosts;
import org.markwatch.brand.BrandHosts.Grant;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.NearMiss;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Brand;
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

    private final Policy policy;
    private final String rulesetSha256;
    private final BrandHosts hosts;
    private final EvidenceHash evidenceHash;

    /** @param today the day (UTC) on which the grants of authorised merchants must be valid */
    public Scorer(Watchlist watchlist, LocalDate today) {
        policy = watchlist.policy();
        rulesetSha256 = watchlist.rulesetSha256();
        hosts = new BrandHosts(watchlist.brands(), today);
        evidenceHash = new EvidenceHash(watchlist.indicators());
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
        PointTotals totals = new PointTotals(policy, ScoredRule.strongestClaims(ScoredRule.of(counted)));
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
        Collection<ScoredRule> fired = ScoredRule.of(counted);
        PointTotals totals = new PointTotals(policy, ScoredRule.strongestClaims(fired));
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
                matches.stream().sorted(ScoredRule.BY_PLACE).toList(),
                rulesetSha256,
                evidenceHash.of(counted));
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
            boolean byUse = uses.stream()
                    .anyMatch(use -> lane.brandUse().contains(use.kind().label()));
            boolean byGroup = lane.groups().stream().anyMatch(totals::hasPoints);
            if (byUse || byGroup) {
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
}
