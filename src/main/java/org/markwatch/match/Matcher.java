package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.match.AcceptanceWording.Side;
import org.markwatch.match.LogoLexicon.Logo;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every brand and indicator of a watchlist, compiled to be found in pages.
 *
 * <p>Compiled once for a ruleset and a day, then unchanged; one serves all threads. Each passage is folded once and gone through
 * once for whole words and once for each automaton, however many rules there are.
 */
public final class Matcher {
    /** Where a brand's name stands in a phrase. */
    private static final String PLACEHOLDER = "{brand}";
    /** Group whose indicators count as acceptance wording beside a brand's name. */
    private static final String ACCEPTANCE_GROUP = "acceptance";
    /** Groups of contexts in which pages write about marks; what they draw is no offer to take them. */
    private static final Set<String> DESCRIBING_GROUPS =
            Set.of("news", "legal", "education", "documentation", "partners", "jobs", "comparison");
    /** Groups of contexts in which a brand's name means something else. */
    private static final Set<String> HOMONYM_GROUPS = Set.of("travel-visa");
    /** Weight from which one of them is sure enough. */
    private static final int DESCRIBING_WEIGHT = -8;

    private static final int SNIPPET = 60;
    /** Characters of the longest passage that buffers are kept for. */
    private static final int MOST_KEPT = 1 << 16;
    /** Matches kept of one page; the rest of a page that is nothing but matches is counted, and said. */
    private static final int MOST_MATCHES = 10_000;

    /** What a rule is worth that was found only with a disguise undone, or in text that markup hides: it may be chance. */
    private static final int DISGUISED_PERCENT = 80;

    private static final Logger LOG = LoggerFactory.getLogger(Matcher.class);

    private static final Set<Field> NAMED = EnumSet.of(
            Field.TITLE,
            Field.HEADING,
            Field.TEXT,
            Field.LINK,
            Field.META,
            Field.OPEN_GRAPH,
            Field.JSON_LD,
            Field.FORM);

    private final List<Brand> brands;
    private final int[] brandWeights = new int[Kind.values().length];
    private final String identityGroup;
    private final BrandHosts brandHosts;
    private final LookalikeHosts lookalikes;
    private final LogoLexicon logoLexicon;
    private final HostSuffixes<Integer> officialHosts = new HostSuffixes<>();
    private final Indicator[] indicators;
    private final int[] scopes;
    private final Target[] targets;
    private final PatternIndex index;
    private final @Nullable RegexRule[] regexes;
    private final int[] unanchored;
    private final int[] accounts;
    private final @Nullable AccountSyntax[] accountSyntaxes;
    private final ValueRules values;
    private final boolean restricts;
    /** Buffers that no thread uses now: to make them for each page would cost as much as to read a short one. */
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

    private record Scratch(FoldedText text, FoldedText view) {}

    /** What a pattern of the index stands for. */
    private sealed interface Target {
        record Rule(int indicator) implements Target {}

        record Host(int indicator) implements Target {}

        record Literal(int indicator) implements Target {}

        record BrandName(int brand, boolean ambiguous) implements Target {}

        record Cue(Side side, boolean weak) implements Target {}

        /** A part of every shop: cart, checkout. */
        record Shop() implements Target {}

        /** What stands before the number of a bank account. */
        record AccountLabel() implements Target {}

        /** The wording of an indicator beside a {@code {brand}}. */
        record BesideBrand(int indicator, Side side) implements Target {}
    }

    private Matcher(Watchlist watchlist, List<Indicator> compiled, LocalDate today) {
        brands = watchlist.brands();
        Policy policy = watchlist.policy();
        for (Kind kind : Kind.values()) {
            brandWeights[kind.ordinal()] = policy.brandUse().getOrDefault(kind.label(), 0);
        }
        identityGroup = policy.groups().containsKey(Match.IDENTITY) ? Match.IDENTITY : Match.MARKS;
        values = new ValueRules(watchlist.hashKey());
        brandHosts = new BrandHosts(brands, today);
        lookalikes = new LookalikeHosts(brands, brandHosts);
        logoLexicon = new LogoLexicon(brands);
        indicators = compiled.toArray(Indicator[]::new);
        restricts = compiled.stream().anyMatch(Indicator::restricted);
        scopes = new int[indicators.length];
        regexes = new RegexRule[indicators.length];
        accountSyntaxes = new AccountSyntax[indicators.length];

        List<Target> found = new ArrayList<>();
        PatternIndex.Builder builder = new PatternIndex.Builder();
        List<Integer> withoutLiteral = new ArrayList<>();
        List<Integer> accountRules = new ArrayList<>();
        for (int i = 0; i < indicators.length; i++) {
            Indicator indicator = indicators[i];
            for (Field field : indicator.scope()) {
                scopes[i] |= 1 << field.ordinal();
            }
            switch (indicator.type()) {
                case PHRASE -> phrase(indicator, i, builder, found);
                case HOST -> {
                    builder.opening(hostPattern(indicator), found.size());
                    found.add(new Target.Host(i));
                }
                case REGEX -> {
                    RegexRule regex = new RegexRule(indicator.rule(), indicator.pattern());
                    regexes[i] = regex;
                    RequiredLiterals literals = regex.literals();
                    if (literals.strings().isEmpty()) {
                        withoutLiteral.add(i);
                    }
                    for (String literal : literals.strings()) {
                        if (literals.openWords()) {
                            builder.opening(literal, found.size());
                        } else {
                            builder.anywhere(literal, found.size(), literals.needsDigit());
                        }
                    }
                    found.add(new Target.Literal(i));
                }
                case ACCOUNT -> {
                    accountSyntaxes[i] = AccountSyntax.named(indicator.rule(), indicator.pattern());
                    accountRules.add(i);
                }
                case PRICE, SELECTOR, ANALYTICS, COOKIE, LANGUAGE, DOM_FINGERPRINT, TEXT_FINGERPRINT, KEYED_HASH ->
                    values.add(indicator, i);
            }
        }
        for (int b = 0; b < brands.size(); b++) {
            brand(b, builder, found);
        }
        cues(builder, found);
        targets = found.toArray(Target[]::new);
        index = builder.build();
        unanchored = withoutLiteral.stream().mapToInt(Integer::intValue).toArray();
        accounts = accountRules.stream().mapToInt(Integer::intValue).toArray();
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
        return new Matcher(watchlist, inForce, today);
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

    PatternIndex index() {
        return index;
    }

    private static void phrase(Indicator indicator, int i, PatternIndex.Builder builder, List<Target> found) {
        String pattern = indicator.pattern();
        int placeholder = pattern.indexOf(PLACEHOLDER);
        Target target = new Target.Rule(i);
        if (placeholder >= 0) {
            boolean nameAfter = !pattern.substring(0, placeholder).isBlank();
            pattern = nameAfter
                    ? pattern.substring(0, placeholder)
                    : pattern.substring(placeholder + PLACEHOLDER.length());
            target = new Target.BesideBrand(i, nameAfter ? Side.NAME_AFTER : Side.NAME_BEFORE);
        }
        if (!builder.phrase(pattern, found.size())) {
            throw new IllegalArgumentException("indicator " + indicator.rule() + ": pattern=" + indicator.pattern()
                    + "; must have a letter or digit to look for");
        }
        found.add(target);
    }

    private static String hostPattern(Indicator indicator) {
        String host = Folding.fold(indicator.pattern());
        if (host.isEmpty()) {
            throw new IllegalArgumentException(
                    "indicator " + indicator.rule() + ": pattern is empty; must be a host name such as pay.example");
        }
        return host;
    }

    private void brand(int b, PatternIndex.Builder builder, List<Target> found) {
        Brand brand = brands.get(b);
        Set<String> ambiguous = new HashSet<>();
        for (String word : brand.ambiguous()) {
            ambiguous.addAll(Folding.variants(word));
        }
        Set<String> names = new LinkedHashSet<>();
        names.add(brand.name());
        names.addAll(brand.aliases());
        for (String name : names) {
            boolean common = Folding.variants(name).stream().anyMatch(ambiguous::contains);
            for (String written : withProclitics(name)) {
                if (builder.phrase(written, found.size())) {
                    found.add(new Target.BrandName(b, common));
                }
            }
        }
        String label = squeezed(brand.name()) + ".com";
        for (String host : brand.officialHosts()) {
            officialHosts.add(host, b);
            if (host.startsWith(label) && builder.phrase(host, found.size())) {
                // 'Citi.com' is never a common word; 'visa de' is Spanish
                found.add(new Target.BrandName(b, false));
            }
        }
    }

    /** Arabic and Hebrew write 'and', 'by' and 'the' onto the word: {@code \u0648} before a name is 'and' it. */
    private static List<String> withProclitics(String name) {
        List<String> written = new ArrayList<>();
        written.add(name);
        String proclitics = switch (Character.UnicodeScript.of(name.codePointAt(0))) {
            case ARABIC -> "\u0648 \u0628 \u0644 \u0628\u0627\u0644 \u0648\u0628";
            case HEBREW -> "\u05d5 \u05d1 \u05dc \u05d4 \u05de";
            default -> "";
        };
        for (String proclitic : proclitics.split(" ")) {
            if (!proclitic.isEmpty()) {
                written.add(proclitic + name);
            }
        }
        return written;
    }

    private static String squeezed(String name) {
        return Folding.fold(name).replace(" ", "");
    }

    private static void cues(PatternIndex.Builder builder, List<Target> found) {
        cues(AcceptanceWording.BEFORE_NAMES, new Target.Cue(Side.NAME_AFTER, false), builder, found);
        cues(AcceptanceWording.AFTER_NAMES, new Target.Cue(Side.NAME_BEFORE, false), builder, found);
        cues(AcceptanceWording.WEAK, new Target.Cue(Side.EITHER, true), builder, found);
        cues(ShopWording.SHOP, new Target.Shop(), builder, found);
        cues(ShopWording.ACCOUNT, new Target.AccountLabel(), builder, found);
    }

    private static void cues(List<String> wording, Target target, PatternIndex.Builder builder, List<Target> found) {
        for (String phrase : wording) {
            builder.phrase(phrase, found.size());
            found.add(target);
        }
    }

    /**
     * Finds every rule in a page, ordered by field, place and rule.
     *
     * @return immutable; of one rule at one place only one
     */
    public List<Match> match(PageText page) {
        return find(page).matches();
    }

    /** As {@link #match}, and how many there were beyond the first {@value #MOST_MATCHES}. */
    public Found find(PageText page) {
        Scratch scratch = idle.poll();
        if (scratch == null) {
            scratch = new Scratch(new FoldedText(), new FoldedText());
        }
        Found found = new Search(page, scratch).run();
        if (scratch.text().capacity() <= MOST_KEPT) {
            idle.offer(scratch);
        }
        return found;
    }

    /** The page as it may be shown: a dot for each character that a restricted indicator was found in. */
    public PageText shown(PageText page) {
        return restricts ? new Search(page, new Scratch(new FoldedText(), new FoldedText())).shown() : page;
    }

    /**
     * What was found in a page.
     *
     * @param matches ordered by field, place and rule
     * @param dropped matches that are not kept, since the page has more than {@value #MOST_MATCHES}
     * @param title   the page's title, without what is restricted
     */
    public record Found(List<Match> matches, int dropped, String title) {
        public Found {
            matches = List.copyOf(matches);
        }
    }

    /** One page. */
    private final class Search {
        private final PageText page;
        private final PageSigns signs;
        private final Set<Match> matches = new LinkedHashSet<>();
        private final JsonLdTypes types;
        private final Concealed concealed = new Concealed();
        private final Hits hits = this::hit;
        private final FoldedText text;
        /** A reading of the text without its disguise. */
        private final FoldedText view;

        private Disguise.@Nullable Reading reading;
        private final List<LiteralHit> literalHits = new ArrayList<>();
        private final List<Beside> beside = new ArrayList<>();
        private int passageIndex;
        /** The passage that ended with the label of an account; its number may be the next. */
        private int accountLabel = Integer.MIN_VALUE;

        private int dropped;
        private Passage passage;

        /** Where a literal of a regular expression stands in the folded text. */
        private record LiteralHit(int indicator, int start, int end) {}

        private static final Comparator<LiteralHit> IN_ORDER =
                Comparator.comparingInt(LiteralHit::indicator).thenComparingInt(LiteralHit::start);

        /** The wording of a phrase with a placeholder. */
        private record Beside(int indicator, Side side, int start, int end) {}

        private Search(PageText page, Scratch scratch) {
            this.page = page;
            this.types = new JsonLdTypes(page);
            this.text = scratch.text();
            this.view = scratch.view();
            this.signs = new PageSigns(page.passages());
            this.passage = new Passage(Field.TEXT, "none", "", 0, false);
        }

        private Found run() {
            for (passageIndex = 0; passageIndex < page.passages().size(); passageIndex++) {
                passage = page.passages().get(passageIndex);
                read();
            }
            values.ofPage(page, this::whole);
            new BrandUses(brands, lookalikes, brandHosts, page, signs, this::brandUse).judge();
            if (dropped > 0) {
                LOG.warn(
                        "Page of host {}: {} matches beyond the first {} are not kept; those kept decide the score",
                        page.url().getHost(),
                        dropped,
                        MOST_MATCHES);
            }
            List<Match> sorted = new ArrayList<>(
                    concealed.isEmpty()
                            ? matches
                            : matches.stream().map(concealed::in).toList());
            sorted.sort(Comparator.comparing(Match::field)
                    .thenComparingInt(Match::start)
                    .thenComparingInt(Match::end)
                    .thenComparing(Match::rule));
            return new Found(sorted, dropped, concealed.isEmpty() ? page.title() : title());
        }

        private String title() {
            return page.passages().stream()
                    .filter(one -> one.field() == Field.TITLE && one.text().equals(page.title()))
                    .map(one -> concealed.in(Field.TITLE, one.start(), one.text()))
                    .findFirst()
                    .orElse(Concealed.MASK);
        }

        /** The page without what is restricted. */
        private PageText shown() {
            Found found = run();
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
            return new PageText(page.url(), found.title(), page.language(), shown, page.structure());
        }

        private void read() {
            text.fold(passage.text());
            if (passageIndex == accountLabel + 1 && ShopWording.beginsWithNumber(passage.text())) {
                signs.accounts.add(passageIndex);
            }
            literalHits.clear();
            beside.clear();
            int firstName = signs.names.size();
            index.phrases(text, hits);
            index.strings(text, hits);
            expressions();
            accounts();
            if (values.lookAt(passage.field())) {
                values.find(passage, types, text, this::value);
            }
            if (NAMED.contains(passage.field()) && !isAddress() && Disguise.isPossible(text)) {
                disguised();
            }
            besideBrands(firstName);
            references(firstName);
            signs.price |= (passage.field() == Field.TEXT || passage.field() == Field.HEADING)
                    && text.has(Folding.DIGIT)
                    && Prices.isIn(passage.text());
        }

        /** Words in what the text reads when a disguise is undone; only those that were disguised. */
        private void disguised() {
            for (Disguise.Reading other : Disguise.of(passage.text())) {
                reading = other;
                view.fold(other.text());
                index.phrases(view, (target, start, end) -> {
                    if (other.isChanged(view.sourceStart(start), view.sourceEnd(end))) {
                        hit(target, start, end);
                    }
                });
            }
            reading = null;
        }

        private String way() {
            if (reading != null) {
                return reading.way();
            }
            return passage.hidden() ? "hidden" : "";
        }

        private int sourceStart(int start, int end) {
            return reading == null
                    ? text.sourceStart(start)
                    : reading.sourceStart(view.sourceStart(start), view.sourceEnd(end));
        }

        private int sourceEnd(int start, int end) {
            return reading == null
                    ? text.sourceEnd(end)
                    : reading.sourceEnd(view.sourceStart(start), view.sourceEnd(end));
        }

        private void hit(int target, int start, int end) {
            switch (targets[target]) {
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
                    if (NAMED.contains(passage.field()) && !isAddress() || isCaption()) {
                        int from = sourceStart(start, end);
                        int to = sourceEnd(start, end);
                        if (!isPossessive(from, to)) {
                            signs.names.add(new PageSigns.Name(passageIndex, brand, from, to, ambiguous, way()));
                        }
                    }
                }
                case Target.Cue(Side side, boolean weak) -> cue(start, end, side, weak);
                case Target.Shop() -> signs.shop |= isPartOfShop();
                case Target.AccountLabel() -> {
                    int at = sourceEnd(start, end);
                    if (passage.field() == Field.TEXT && ShopWording.isAccountNumber(passage.text(), at)) {
                        signs.accounts.add(passageIndex);
                    } else if (passage.text().length() - at <= 1) {
                        accountLabel = passageIndex;
                    }
                }
                case Target.BesideBrand(int indicator, Side side) -> {
                    conceal(indicator, start, end);
                    if (isIn(indicator)) {
                        beside.add(new Beside(indicator, side, sourceStart(start, end), sourceEnd(start, end)));
                        if (indicators[indicator].group().equals(ACCEPTANCE_GROUP)) {
                            cue(start, end, side, false);
                        }
                    }
                }
            }
        }

        private void cue(int start, int end, Side side, boolean weak) {
            signs.cues.add(new PageSigns.Cue(passageIndex, sourceStart(start, end), sourceEnd(start, end), side, weak));
        }

        private boolean isIn(int indicator) {
            return (scopes[indicator] & 1 << passage.field().ordinal()) != 0;
        }

        /** Where a shop names its cart: links, forms, classes and its own address; prose may speak of any cart. */
        private boolean isPartOfShop() {
            return switch (passage.field()) {
                case LINK, FORM -> !isAddress();
                case IMAGE ->
                    passage.detail().equals("class") || passage.detail().equals("id");
                case URL -> passage.detail().equals("path");
                default -> false;
            };
        }

        /** {@code the diners' club}: what follows the apostrophe is theirs. */
        private boolean isPossessive(int from, int to) {
            int space = passage.text().indexOf(' ', from + 1);
            return space > 0 && space < to && "'\u2019".indexOf(passage.text().charAt(space - 1)) >= 0;
        }

        /** Whether it is what a picture is said to show. */
        private boolean isCaption() {
            return passage.field() == Field.IMAGE && CAPTIONS.contains(passage.detail());
        }

        /** What is restricted is looked for everywhere, so that it is shown nowhere. */
        private boolean isRead(int indicator) {
            return isIn(indicator) || indicators[indicator].restricted();
        }

        /** Places in the folded text. */
        private void conceal(int indicator, int start, int end) {
            if (indicators[indicator].restricted()) {
                concealAt(sourceStart(start, end), sourceEnd(start, end));
            }
        }

        private void concealAt(int start, int end) {
            concealed.add(passage.field(), passage.start() + start, passage.start() + end);
        }

        /** Links to elsewhere are addresses, not words. */
        private boolean isAddress() {
            return passage.field() == Field.LINK
                    && (passage.detail().equals("href") || passage.detail().equals("canonical"));
        }

        private void indicator(int i, int start, int end) {
            conceal(i, start, end);
            if (isIn(i)) {
                indicatorAt(
                        i, sourceStart(start, end), sourceEnd(start, end), reading == null ? 100 : DISGUISED_PERCENT);
                if (indicators[i].group().equals(ACCEPTANCE_GROUP)) {
                    cue(start, end, Side.EITHER, false);
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
            Indicator indicator = indicators[i];
            String shown = indicator.isMasked() ? Concealed.MASK : value;
            placeless(indicator.rule(), indicator.group(), weight(indicator, 100), Field.URL, shown);
        }

        private void placeless(String rule, String group, int weight, Field field, String value) {
            keep(new Match(rule, Kind.INDICATOR, null, group, weight, field, 0, 0, value, value, 0));
        }

        private void indicatorAt(int i, int start, int end, int percent) {
            Indicator indicator = indicators[i];
            // what speaks for a page has no reason to be hidden on it
            boolean hidden = passage.hidden();
            boolean counts = !hidden || indicator.weight() > 0;
            int weight = counts ? weight(indicator, hidden ? Math.min(percent, DISGUISED_PERCENT) : percent) : 0;
            String way = way();
            String rule = way.isEmpty() ? indicator.rule() : indicator.rule() + "-" + way;
            if (indicator.isMasked()) {
                if (indicator.restricted()) {
                    concealAt(start, end);
                }
                placeless(rule, indicator.group(), weight, passage.field(), Concealed.MASK);
                return;
            }
            add(passage, start, end, rule, Kind.INDICATOR, null, indicator.group(), weight);
        }

        private int weight(Indicator indicator, int percent) {
            boolean live = indicator.state() == Indicator.State.LIVE;
            int weight = live ? Math.round(indicator.weight() * percent / 100f) : 0;
            signs.commerce |= weight > 0;
            signs.homonym |= live && HOMONYM_GROUPS.contains(indicator.group());
            signs.describing |=
                    live && indicator.weight() <= DESCRIBING_WEIGHT && DESCRIBING_GROUPS.contains(indicator.group());
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
                            || text.charAt(end) == '.'
                                    && end + 1 < text.length()
                                    && isHostCharacter(text.charAt(end + 1)));
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
            for (int i : unanchored) {
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
                RegexRule regex = Objects.requireNonNull(regexes[first.indicator]);
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
            RegexRule regex = regexes[indicator];
            if (regex != null) {
                regex.search(text, from, to, (target, start, end) -> indicator(indicator, start, end));
            }
        }

        private void accounts() {
            if (accounts.length == 0 || !AccountSyntax.isPossible(text)) {
                return;
            }
            for (int i : accounts) {
                AccountSyntax syntax = accountSyntaxes[i];
                if (syntax != null && isIn(i)) {
                    syntax.find(passage.text(), (start, end, percent) -> indicatorAt(i, start, end, percent));
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

        /** What refers to something: pictures, scripts, forms, values that list ways to pay. */
        private void references(int firstName) {
            switch (passage.field()) {
                case IMAGE -> {
                    boolean caption = isCaption();
                    if (logoLexicon.mayBeIn(text)) {
                        logos(
                                switch (passage.detail()) {
                                    case "class", "id", "labelledby", "use", "name", "icon", "svgicon", "element" ->
                                        logoLexicon.inClasses(passage.text());
                                    default ->
                                        caption
                                                ? logoLexicon.inCaption(passage.text())
                                                : logoLexicon.inFileNames(passage.text());
                                });
                    }
                    if (caption) {
                        logosInOtherScripts(firstName);
                    }
                    owned(signs.assets);
                }
                case SCRIPT -> {
                    owned(signs.assets);
                    if (passage.detail().equals("src")) {
                        owned(signs.scripts);
                    }
                }
                case FORM -> {
                    if (passage.detail().endsWith("action")) {
                        owned(signs.actions);
                    } else if (passage.detail().equals("value")) {
                        logos(logoLexicon.inFileNames(passage.text()));
                    }
                    signs.password |= asksFor(PASSWORDS);
                    signs.credentials |= signs.password || asksFor(CREDENTIALS) || isCode();
                }
                case JSON_LD -> {
                    logos(paymentValue());
                    signs.price |= passage.detail().endsWith("price");
                }
                case META, OPEN_GRAPH -> signs.describing |= passage.detail().equals("article:published_time");
                default -> {}
            }
        }

        /** The lexicon reads Latin letters; names in others are found as words, and a caption of hardly more is a logo. */
        private void logosInOtherScripts(int firstName) {
            int length = passage.text().length();
            for (PageSigns.Name name : signs.names.subList(firstName, signs.names.size())) {
                if (passage.text().charAt(name.start()) < 0x250) {
                    continue;
                }
                boolean terse = length - (name.end() - name.start()) <= CAPTION_AROUND;
                Trust trust = !terse ? Trust.NAMED_ONLY : name.ambiguous() ? Trust.ON_COMMERCE_PAGE : Trust.ALONE;
                signs.logos.add(new PageSigns.LogoAt(
                        passageIndex, new Logo(name.brand(), name.start(), name.end(), trust, terse, false)));
            }
        }

        /** A field for a code that was sent or belongs to a card, whose short name is part of other words. */
        private boolean isCode() {
            return text.length() <= LONGEST_CODE_NAME && CODES.contains(text.toString());
        }

        private List<Logo> paymentValue() {
            List<Logo> logos = new ArrayList<>();
            String detail = passage.detail().toLowerCase(Locale.ROOT);
            if (detail.contains("payment") || detail.contains("goodrelations")) {
                for (Logo logo : logoLexicon.inPaymentValue(passage.text())) {
                    logos.add(new Logo(logo.brand(), logo.start(), logo.end(), Trust.ALONE, true, true));
                }
            }
            return logos;
        }

        private void logos(List<Logo> logos) {
            for (Logo logo : logos) {
                signs.logos.add(new PageSigns.LogoAt(passageIndex, logo));
            }
        }

        private void owned(List<PageSigns.Owned> into) {
            HostPlace host = HostPlace.of(passage.text());
            if (host == null) {
                return;
            }
            for (int brand : new LinkedHashSet<>(officialHosts.of(host.host()))) {
                into.add(new PageSigns.Owned(passageIndex, brand, host.start(), host.end()));
            }
        }

        private boolean asksFor(List<String> words) {
            String folded = text.toString();
            return words.stream().anyMatch(folded::contains);
        }

        private void brandUse(Passage at, int start, int end, int brand, Kind kind, String rule) {
            String name = "brand:" + brands.get(brand).id() + "@" + rule;
            String group = kind == Kind.IMPERSONATION || kind == Kind.LOOKALIKE_HOST ? identityGroup : Match.MARKS;
            int weight = brandWeights[kind.ordinal()];
            boolean disguised = Match.isDisguised(rule);
            add(
                    at,
                    start,
                    end,
                    name,
                    kind,
                    brands.get(brand).id(),
                    group,
                    disguised ? weight * DISGUISED_PERCENT / 100 : weight);
        }

        private void add(
                Passage at,
                int start,
                int end,
                String rule,
                Kind kind,
                @Nullable String brand,
                String group,
                int weight) {
            String source = at.text();
            int from = Math.max(0, start - SNIPPET);
            int to = Math.min(source.length(), end + SNIPPET);
            if (from > 0 && Character.isLowSurrogate(source.charAt(from))) {
                from++;
            }
            if (to < source.length() && Character.isLowSurrogate(source.charAt(to))) {
                to--;
            }
            keep(new Match(
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
                    start - from));
        }

        private void keep(Match match) {
            if (matches.size() < MOST_MATCHES) {
                matches.add(match);
            } else {
                dropped++;
            }
        }
    }

    private static final Set<String> CAPTIONS = Set.of("alt", "title", "aria-label", "svg-title", "svg-desc");
    /** Letters around a name, up to which a caption names a mark and says no more. */
    private static final int CAPTION_AROUND = 14;

    /** Folded, as {@code contains} looks for them in what a form asks. */
    private static final List<String> PASSWORDS = folded(
            "password passwort kennwort passwd contrasena contraseña mot_de_passe motdepasse senha wachtwoord hasło lösenord adgangskode"
                    + " salasana şifre пароль парол パスワード 密码 密碼 비밀번호 รหัสผ่าน mật_khẩu kata_sandi كلمة_المرور סיסמה");

    private static final List<String> CREDENTIALS = folded(
            "cc-number cardnumber card_number card-number card_num cardno card_no ccnum cc-csc cvv cvc one-time-code verification_code"
                    + " sms_code security_code kartennummer numero_de_tarjeta número_de_tarjeta numéro_de_carte numero_carta número_do_cartão"
                    + " номер_карты カード番号 卡号 卡號 카드번호 카드_번호 หมายเลขบัตร");

    private static final int LONGEST_CODE_NAME = 12;
    private static final Set<String> CODES = Set.of(
            "otp",
            "otpcode",
            "otp code",
            "otp_code",
            "smscode",
            "sms",
            "pin",
            "pin code",
            "pincode",
            "passcode",
            "pan",
            "pwd");

    /** Underscores stand for spaces; those with a hyphen or an underscore of their own are looked for in each way. */
    private static List<String> folded(String words) {
        Set<String> folded = new LinkedHashSet<>();
        for (String word : words.split(" ")) {
            folded.addAll(Folding.variants(word.replace('_', ' ')));
            folded.addAll(Folding.variants(word));
        }
        return List.copyOf(folded);
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
        Matcher matcher = new Matcher(watchlist, tried, today);
        List<Fault> faults = new ArrayList<>();
        for (Indicator indicator : tried) {
            matcher.examples(indicator, indicator.match(), true, faults);
            matcher.examples(indicator, indicator.noMatch(), false, faults);
        }
        return faults;
    }

    private void examples(Indicator indicator, List<String> examples, boolean wanted, List<Fault> faults) {
        for (int i = 0; i < examples.size(); i++) {
            String example = examples.get(i);
            PageText page = Examples.page(indicator, example);
            boolean found = match(page).stream().anyMatch(match -> match.rule().equals(indicator.rule()));
            if (found != wanted) {
                faults.add(new Fault(
                        "indicators",
                        indicator.id() + "." + (wanted ? "match" : "no_match") + "[" + i + "]",
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
