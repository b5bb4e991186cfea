package org.markwatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.extract.PassageList;
import org.markwatch.match.CompiledRules.Target;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.Side;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.text.Disguise;
import org.markwatch.text.FoldedPage;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.Hits;
import org.markwatch.text.PatternIndex;
import org.markwatch.text.Prices;
import org.markwatch.text.Words;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds every rule in one page. For one thread. */
final class PageSearch {
    /** Weight from which an indicator of a group that describes marks is sure enough. */
    private static final int DESCRIBING_WEIGHT = -8;

    /** Characters of the longest label of what only a holder knows. */
    private static final int LONGEST_LABEL = 60;

    /** Characters of the longest text that is hardly more than a price. */
    private static final int LONGEST_PRICE_TAG = 60;

    private static final int SNIPPET = 60;

    /** What a rule is worth that was found only with a disguise undone, or in text that markup hides: it may be chance. */
    private static final int DISGUISED_PERCENT = 80;

    private static final Logger LOG = LoggerFactory.getLogger(PageSearch.class);

    private static final Set<Field> NAMED = EnumSet.of(
            Field.TITLE,
            Field.HEADING,
            Field.TEXT,
            Field.LINK,
            Field.META,
            Field.OPEN_GRAPH,
            Field.JSON_LD,
            Field.FORM,
            Field.SCRIPT_DATA);

    private static final int IMAGE_BIT = 1 << Field.IMAGE.ordinal();

    private static final int NAMED_BITS =
            NAMED.stream().mapToInt(field -> 1 << field.ordinal()).sum();

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
    private final PageSigns signs;
    private @Nullable BrandUses brandUses;
    private final Set<Match> matches = new LinkedHashSet<>();
    private final JsonLdTypes types;
    private final Concealed concealed = new Concealed();
    private final Hits hits = this::hit;
    private final Buffers buffers;
    private final FoldedText text;
    /** A reading of the text without its disguise. */
    private final FoldedText view;

    private Disguise.@Nullable Reading reading;
    private final List<LiteralHit> literalHits = new ArrayList<>();
    private final List<Beside> beside = new ArrayList<>();
    private int passageIndex;
    /** The passage that ended with the label of an account; its number may be the next. */
    private int accountLabel = Integer.MIN_VALUE;

    /** Rules of the matches, once there are too many. */
    private final Set<String> kept = new HashSet<>();

    private int dropped;
    /** Whether a brand's own host stands in the passage. */
    private boolean official;

    private boolean thorough;
    private List<Impersonation.Weighed> impersonations = List.of();

    /** Where a literal of a regular expression stands in the folded text. */
    private record LiteralHit(int indicator, int start, int end) {}

    private static final Comparator<LiteralHit> IN_ORDER =
            Comparator.comparingInt(LiteralHit::indicator).thenComparingInt(LiteralHit::start);

    /** The wording of a phrase with a placeholder. */
    private record Beside(int indicator, Side side, int start, int end) {}

    PageSearch(CompiledRules rules, PageText page, Buffers buffers) {
        this.rules = rules;
        this.page = page;
        this.types = new JsonLdTypes(page);
        this.buffers = buffers;
        this.text = buffers.text;
        this.view = buffers.view;
        this.signs = new PageSigns(page.passages(), rules.book, rules.paymentWords);
    }

    PageMatches run() {
        buffers.page.fold(page.passages());
        rules.index.find(buffers.page.words(), buffers.places);
        int passages = page.passages().size();
        for (passageIndex = worthReading(0); passageIndex < passages; passageIndex = worthReading(passageIndex + 1)) {
            read();
        }
        rules.values.ofPage(page, this::whole);
        if (rules.judgesBrands) {
            brandUses = new BrandUses(rules, page, signs, this::brandUse);
            impersonations = brandUses.judge(thorough);
        }
        if (dropped > 0) {
            LOG.warn(
                    "Page of host {}: {} matches beyond the first {} are not kept; no rule is lost by it",
                    page.url().host(),
                    dropped,
                    PageMatches.MOST_MATCHES);
        }
        List<Match> sorted = new ArrayList<>(
                concealed.isEmpty()
                        ? matches
                        : matches.stream().map(concealed::in).toList());
        sorted.sort(Comparator.comparing(Match::field)
                .thenComparingInt(Match::start)
                .thenComparingInt(Match::end)
                .thenComparing(Match::rule));
        return new PageMatches(sorted, dropped, concealed.isEmpty() ? page.title() : title());
    }

    private String title() {
        return page.passages().stream()
                .filter(one -> one.field() == Field.TITLE && one.text().equals(page.title()))
                .map(one -> concealed.in(Field.TITLE, one.start(), one.text()))
                .findFirst()
                .orElse(Concealed.MASK);
    }

    /** Returns the features and evidence of impersonation of each brand that is named or shown. */
    List<Impersonation.Weighed> impersonations() {
        thorough = true;
        run();
        return impersonations;
    }

    /** Returns the evidence of acceptance and impersonation, by brand. */
    List<Evidence> evidence() {
        thorough = true;
        run();
        List<Evidence> evidence = new ArrayList<>(brandUses == null ? List.of() : brandUses.strongestEvidence());
        impersonations.forEach(one -> evidence.add(one.evidence()));
        return evidence;
    }

    /** Returns the candidates for acceptance and logos, by brand id; none on an official host. */
    Map<String, List<UseCandidate>> candidates() {
        run();
        Map<String, List<UseCandidate>> candidates = new TreeMap<>();
        if (brandUses != null && rules.brandHosts.official(page.url().host()).isEmpty()) {
            for (UseCandidate one : brandUses.candidates()) {
                candidates
                        .computeIfAbsent(rules.brands.get(one.brand()).id(), brand -> new ArrayList<>())
                        .add(one);
            }
        }
        return candidates;
    }

    /** The page without what is restricted. */
    PageText shown() {
        PageMatches found = run();
        if (concealed.isEmpty()) {
            return page;
        }
        List<Passage> shown = page.passages().stream()
                .map(one -> new Passage(
                        one.field(),
                        one.detail(),
                        concealed.in(one.field(), one.start(), one.text()),
                        one.start(),
                        one.hidden()))
                .toList();
        return new PageText(page.url(), found.title(), page.language(), shown, page.structure(), page.shell());
    }

    /** Nearly all of a page lies between passages in which there is nothing; those are not even fetched. */
    private Passage passage() {
        return page.passages().get(passageIndex);
    }

    private Field field() {
        return page.passages().field(passageIndex);
    }

    /**
     * The next passage from one on that is worth reading, or their number. Nearly all of a page lies in passages in which there is
     * nothing, and to tell so costs far less than to look: no word of them may be in a phrase or begin a string, and nothing else is
     * looked for in such a text. What that takes is not asked of each of them but kept at hand.
     */
    private int worthReading(int from) {
        PassageList all = page.passages();
        FoldedPage folded = buffers.page;
        Words words = folded.words();
        int count = all.size();
        int traits = rules.traitsToRead;
        int fields = rules.fieldsToRead;
        int ofNumbers = rules.fieldsOfNumbers;
        boolean accounts = rules.accounts.length > 0;
        boolean pictures = rules.judgesBrands;
        boolean phrases = rules.index.hasPhrases();
        int place = buffers.places.next();
        int disguise = phrases && from < count ? words.disguises().next(all.start(from)) : Integer.MAX_VALUE;
        for (int p = from; p < count; p++) {
            int end = all.end(p);
            if (place < end || folded.has(p, traits) || all.isInFields(p, fields)) {
                return p;
            }
            if (pictures
                    && all.isInFields(p, IMAGE_BIT)
                    && (folded.has(p, Folding.FOREIGN)
                            || rules.references.mayShowLogo(words.bytes(), all.start(p), end))) {
                return p;
            }
            if (all.isInFields(p, ofNumbers) && words.bytes().hasDigit(all.start(p), end)
                    || accounts && words.bytes().mayHaveLong(all.start(p), end)) {
                return p;
            }
            if (disguise < end) {
                if (all.isInFields(p, NAMED_BITS)) {
                    return p;
                }
                disguise = words.disguises().next(end);
            }
        }
        return count;
    }

    private void read() {
        PatternIndex.Places places = fold();
        if (passageIndex == accountLabel + 1 && AccountNumbers.begins(passage().text())) {
            signs.accounts.add(passageIndex);
        }
        literalHits.clear();
        beside.clear();
        official = false;
        int firstName = signs.names.size();
        rules.index.phrases(text, places, hits);
        rules.index.strings(text, places, hits);
        expressions();
        accounts();
        if (rules.values.lookAt(field())) {
            rules.values.find(passage(), types, text, this::value);
        }
        if (rules.index.hasPhrases()
                && NAMED.contains(field())
                && Disguise.isPossible(text, vocabulary())
                && !isAddress()) {
            disguised();
        }
        besideBrands(firstName);
        if (rules.judgesBrands) {
            brandSigns(firstName);
        }
    }

    /** Gives where in the folded passage something may be. */
    private PatternIndex.Places fold() {
        if (buffers.page.isEven(passageIndex)) {
            buffers.page.show(passageIndex, text);
            return buffers.places;
        }
        text.fold(passage().text());
        rules.index.find(text.words(), buffers.viewPlaces);
        return buffers.viewPlaces;
    }

    /** What says what the page does with brands, beside their names. */
    private void brandSigns(int firstName) {
        if (References.READ.contains(field())) {
            rules.references.read(
                    passage(), passageIndex, text, official, signs, signs.names.subList(firstName, signs.names.size()));
        }
        boolean shown = field().isRunningText() || field() == Field.HEADING;
        boolean tag =
                passage().text().length() <= LONGEST_PRICE_TAG && !passage().hidden();
        if (shown
                && text.has(Folding.DIGIT)
                && (!signs.price || !signs.priceTag && tag)
                && Prices.isIn(passage().text())) {
            signs.price = true;
            signs.priceTag |= tag;
        }
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

    private int sourceStart(int start, int end) {
        return reading == null
                ? text.sourceStart(start)
                : reading.sourceStart(view.sourceStart(start), view.sourceEnd(end));
    }

    private int sourceEnd(int start, int end) {
        return reading == null ? text.sourceEnd(end) : reading.sourceEnd(view.sourceStart(start), view.sourceEnd(end));
    }

    private void hit(int target, int start, int end) {
        switch (rules.targets[target]) {
            case Target.Rule(int indicator) -> indicator(indicator, start, end);
            case Target.Host(int indicator) -> {
                if (isRead(indicator) && isHost(start, end)) {
                    indicator(indicator, start, end);
                }
            }
            case Target.Literal(int indicator) -> {
                if (isRead(indicator)) {
                    literalHits.add(new LiteralHit(indicator, start, end));
                }
            }
            case Target.BrandName(int brand, boolean ambiguous) -> {
                int from = sourceStart(start, end);
                int to = sourceEnd(start, end);
                if (NAMED.contains(field()) && !isAddress() || References.isWord(passage(), from)) {
                    if (!isPossessive(from, to)) {
                        signs.names.add(new PageSigns.Name(passageIndex, brand, from, to, ambiguous, way()));
                    }
                }
            }
            case Target.Cue(Side side, Strength strength) -> cue(start, end, side, strength);
            case Target.Shop(boolean box) -> {
                if (box && (field() == Field.IMAGE || field() == Field.FORM)) {
                    signs.paymentBoxes.set(passageIndex);
                }
                signs.shop |= isPartOfShop() && (!box || field() == Field.IMAGE || field() == Field.FORM);
                signs.shopIsSeen |= !box
                        && field() == Field.LINK
                        && !isAddress()
                        && !passage().hidden();
            }
            case Target.AccountLabel() -> {
                int at = sourceEnd(start, end);
                if (field().isRunningText() && AccountNumbers.isNext(passage().text(), at)) {
                    signs.accounts.add(passageIndex);
                } else if (passage().text().length() - at <= 1) {
                    accountLabel = passageIndex;
                }
            }
            case Target.SecretLabel() ->
                signs.secret |= (field() == Field.TEXT || field() == Field.FORM)
                        && passage().text().length() <= LONGEST_LABEL;
            case Target.OfficialHost() -> official = true;
            case Target.BesideBrand(int indicator, Side side) -> {
                conceal(indicator, start, end);
                if (isIn(indicator)) {
                    beside.add(new Beside(indicator, side, sourceStart(start, end), sourceEnd(start, end)));
                    if (rules.effects[indicator] == Policy.Effect.ACCEPTANCE_WORDING) {
                        cue(start, end, side, strengthOfIndicator(start, end));
                    }
                }
            }
        }
    }

    /** The wording of an indicator may be that of a vague claim. */
    private Strength strengthOfIndicator(int start, int end) {
        String said = passage().text().substring(sourceStart(start, end), sourceEnd(start, end));
        return rules.isVague(Folding.fold(said)) ? Strength.VAGUE : Strength.SURE;
    }

    private void cue(int start, int end, Side side, Strength strength) {
        signs.cues.add(new PageSigns.Cue(passageIndex, sourceStart(start, end), sourceEnd(start, end), side, strength));
    }

    private boolean isIn(int indicator) {
        return (rules.scopes[indicator] & 1 << field().ordinal()) != 0;
    }

    /** Where a shop names its cart: links, forms, classes and its own address; prose may speak of any cart. */
    private boolean isPartOfShop() {
        return switch (field()) {
            case LINK, FORM -> !isAddress();
            case IMAGE ->
                passage().detail().equals("class") || passage().detail().equals("id");
            case URL -> passage().detail().equals("path");
            default -> false;
        };
    }

    /** {@code the diners' club}: what follows the apostrophe is theirs. */
    private boolean isPossessive(int from, int to) {
        int space = passage().text().indexOf(' ', from + 1);
        return space > 0 && space < to && "'\u2019".indexOf(passage().text().charAt(space - 1)) >= 0;
    }

    /** What is restricted is looked for everywhere, so that it is shown nowhere. */
    private boolean isRead(int indicator) {
        return isIn(indicator) || rules.indicators[indicator].restricted();
    }

    /** Places in the folded text. */
    private void conceal(int indicator, int start, int end) {
        if (rules.indicators[indicator].restricted()) {
            concealAt(sourceStart(start, end), sourceEnd(start, end));
        }
    }

    private void concealAt(int start, int end) {
        concealed.add(field(), passage().start() + start, passage().start() + end);
    }

    /** Links to elsewhere are addresses, not words. */
    private boolean isAddress() {
        return field() == Field.LINK
                && (passage().detail().equals("href") || passage().detail().equals("canonical"));
    }

    private void indicator(int i, int start, int end) {
        conceal(i, start, end);
        if (isIn(i)) {
            indicatorAt(i, sourceStart(start, end), sourceEnd(start, end), reading == null ? 100 : DISGUISED_PERCENT);
            if (rules.effects[i] == Policy.Effect.ACCEPTANCE_WORDING) {
                cue(start, end, Side.EITHER, strengthOfIndicator(start, end));
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
        String shown = indicator.isMasked() ? Concealed.MASK : value;
        placeless(indicator.rule(), indicator.group(), weight(i, 100), Field.URL, shown);
    }

    private void placeless(String rule, String group, int weight, Field field, String value) {
        if (!isDropped(rule)) {
            matches.add(new Match(rule, Kind.INDICATOR, null, group, weight, field, 0, 0, value, value, 0));
        }
    }

    private void indicatorAt(int i, int start, int end, int percent) {
        Indicator indicator = rules.indicators[i];
        // what speaks for a page has no reason to be hidden on it, or to be in the data of its scripts only
        boolean hidden = passage().hidden() || indicator.weight() < 0 && field() == Field.SCRIPT_DATA;
        boolean counts = !hidden || indicator.weight() > 0;
        int weight = counts ? weight(i, hidden ? Math.min(percent, DISGUISED_PERCENT) : percent) : 0;
        String way = way();
        String rule = way.isEmpty() ? indicator.rule() : indicator.rule() + "-" + way;
        if (indicator.isMasked()) {
            if (indicator.restricted()) {
                concealAt(start, end);
            }
            placeless(rule, indicator.group(), weight, field(), Concealed.MASK);
            return;
        }
        add(passage(), start, end, rule, Kind.INDICATOR, null, indicator.group(), weight, List.of());
    }

    private int weight(int i, int percent) {
        Indicator indicator = rules.indicators[i];
        Policy.Effect effect = rules.effects[i];
        boolean live = indicator.state() == Indicator.State.LIVE;
        int weight = live ? Math.round(indicator.weight() * percent / 100f) : 0;
        signs.commerce |= weight > 0 && effect == Policy.Effect.OFFER;
        signs.homonym |= effect == Policy.Effect.OTHER_MEANING;
        if (effect == Policy.Effect.DESCRIBES_MARKS && indicator.weight() <= DESCRIBING_WEIGHT) {
            signs.contexts.add(passageIndex);
        }
        return weight;
    }

    /** Whether what was found is a whole host name or the end of one, and in a reference its authority. */
    private boolean isHost(int start, int end) {
        int from = start;
        while (from > 0 && isHostCharacter(text.charAt(from - 1))) {
            from--;
        }
        boolean subdomain = from == start || text.charAt(start - 1) == '.';
        boolean goesOn = end < text.length()
                && (isHostCharacter(text.charAt(end)) && text.charAt(end) != '.'
                        || text.charAt(end) == '.' && end + 1 < text.length() && isHostCharacter(text.charAt(end + 1)));
        boolean authority = from == 0
                || from > 1 && text.charAt(from - 1) == '/' && text.charAt(from - 2) == '/'
                || text.charAt(from - 1) != '/';
        return subdomain && !goesOn && authority;
    }

    private static boolean isHostCharacter(char c) {
        return c == '.' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z';
    }

    /** Windows of one expression that overlap are searched as one. */
    private void expressions() {
        for (int i : rules.unanchored) {
            if (isRead(i)) {
                search(i, 0, Math.min(text.length(), RegexRule.BOUND));
            }
        }
        if (literalHits.isEmpty()) {
            return;
        }
        literalHits.sort(IN_ORDER);
        int at = 0;
        while (at < literalHits.size()) {
            LiteralHit first = literalHits.get(at);
            RegexRule regex = Objects.requireNonNull(rules.regexes[first.indicator]);
            int reach = regex.reach();
            int reachBack = regex.literals().lead() ? 0 : reach;
            int from = Math.max(0, first.start - reachBack);
            int to = first.end + reach;
            at++;
            while (at < literalHits.size()
                    && literalHits.get(at).indicator == first.indicator
                    && literalHits.get(at).start - reachBack <= to) {
                to = Math.max(to, literalHits.get(at).end + reach);
                at++;
            }
            search(first.indicator, from, to);
        }
    }

    private void search(int indicator, int from, int to) {
        RegexRule regex = rules.regexes[indicator];
        if (regex != null) {
            regex.search(text, from, to, (target, start, end) -> indicator(indicator, start, end));
        }
    }

    private void accounts() {
        if (rules.accounts.length == 0 || !AccountSyntax.isPossible(text)) {
            return;
        }
        for (int i : rules.accounts) {
            AccountSyntax syntax = rules.accountSyntaxes[i];
            if (syntax != null && isIn(i)) {
                syntax.find(passage().text(), (start, end, percent) -> indicatorAt(i, start, end, percent));
            }
        }
    }

    /** A phrase with a placeholder is found if a brand's name follows, or goes before, in the same breath. */
    private void besideBrands(int firstName) {
        for (Beside wording : beside) {
            for (PageSigns.Name name : signs.names.subList(firstName, signs.names.size())) {
                int gap = wording.side == Side.NAME_AFTER ? name.start() - wording.end : wording.start - name.end();
                if (gap >= 0 && gap <= Words.MAX_GAP) {
                    int start = Math.min(wording.start, name.start());
                    indicatorAt(wording.indicator, start, Math.max(wording.end, name.end()), 100);
                    break;
                }
            }
        }
    }

    private void brandUse(Passage at, int start, int end, int brand, Kind kind, String rule, List<String> signs) {
        String name = "brand:" + rules.brands.get(brand).id() + "@" + rule;
        String group = kind == Kind.IMPERSONATION || kind == Kind.LOOKALIKE_HOST ? rules.identityGroup : Match.MARKS;
        int weight = rules.brandWeights[kind.ordinal()];
        // a disguised claim never counts less than the plain one
        add(at, start, end, name, kind, rules.brands.get(brand).id(), group, weight, signs);
    }

    private void add(
            Passage at,
            int start,
            int end,
            String rule,
            Kind kind,
            @Nullable String brand,
            String group,
            int weight,
            List<String> signs) {
        if (isDropped(rule)) {
            return;
        }
        String source = at.text();
        int from = Math.max(0, start - SNIPPET);
        int to = Math.min(source.length(), end + SNIPPET);
        if (from > 0 && Character.isLowSurrogate(source.charAt(from))) {
            from++;
        }
        if (to < source.length() && Character.isLowSurrogate(source.charAt(to))) {
            to--;
        }
        matches.add(new Match(
                rule,
                kind,
                brand,
                group,
                weight,
                at.field(),
                at.start() + start,
                at.start() + end,
                source.substring(start, end),
                source.substring(from, to),
                start - from,
                signs));
    }

    /** Whether a page has so many matches that another of the same rule tells nothing; the first of each rule always does. */
    private boolean isDropped(String rule) {
        if (matches.size() < PageMatches.MOST_MATCHES) {
            return false;
        }
        if (kept.isEmpty()) {
            matches.forEach(match -> kept.add(match.rule()));
        }
        boolean again = !kept.add(rule);
        dropped += again ? 1 : 0;
        return again;
    }
}
