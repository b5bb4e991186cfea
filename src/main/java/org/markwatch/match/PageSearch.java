package org.markwatch.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.BrandScan;
import org.markwatch.brand.BrandTarget;
import org.markwatch.brand.Evidence;
import org.markwatch.brand.Side;
import org.markwatch.brand.UseCandidate;
import org.markwatch.brand.WeighedImpersonation;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.extract.PassageList;
import org.markwatch.match.CompiledRules.Target;
import org.markwatch.match.Match.Kind;
import org.markwatch.text.Disguise;
import org.markwatch.text.FoldedPage;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.Hits;
import org.markwatch.text.PatternIndex;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;

/** Finds every rule in one page. For one thread. */
final class PageSearch {
    /** Weight from which an indicator of a group that describes marks is sure enough. */
    private static final int DESCRIBING_WEIGHT = -8;

    /** What a page is read into, kept from page to page. */
    static final class Buffers {
        final FoldedPage page = new FoldedPage();
        final PatternIndex.Places places = new PatternIndex.Places();
        /** One passage. */
        final FoldedText text = new FoldedText();
        /** A reading of the text without its disguise. */
        final FoldedText view = new FoldedText();
        /** Of what is no piece of the page. */
        final PatternIndex.Places viewPlaces = new PatternIndex.Places();
    }

    private final CompiledRules rules;
    private final PageText page;
    private final BrandScan brands;
    private final MatchCollector matches = new MatchCollector();
    private final JsonLdTypes types;
    private final ExpressionSearch expressions;
    private final Hits hits = this::hit;
    private final Buffers buffers;
    private final FoldedText text;
    /** A reading of the text without its disguise. */
    private final FoldedText view;

    private Disguise.@Nullable Reading reading;
    private final List<Beside> beside = new ArrayList<>();
    private int passageIndex;
    /** Whether the passage says anything, or would on another page or with another detail. */
    private boolean said;

    /** The wording of a phrase with a placeholder. */
    private record Beside(int indicator, Side side, int start, int end) {}

    PageSearch(CompiledRules rules, PageText page, Buffers buffers) {
        this.rules = rules;
        this.page = page;
        this.types = new JsonLdTypes(page);
        this.buffers = buffers;
        this.text = buffers.text;
        this.view = buffers.view;
        this.brands = new BrandScan(rules.brands, page);
        this.expressions = new ExpressionSearch(rules);
    }

    PageMatches run() {
        return run(false);
    }

    /** @param thorough whether to weigh also what cannot be an impersonation */
    private PageMatches run(boolean thorough) {
        readPassages(new Unread(rules.quiet, page.passages()));
        rules.values.ofPage(page, this::whole);
        groups();
        brands.judge(thorough, new BrandMatches(rules, matches));
        strips();
        return matches.end(page.url().host(), matches.masked().isEmpty() ? page.title() : title());
    }

    private void readPassages(Unread unread) {
        PassageList passages = unread.passages();
        buffers.page.fold(passages);
        rules.index.find(buffers.page.words(), buffers.places);
        PassageFilter filter = new PassageFilter(rules, passages, buffers.page, buffers.places);
        int last = -1;
        while (last < passages.size()) {
            int next = filter.next(last + 1);
            unread.isQuiet(last + 1, next);
            if (next < passages.size()) {
                passageIndex = unread.place(next);
                read(next);
                if (!said) {
                    unread.isQuiet(next, next + 1);
                }
            }
            last = next;
        }
    }

    private void groups() {
        rules.together.forEach((i, group) -> {
            Set<Field> fields = rules.indicators[i].scope();
            brands.findGroup(group, fields, (passage, start, end) -> {
                passageIndex = passage;
                indicatorAt(i, start, end, brands.groupPercent());
            });
        });
    }

    /** Unbranded rows of payment pictures; the first of the page for each indicator. */
    private void strips() {
        for (int i : rules.strips) {
            int strip = brands.paymentStrip(Integer.parseInt(rules.indicators[i].pattern()));
            if (strip >= 0) {
                passageIndex = strip;
                indicatorAt(i, 0, passage().text().length(), 100);
            }
        }
    }

    private String title() {
        return page.passages().stream()
                .filter(one -> one.field() == Field.TITLE && one.text().equals(page.title()))
                .map(one -> matches.masked().in(Field.TITLE, one.start(), one.text()))
                .findFirst()
                .orElse(MaskedPlaces.MASK);
    }

    /** Returns the features and evidence of impersonation of each brand that is named or shown. */
    List<WeighedImpersonation> impersonations() {
        run(true);
        return brands.impersonations();
    }

    /** Returns the evidence of acceptance, logos and impersonation, by brand. */
    List<Evidence> evidence() {
        run(true);
        return brands.evidence();
    }

    /** Returns the candidates for acceptance and logos, by brand id; none on an official host. */
    Map<String, List<UseCandidate>> candidates() {
        run();
        return brands.candidates();
    }

    /** Returns the page without what is restricted. */
    PageText shown() {
        PageMatches found = run();
        MaskedPlaces masked = matches.masked();
        if (masked.isEmpty()) {
            return page;
        }
        List<Passage> shown = page.passages().stream()
                .map(one -> new Passage(
                        one.field(),
                        one.detail(),
                        masked.in(one.field(), one.start(), one.text()),
                        one.start(),
                        one.hidden()))
                .toList();
        return new PageText(page.url(), found.title(), page.language(), shown, page.structure(), page.shell());
    }

    private Passage passage() {
        return page.passages().get(passageIndex);
    }

    private Field field() {
        return page.passages().field(passageIndex);
    }

    /** @param folded the passage among those that are folded */
    private void read(int folded) {
        PatternIndex.Places places = fold(folded);
        said = rules.values.lookAt(field());
        brands.begin(passageIndex);
        expressions.begin();
        beside.clear();
        rules.index.phrases(text, places, hits);
        rules.index.strings(text, places, hits);
        for (int i : rules.unanchored) {
            if (isRead(i)) {
                expressions.everywhere(i, text, this::indicator);
            }
        }
        expressions.search(text, this::indicator);
        accounts();
        if (rules.values.lookAt(field()) || rules.values.lookForPrices(field())) {
            rules.values.find(passage(), types, text, this::value);
        }
        if (rules.index.hasPhrases() && field().holdsWords() && Disguise.isPossible(text, vocabulary())) {
            if (passage().isAddress()) {
                said = true;
            } else {
                disguised();
            }
        }
        besideBrands();
        said |= brands.end(text);
    }

    /** Gives where in the folded passage something may be. */
    private PatternIndex.Places fold(int folded) {
        if (buffers.page.isEven(folded)) {
            buffers.page.show(folded, text);
            return buffers.places;
        }
        text.fold(passage().text());
        rules.index.find(text.words(), buffers.viewPlaces);
        return buffers.viewPlaces;
    }

    /** Words in what the text reads when a disguise is undone; only those that were disguised. */
    private void disguised() {
        for (Disguise.Reading other : Disguise.of(passage().text(), vocabulary(), rules.withoutDiacritics)) {
            reading = other;
            view.fold(other.text());
            rules.index.find(view.words(), buffers.viewPlaces);
            rules.index.phrases(view, buffers.viewPlaces, (target, start, end) -> {
                if (other.isChanged(view.sourceStart(start), view.sourceEnd(end))) {
                    hit(target, start, end);
                }
            });
        }
        reading = null;
    }

    private Disguise.Vocabulary vocabulary() {
        return text.has(Folding.FOREIGN_LETTER) ? Disguise.Vocabulary.ANY : rules.vocabulary;
    }

    private String way() {
        if (reading != null) {
            return reading.way();
        }
        return passage().hidden() ? "hidden" : "";
    }

    private int sourceStart(int start) {
        return reading == null ? text.sourceStart(start) : reading.sourceStart(view.sourceStart(start));
    }

    private int sourceEnd(int end) {
        return reading == null ? text.sourceEnd(end) : reading.sourceEnd(view.sourceEnd(end));
    }

    private void hit(int target, int start, int end) {
        switch (rules.targets[target]) {
            case Target.Rule(int indicator) -> indicator(indicator, start, end);
            case Target.Host(int indicator) -> {
                if (isRead(indicator) && HostBounds.isHost(text, start, end)) {
                    indicator(indicator, start, end);
                }
            }
            case Target.Literal(int indicator) -> {
                if (isRead(indicator)) {
                    expressions.literal(indicator, start, end);
                }
            }
            case Target.OfBrands(BrandTarget found) -> brands.found(found, sourceStart(start), sourceEnd(end), way());
            case Target.BesideBrand(int indicator, Side side) -> {
                mask(indicator, start, end);
                if (isIn(indicator)) {
                    int from = sourceStart(start);
                    int to = sourceEnd(end);
                    beside.add(new Beside(indicator, side, from, to));
                    if (rules.effects[indicator] == Policy.Effect.ACCEPTANCE_WORDING) {
                        brands.acceptanceWording(from, to, side);
                    }
                }
            }
        }
    }

    private boolean isIn(int indicator) {
        return (rules.scopes[indicator] & 1 << field().ordinal()) != 0;
    }

    /** What is restricted is looked for everywhere, so that it is shown nowhere. */
    private boolean isRead(int indicator) {
        return isIn(indicator) || rules.indicators[indicator].restricted();
    }

    /** Places in the folded text. */
    private void mask(int indicator, int start, int end) {
        if (rules.indicators[indicator].restricted()) {
            said = true;
            matches.mask(passage(), sourceStart(start), sourceEnd(end));
        }
    }

    private void indicator(int i, int start, int end) {
        mask(i, start, end);
        if (isIn(i)) {
            int from = sourceStart(start);
            int to = sourceEnd(end);
            indicatorAt(i, from, to, 100);
            if (rules.effects[i] == Policy.Effect.ACCEPTANCE_WORDING) {
                brands.acceptanceWording(from, to, Side.EITHER);
            }
        }
    }

    private void value(int i, int start, int end) {
        if (isIn(i)) {
            indicatorAt(i, start, end, 100);
        }
    }

    /** What is true of the page and stands nowhere in it. */
    private void whole(int i, String value) {
        Indicator indicator = rules.indicators[i];
        String shown = indicator.isMasked() ? MaskedPlaces.MASK : value;
        matches.addPlaceless(indicator.rule(), indicator.group(), weight(i, 100), Field.URL, shown);
    }

    private void indicatorAt(int i, int start, int end, int percent) {
        said = true;
        Indicator indicator = rules.indicators[i];
        // what speaks for a page has no reason to be hidden on it, or to be in the data of its scripts only
        boolean seen = !passage().hidden() && field() != Field.SCRIPT_DATA;
        int weight = seen || indicator.weight() > 0 ? weight(i, percent) : 0;
        String way = way();
        String rule = way.isEmpty() ? indicator.rule() : indicator.rule() + "-" + way;
        if (indicator.isMasked()) {
            if (indicator.restricted()) {
                matches.mask(passage(), start, end);
            }
            matches.addPlaceless(rule, indicator.group(), weight, field(), MaskedPlaces.MASK);
            return;
        }
        matches.add(passage(), start, end, rule, Kind.INDICATOR, null, indicator.group(), weight, List.of());
    }

    private int weight(int i, int percent) {
        Indicator indicator = rules.indicators[i];
        boolean live = indicator.state() == Indicator.State.LIVE;
        int weight = live ? Math.round(indicator.weight() * percent / 100f) : 0;
        switch (rules.effects[i]) {
            case OFFER -> {
                if (weight > 0) {
                    brands.offer();
                }
            }
            case OTHER_MEANING -> brands.otherMeaning();
            case DESCRIBES_MARKS -> {
                if (indicator.weight() <= DESCRIBING_WEIGHT) {
                    brands.describesMarks();
                }
            }
            default -> {}
        }
        return weight;
    }

    private void accounts() {
        for (int i : rules.accounts) {
            AccountSyntax syntax = rules.accountSyntaxes[i];
            if (syntax != null && isIn(i) && syntax.isPossible(text)) {
                syntax.find(passage().text(), (start, end, percent) -> indicatorAt(i, start, end, percent));
            }
        }
    }

    /** A phrase with a placeholder is found if a brand's name follows, or goes before, in the same breath. */
    private void besideBrands() {
        for (Beside wording : beside) {
            BrandScan.NamePlace name = brands.nameBeside(wording.start, wording.end, wording.side);
            if (name != null) {
                int start = Math.min(wording.start, name.start());
                indicatorAt(wording.indicator, start, Math.max(wording.end, name.end()), 100);
            }
        }
    }
}
