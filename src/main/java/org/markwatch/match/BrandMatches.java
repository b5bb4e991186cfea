package org.markwatch.match;

import java.util.List;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.brand.UseKind;
import org.markwatch.brand.UseSink;
import org.markwatch.extract.Passage;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Indicator;

/** Turns the uses of brands on a page, and the ways to pay that it takes, into matches. One use per page. */
final class BrandMatches implements UseSink {
    private final CompiledRules rules;
    private final MatchCollector matches;

    BrandMatches(CompiledRules rules, MatchCollector matches) {
        this.rules = rules;
        this.matches = matches;
    }

    @Override
    public void add(
            Passage at, int start, int end, int brand, UseKind use, String rule, List<CountedFeature> features) {
        int method = rules.brands.method(brand);
        if (method < 0) {
            brandUse(at, start, end, rules.brands.brandId(brand), use, rule, features);
        } else if (use == UseKind.ACCEPTANCE) {
            methodTaken(at, start, end, rules.methods.get(method), rule, features);
        }
    }

    private void brandUse(
            Passage at, int start, int end, String brand, UseKind use, String rule, List<CountedFeature> features) {
        Kind kind = Kind.of(use);
        String group = kind == Kind.IMPERSONATION || kind == Kind.LOOKALIKE_HOST ? rules.identityGroup : Match.MARKS;
        // a disguised claim never counts less than the plain one
        int weight = rules.brandWeights[kind.ordinal()];
        matches.add(at, start, end, "brand:" + brand + "@" + rule, kind, brand, group, weight, features);
    }

    private void methodTaken(
            Passage at, int start, int end, Indicator indicator, String rule, List<CountedFeature> features) {
        if (!indicator.scope().contains(at.field())) {
            return;
        }
        int weight = indicator.state() == Indicator.State.LIVE ? indicator.weight() : 0;
        String disguise = rule.substring(Match.plainRule(rule).length());
        if (indicator.isMasked()) {
            matches.mask(at, start, end);
            matches.addPlaceless(indicator.rule() + disguise, indicator.group(), weight, at.field(), MaskedPlaces.MASK);
            return;
        }
        matches.add(
                at, start, end, indicator.rule() + disguise, Kind.INDICATOR, null, indicator.group(), weight, features);
    }
}
