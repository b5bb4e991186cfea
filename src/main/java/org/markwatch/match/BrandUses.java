package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Owned;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/**
 * Decides what a page does with a brand from all that was met on it: acceptance claim, logo, impersonation, lookalike host,
 * hot-linked asset or mere mention.
 *
 * <p>A name that is a common word says nothing alone; it counts beside acceptance wording or another brand. One use of a page.
 */
final class BrandUses {
    /** How far acceptance wording reaches to a name: the length of a list of cards. */
    private static final int REACH = 120;
    /** The longest text in which weak wording counts. */
    private static final int SHORT_TEXT = 100;
    /** References on each side that are siblings of a logo. */
    private static final int SIBLINGS = 6;
    /** Passages between an icon and the words that label it. */
    private static final int LABEL_REACH = 3;
    /** Letters of an icon's name that stands for another: {@code mc} and {@code cup} do not. */
    private static final int SHORTEST_PEER = 4;
    /** How much of a text names must cover to be a list of marks rather than prose about them. */
    private static final double LIST_COVERAGE = 0.6;
    /** The same where three brands stand together, and no sentence ends. */
    private static final double ROW_COVERAGE = 0.4;
    /** Characters between two names of a list. */
    private static final int LIST_GAP = 12;

    /** A text as short as this is no sentence about others. */
    private static final int TERSE_TEXT = 32;
    /** How much of a short text names must cover for weak wording to claim them. */
    private static final double PART_OF_CLAIM = 0.33;
    /** Wording that says as well what others do; all else is said of oneself, as {@code we accept} and {@code aceptamos}. */
    private static final Set<String> VAGUE = Set.of(
            "pay with",
            "pay with your",
            "charged to your",
            "billed to your",
            "buy with your",
            "card payments with",
            "we use",
            "pay by",
            "pay using",
            "pay via",
            "payment by",
            "payment via",
            "payments via",
            "be paid by",
            "be paid with",
            "be paid via",
            "be paid using",
            "use any",
            "buy with",
            "payment method",
            "payment methods",
            "accepted here",
            "payments accepted",
            "cards accepted",
            "send by",
            "send via",
            "send money by",
            "send money via",
            "send money with",
            "send money through",
            "send payment by",
            "send payment via",
            "payment through",
            "payments through",
            "pay through",
            "paid through",
            "payments by",
            "payable through",
            "forms of payment",
            "means of payment",
            "payment types",
            "you can pay",
            "you may pay",
            "donate with",
            "donate via",
            "donate by",
            "deposit via",
            "deposit with",
            "subscribe with",
            "top up with",
            "top up via",
            "major credit cards",
            "all major cards",
            "major cards",
            "credit cards accepted",
            "supported cards",
            "cards supported",
            "recibimos",
            "оплатить картой",
            "카드결제",
            "카드 결제",
            "カード決済",
            "クレジット決済",
            "クレジットカード決済",
            "各種カード",
            "利用可能",
            "可用",
            "支付",
            "付款",
            "接受",
            "支持",
            "支援",
            "使用");

    /** Characters of an entry of a list: {@code Carte bleue, Visa}. */
    private static final int LIST_ENTRY = 48;
    /** How much of it the names cover. */
    private static final double PART_OF_ENTRY = 0.2;
    /** How far behind a name the address stands that a payment goes to. */
    private static final int ADDRESS_REACH = 48;
    /** Rows of a table or list between a bank's name and the number of an account. */
    private static final int ACCOUNT_PASSAGES = 8;

    private static final int CARD_WORD_REACH = 56;
    private static final String CARD = "(\\b(credit|debit)?cards?|tarjetas?( de (cr[eé]dito|d[eé]bito))?|karten?"
            + "|cartes?( bancaires?| de cr[eé]dit)?|cart[aã]o( de cr[eé]dito)?|cart[ao]e?( di credito)?|kort|カード|卡|카드|บัตร\\S*|карт\\S*|thẻ|kartu|kart\\p{L}*|kredi kart\\p{L}*|k[aá]rty\\p{L}*|بطاق\\p{L}*|بالبطاقات"
            + "|כרטיס\\p{L}*)";
    private static final Pattern CARD_WORDS = Pattern.compile(CARD);
    private static final Pattern CARD_WORD =
            Pattern.compile(CARD + "(( \\p{L}{4,12})? ?[(:（：,-]?|[^.!?()]{0,32} ?\\() ?$");

    /** {@code Visa ending in 4242}. */
    private static final Pattern LAST_DIGITS = Pattern.compile(
            "(?i)\\b(ending( in| with)?|ends in|endet auf|endend auf|terminad[ao] en|se terminant par|che termina con|final) \\d{4}\\b");

    private static final int OTHERS_REACH = 32;
    /** Whose customers pay somebody else. */
    private static final Set<String> OTHERS = Set.of(
            "lets",
            "let",
            "allows",
            "allow",
            "enables",
            "enable",
            "merchants",
            "retailers",
            "businesses",
            "sellers",
            "shops",
            "stores",
            "vendors",
            "restaurants",
            "hotels",
            "tried",
            "they",
            "permite",
            "permet",
            "permettent",
            "ermöglicht",
            "händler",
            "comercios",
            "podrán",
            "pourront");
    /** Said to those who sell: {@code Accept Visa in your store}. */
    private static final Pattern TO_MERCHANTS = Pattern.compile(
            "(?i)\\b(your (online )?(store|shop|site|website|customers|clients|business)|(ihre[mn]?|deine[mn]?) (online-?)?shop|votre boutique"
                    + "|(tu|su) tienda)\\b");
    /** Before them, it is the speaker's own: {@code our shops accept}. */
    private static final Set<String> OWN = Set.of("our", "unsere", "unseren", "nos", "nuestros", "nuestras", "nossas");

    /** Values of two letters in forms, from which they are a list of countries or states: AE, DC, MC. */
    private static final int PLACES = 12;
    /** Icons of one font on a page, from which it is a gallery of them. */
    private static final int GALLERY = 100;

    static final int LONGEST_ACRONYM = 4;

    private final List<Brand> brands;
    private final LookalikeHosts lookalikes;
    private final BrandHosts brandHosts;
    private final PageSigns signs;
    private final Sink sink;
    private final String host;
    private final BitSet accepted = new BitSet();
    private final BitSet drawn = new BitSet();
    /** Brands that have a name on the page that is no common word. */
    private final BitSet namedInFull = new BitSet();
    /** Brands that the page's own title or first heading has. */
    private final BitSet namesOfPage = new BitSet();
    /** By passage, names in words that are common ones too. */
    private final Map<Integer, List<Name>> commonWords = new HashMap<>();
    /** Passages close to the number of a bank account. */
    private final BitSet nearAccount = new BitSet();

    private final boolean titledAcceptance;
    /** Icon fonts and sprites of which the page shows so many that one icon says nothing. */
    private final Set<String> galleries;
    /** Whether a logo is among them. */
    private final boolean gallery;

    /** Takes a brand use with its place in a passage. */
    interface Sink {
        void add(Passage passage, int start, int end, int brand, Kind kind, String rule);
    }

    BrandUses(
            List<Brand> brands,
            LookalikeHosts lookalikes,
            BrandHosts brandHosts,
            PageText page,
            PageSigns signs,
            Sink sink) {
        this.brands = brands;
        this.lookalikes = lookalikes;
        this.brandHosts = brandHosts;
        this.signs = signs;
        this.sink = sink;
        String pageHost = page.url().getHost();
        host = pageHost == null ? "" : pageHost;
        galleries = galleries(signs.passages);
        gallery = signs.logos.stream().anyMatch(at -> isInGallery(passage(at.passage())));
        titledAcceptance = signs.cues.stream()
                .anyMatch(cue -> !cue.weak()
                        && isTitle(passage(cue.passage()))
                        && !TO_MERCHANTS.matcher(passage(cue.passage()).text()).find());
    }

    static boolean isTitle(Passage passage) {
        return passage.field() == Field.TITLE || passage.field() == Field.HEADING;
    }

    /** Whether the page is one where people pay. */
    private boolean isAboutPaying() {
        return !signs.cues.isEmpty() || sells();
    }

    /** Whether something is sold on the page, or asked for that only a payer or a customer has. */
    private boolean sells() {
        return signs.commerce || signs.price || signs.credentials || signs.shop;
    }

    /** Whether money is taken on the page. A form for a password is no till: forums have one on every page. */
    private boolean isTill() {
        return signs.commerce
                || signs.price
                || signs.shop
                || signs.credentials && !signs.password
                || !signs.actions.isEmpty()
                || titledAcceptance;
    }

    /** Whether the page writes about marks and sells nothing itself. */
    private boolean isDescribing() {
        return signs.describing && !signs.credentials && !signs.shop;
    }

    void judge() {
        signs.settleNames();
        signs.names.stream().filter(name -> !name.ambiguous()).forEach(name -> namedInFull.set(name.brand()));
        for (Name name : signs.names) {
            Passage passage = passage(name.passage());
            if (Impersonation.isHeadline(passage)) {
                namesOfPage.set(name.brand());
            }
            if (name.ambiguous() && passage.field() != Field.IMAGE) {
                commonWords
                        .computeIfAbsent(name.passage(), p -> new ArrayList<>())
                        .add(name);
            }
        }
        signs.accounts.forEach(
                account -> nearAccount.set(Math.max(0, account - ACCOUNT_PASSAGES), account + ACCOUNT_PASSAGES + 1));
        for (Owned action : signs.actions) {
            accept(passage(action.passage()), action.start(), action.end(), action.brand(), "form-host");
        }
        for (Owned link : isDescribing() ? List.<Owned>of() : signs.payLinks) {
            accept(passage(link.passage()), link.start(), link.end(), link.brand(), "pay-link");
        }
        for (Owned script : signs.scripts) {
            accept(passage(script.passage()), script.start(), script.end(), script.brand(), "sdk");
        }
        namesInText();
        paymentValues();
        logos();
        lists();
        for (Owned asset : signs.assets) {
            sink.add(passage(asset.passage()), asset.start(), asset.end(), asset.brand(), Kind.ASSET, "asset");
        }
        BitSet lookalike = lookalikeHost();
        new Impersonation(brands, brandHosts, host, signs, drawn, sink).judge(lookalike);
    }

    private Passage passage(int index) {
        return signs.passages.get(index);
    }

    private void accept(Passage passage, int start, int end, int brand, String rule) {
        accepted.set(brand);
        sink.add(passage, start, end, brand, Kind.ACCEPTANCE, rule);
    }

    // ---- names in text

    private void namesInText() {
        Map<Integer, List<Cue>> cuesByPassage = new HashMap<>();
        for (Cue cue : signs.cues) {
            cuesByPassage.computeIfAbsent(cue.passage(), p -> new ArrayList<>()).add(cue);
        }
        int from = 0;
        while (from < signs.names.size()) {
            int index = signs.names.get(from).passage();
            int to = from;
            while (to < signs.names.size() && signs.names.get(to).passage() == index) {
                to++;
            }
            List<Name> names = signs.names.subList(from, to);
            inPassage(passage(index), names, cuesByPassage.getOrDefault(index, List.of()));
            from = to;
        }
    }

    private void inPassage(Passage passage, List<Name> names, List<Cue> cues) {
        BitSet inRow = inRow(names);
        boolean paymentValue = isPaymentValue(passage);
        BitSet claimed = claimed(passage.text(), names, cues);
        boolean titled = titledAcceptance && !isTitle(passage);
        boolean picture = passage.field() == Field.IMAGE;
        if (picture && signs.describing && !sells()) {
            return;
        }
        sentTo(passage.text(), names, claimed);
        if (signs.price && !signs.describing && passage.field() == Field.TEXT) {
            forAnAmount(passage.text(), names, claimed);
        }
        if (passage.field() == Field.TEXT && nearAccount.get(names.getFirst().passage())) {
            toAccount(names, claimed);
        }
        boolean refused =
                PayingClauses.isRefused(passage.text(), names.getFirst().start());
        if (!refused
                && (titled
                        || (!inRow.isEmpty() || isBracketed(passage.text(), names.getFirst()))
                                && !signs.describing
                                && (isAboutPaying() || PayingClauses.speaksOfPaying(passage.text()))
                                && followsCardWord(passage.text(), names.getFirst()))) {
            // 'Payment methods' above, and cards in a row below; 'credit card (Visa, Mastercard)'
            claimed.or(inRow);
            claimed.set(0, claimed.get(0) || isBracketed(passage.text(), names.getFirst()));
        }
        if (!signs.describing && !inRow.isEmpty() && answersAboutCards(names)) {
            claimed.or(inRow);
        }
        if (!refused && !signs.describing && passage.field() == Field.TEXT) {
            inClause(passage.text(), names, inRow, claimed);
        }
        if (titled
                && !refused
                && !signs.describing
                && passage.field() == Field.TEXT
                && passage.text().length() <= LIST_ENTRY
                && passage.text().indexOf('%') < 0
                && coverage(passage.text(), names) >= PART_OF_ENTRY) {
            claimed.set(0, names.size());
        }
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (claimed.get(i) || paymentValue) {
                accept(
                        passage,
                        name.start(),
                        name.end(),
                        name.brand(),
                        name.rule(paymentValue ? "json-ld" : "acceptance"));
            } else if (!picture && (!name.ambiguous() || inRow.get(i) || namedInFull.get(name.brand()))) {
                // common words side by side vouch for each other, and so does the brand's longer name
                sink.add(passage, name.start(), name.end(), name.brand(), Kind.MENTION, name.rule("name"));
            }
        }
    }

    /** {@code PayPal to shop@…}: a name with an address for the payment behind it. */
    private void sentTo(String text, List<Name> names, BitSet claimed) {
        if (text.indexOf('@') < 0 || signs.describing || !isAboutPaying()) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            int from = names.get(i).end();
            int at = text.indexOf('@', from);
            boolean address = at > from + 1
                    && at - from <= ADDRESS_REACH
                    && at + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(at - 1))
                    && Character.isLetterOrDigit(text.charAt(at + 1));
            if (address && !names.get(i).ambiguous() && isNear(text, from, at, ADDRESS_REACH)) {
                claimed.set(i);
            }
        }
    }

    /** {@code Bank: NAB, BSB 000-000, account 12 345 678}: a bank's name close to the number of an account. */
    private void toAccount(List<Name> names, BitSet claimed) {
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (!name.ambiguous() || isCapitals(name)) {
                claimed.set(i);
            }
        }
    }

    /** {@code 25 USD via PayPal or Western Union}: names right behind an amount. */
    private void forAnAmount(String text, List<Name> names, BitSet claimed) {
        BitSet inRow = inRow(names);
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if ((!name.ambiguous() || inRow.get(i)) && PayingClauses.followsAmount(text, name.start())) {
                claimRow(i, inRow, claimed);
            }
        }
    }

    /** {@code by bank transfer or PayPal}: names that their clause makes a way to pay. */
    private void inClause(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        boolean till = isTill();
        if (!till && text.length() > SHORT_TEXT) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (!claimed.get(i)
                    && (!name.ambiguous() || inRow.get(i) || isBrandLike(text, name))
                    && PayingClauses.isWayToPay(text, name.start(), name.end(), till)) {
                claimRow(i, inRow, claimed);
            }
        }
    }

    private static void claimRow(int first, BitSet inRow, BitSet claimed) {
        claimed.set(first);
        for (int next = first + 1; inRow.get(next) && inRow.get(next - 1); next++) {
            claimed.set(next);
        }
    }

    private boolean isCapitals(Name name) {
        String written = passage(name.passage()).text().substring(name.start(), name.end());
        return written.length() <= LONGEST_ACRONYM && written.chars().allMatch(Character::isUpperCase);
    }

    /** Whether a text begins with names right behind a question about cards: {@code What cards can I use?} */
    private boolean answersAboutCards(List<Name> names) {
        Name first = names.getFirst();
        if (first.start() > 0 || first.passage() == 0) {
            return false;
        }
        String question = passage(first.passage() - 1).text();
        return question.endsWith("?")
                && question.length() <= SHORT_TEXT
                && CARD_WORDS.matcher(Folding.fold(question)).find();
    }

    /** Whether a short text ends with the name in brackets: {@code Credit card (Visa)}. */
    private static boolean isBracketed(String text, Name name) {
        return text.length() <= LIST_ENTRY
                && name.start() > 0
                && text.charAt(name.start() - 1) == '('
                && text.indexOf(')', name.end()) == text.length() - 1;
    }

    /** Whether a list of names explains what cards are meant: {@code credit card (Visa …}. */
    private static boolean followsCardWord(String text, Name first) {
        String before = text.substring(Math.max(0, first.start() - CARD_WORD_REACH), first.start());
        return CARD_WORD.matcher(Folding.fold(before)).find();
    }

    /** Names that stand next to a name of another brand. */
    private static BitSet inRow(List<Name> names) {
        BitSet inRow = new BitSet();
        for (int i = 1; i < names.size(); i++) {
            Name before = names.get(i - 1);
            Name name = names.get(i);
            if (name.brand() != before.brand() && name.start() - before.end() <= LIST_GAP) {
                inRow.set(i - 1, i + 1);
            }
        }
        return inRow;
    }

    /** Names that acceptance wording reaches, straight or over other names between. */
    private BitSet claimed(String text, List<Name> names, List<Cue> cues) {
        BitSet claimed = new BitSet();
        boolean sells = isTill();
        BitSet inRow = inRow(names);
        for (Cue cue : cues) {
            boolean wordy = text.length() > SHORT_TEXT;
            // in prose, and in questions, others are spoken of
            boolean label = isLabel(text, cue.end());
            boolean doubtful = cue.weak()
                    && !label
                    && (wordy
                            || text.endsWith("?")
                            || text.length() > TERSE_TEXT && coverage(text, names) < PART_OF_CLAIM);
            String said = Folding.fold(text.substring(cue.start(), cue.end()));
            boolean vague = VAGUE.contains(said);
            boolean unsold = !sells && (wordy || said.startsWith("send "));
            if (doubtful && (wordy || !signs.commerce)
                    || vague && (unsold || signs.describing)
                    || (vague || cue.weak())
                            && (isSaidOfOthers(text, cue.start())
                                    || TO_MERCHANTS.matcher(text).find())
                    || said.equals("pay") && !label
                    || signs.describing && isQuoted(text, cue.start())
                    || isNegated(text, cue.start())) {
                continue;
            }
            int far = doubtful ? LIST_GAP : REACH;
            int reach = cue.end();
            for (int i = 0; cue.side() != AcceptanceWording.Side.NAME_BEFORE && i < names.size(); i++) {
                Name name = names.get(i);
                if (name.start() >= cue.end() && isNear(text, reach, name.start(), far)) {
                    if (!name.ambiguous() || inRow.get(i) || isBrandLike(text, name)) {
                        claimed.set(i);
                    }
                    reach = Math.max(reach, name.end());
                }
            }
            reach = cue.start();
            for (int i = names.size() - 1; cue.side() != AcceptanceWording.Side.NAME_AFTER && !label && i >= 0; i--) {
                Name name = names.get(i);
                if (name.end() <= cue.start() && isNear(text, name.end(), reach, far)) {
                    if (!name.ambiguous() || inRow.get(i) || isBrandLike(text, name)) {
                        claimed.set(i);
                    }
                    reach = Math.min(reach, name.start());
                }
            }
        }
        return claimed;
    }

    /** {@code Payment: PayPal}. */
    private static boolean isLabel(String text, int end) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '\uff1a');
    }

    /** Whether somebody else is let pay: {@code lets clients pay by}. */
    private static boolean isSaidOfOthers(String text, int cue) {
        String before = text.substring(Math.max(0, cue - OTHERS_REACH), cue);
        List<Tokens.Token> words = Tokens.of(before, 0, before.length());
        return words.stream().anyMatch(token -> OTHERS.contains(token.word()))
                && words.stream().noneMatch(token -> OWN.contains(token.word()));
    }

    /** Whether an article quotes somebody who says it. */
    private static boolean isQuoted(String text, int cue) {
        for (int i = cue - 1; i >= 0; i--) {
            if ("\"\u201c\u201d\u201e\u00ab\u00bb\u300c".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNear(String text, int from, int to, int far) {
        if (to - from > far) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '!' || c == '?' || c == '。' || c == '.' && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNegated(String text, int cue) {
        String before = text.substring(Math.max(0, cue - 16), cue).toLowerCase(Locale.ROOT);
        return before.matches(
                        "(?s).*(\\bnot|n't|cannot|unable to|n’t|\\bno longer|\\bnever|\\bno|\\bnicht|\\bkein|\\bkeine|\\bne|\\bnie|\\bnão|\\bnon|\\bniet) ?(\\w+ )?$")
                || before.endsWith("不")
                || before.endsWith("ไม่");
    }

    /** Whether what follows an ambiguous name is what follows a brand: an end, a sign, another word of a list of cards. */
    private static boolean isBrandLike(String text, Name name) {
        int at = name.end();
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (end < text.length() && Folding.CLASSES[text.charAt(end)] == Folding.WORD) {
            end++;
        }
        return end == at || PaymentWords.AFTER_BRAND.contains(Folding.fold(text.substring(at, end)));
    }

    // ---- lists of names

    /** Two brands or more, drawn ones too, in texts that are hardly more than names, on a page that speaks of paying. */
    private void lists() {
        if (!isAboutPaying() || isDescribing() || gallery) {
            return;
        }
        List<List<Name>> run = new ArrayList<>();
        int lastPassage = -2;
        int from = 0;
        List<Name> all = signs.names;
        while (from < all.size()) {
            int index = all.get(from).passage();
            int to = from;
            while (to < all.size() && all.get(to).passage() == index) {
                to++;
            }
            List<Name> names = all.subList(from, to);
            Passage passage = passage(index);
            from = to;
            if (passage.field() != Field.TEXT
                    || coverage(passage.text(), names) < (isRow(passage.text(), names) ? ROW_COVERAGE : LIST_COVERAGE)
                    || passage.text().indexOf('%') >= 0) { // shares of a market
                continue;
            }
            // link texts come between the passages of a list, figures between the rows of a table
            if (index - lastPassage > 3 || hasFigures(lastPassage, index)) {
                list(run);
                run = new ArrayList<>();
            }
            run.add(names);
            lastPassage = index;
        }
        list(run);
    }

    /** Whether three brands or more stand in a text that is no sentence: {@code Cash on delivery Apple Pay MC Visa}. */
    private static boolean isRow(String text, List<Name> names) {
        return names.stream().mapToInt(Name::brand).distinct().count() > 2
                && ".!?。".indexOf(text.charAt(text.length() - 1)) < 0
                && !TO_MERCHANTS.matcher(text).find();
    }

    private boolean hasFigures(int from, int to) {
        for (int i = Math.max(from, 0) + 1; i < to; i++) {
            Passage between = passage(i);
            if (between.field() == Field.TEXT && between.text().chars().noneMatch(Character::isLetter)) {
                return true;
            }
        }
        return false;
    }

    private void list(List<List<Name>> run) {
        BitSet named = (BitSet) accepted.clone();
        named.or(drawn);
        boolean sure = !named.isEmpty();
        for (List<Name> names : run) {
            for (Name name : names) {
                named.set(name.brand());
                sure |= !name.ambiguous();
            }
        }
        if (named.cardinality() < 2 || !sure) {
            return;
        }
        for (List<Name> names : run) {
            for (Name name : names) {
                accept(passage(name.passage()), name.start(), name.end(), name.brand(), name.rule("list"));
            }
        }
    }

    private static double coverage(String text, List<Name> names) {
        int covered = 0;
        int last = -1;
        for (Name name : names) {
            if (last >= 0 && name.start() - last <= LIST_GAP && name.start() > last) {
                covered += name.start() - last;
            }
            covered += Math.max(0, name.end() - Math.max(last, name.start()));
            last = Math.max(last, name.end());
        }
        return (double) covered / text.length();
    }

    // ---- values and forms

    private static boolean isPaymentValue(Passage passage) {
        String detail = passage.detail().toLowerCase(Locale.ROOT);
        return passage.field() == Field.JSON_LD
                && (detail.contains("paymentaccepted")
                        || detail.contains("acceptedpaymentmethod")
                        || detail.contains("goodrelations"));
    }

    /** {@code paymentAccepted} by itself; choices of a form if the form speaks of paying or two brands are among them. */
    private void paymentValues() {
        BitSet chosen = new BitSet();
        boolean places = signs.passages.stream().filter(BrandUses::isCode).count() >= PLACES;
        for (LogoAt at : signs.logos) {
            if (isChoice(passage(at.passage()), places)) {
                chosen.set(at.logo().brand());
            }
        }
        for (LogoAt at : signs.logos) {
            Passage passage = passage(at.passage());
            boolean value = isPaymentValue(passage);
            boolean choice =
                    isChoice(passage, places) && (at.logo().trust() == Trust.ALONE || chosen.cardinality() > 1);
            if (value || choice) {
                accept(
                        passage,
                        at.logo().start(),
                        at.logo().end(),
                        at.logo().brand(),
                        value ? "json-ld" : "form-choice");
            }
        }
    }

    private static boolean isChoice(Passage passage, boolean places) {
        return passage.field() == Field.FORM && !(places && isCode(passage));
    }

    private static boolean isCode(Passage passage) {
        return passage.field() == Field.FORM
                && passage.detail().equals("value")
                && passage.text().length() == 2
                && passage.text().chars().allMatch(Character::isLetter);
    }

    // ---- logos

    private void logos() {
        List<LogoAt> images = new ArrayList<>();
        for (LogoAt at : signs.logos) {
            Passage passage = passage(at.passage());
            if (passage.field() == Field.IMAGE) {
                if (isInGallery(passage)) {
                    sink.add(
                            passage,
                            at.logo().start(),
                            at.logo().end(),
                            at.logo().brand(),
                            Kind.MENTION,
                            "name");
                } else {
                    images.add(at);
                }
            }
        }
        boolean sure = images.stream().anyMatch(at -> at.logo().trust() == Trust.ALONE);
        boolean commerce = sure || signs.commerce || signs.credentials || signs.shop || !accepted.isEmpty();
        List<LogoAt> believedOnes = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            LogoAt at = images.get(i);
            Passage passage = passage(at.passage());
            boolean believed = switch (at.logo().trust()) {
                case ALONE -> true;
                case ON_COMMERCE_PAGE ->
                    !isLabelledOtherwise(at)
                            && (hasSibling(images, i)
                                    || hasMate(images, i)
                                    || !isNameOfPage(at.logo().brand())
                                            && !signs.homonym
                                            && (commerce || signs.price && !isCaption(passage)));
                case BESIDE_LOGO ->
                    !isLabelledOtherwise(at)
                            && (hasSibling(images, i) || !signs.homonym && isAboutPaying() && hasPeer(images, i));
                case NAMED_ONLY -> false;
            };
            if (believed) {
                drawn.set(at.logo().brand());
                believedOnes.add(at);
                sink.add(passage, at.logo().start(), at.logo().end(), at.logo().brand(), Kind.LOGO, "logo");
            } else if (at.logo().trust() == Trust.NAMED_ONLY) {
                sink.add(passage, at.logo().start(), at.logo().end(), at.logo().brand(), Kind.MENTION, "name");
            }
        }
        if (isDescribing()) {
            return;
        }
        // marks where people pay, marks that say so themselves, and marks in a row say that they are taken
        boolean paying = isAboutPaying();
        for (LogoAt at : believedOnes) {
            boolean offered = at.logo().payment()
                    || at.logo().plain()
                            && (paying || hasNeighbour(believedOnes, believedOnes.indexOf(at), other -> true));
            if (offered && !isStoredCard(at)) {
                accept(
                        passage(at.passage()),
                        at.logo().start(),
                        at.logo().end(),
                        at.logo().brand(),
                        "icons");
            }
        }
    }

    private static Set<String> galleries(List<Passage> passages) {
        Map<String, Integer> icons = new HashMap<>();
        for (Passage passage : passages) {
            if (isIcon(passage)) {
                icons.merge(iconFont(passage), 1, Integer::sum);
            }
        }
        icons.values().removeIf(count -> count < GALLERY);
        return icons.keySet();
    }

    /** Whether it is one icon among all of its kind: {@code fa-cc-visa} between {@code fa-car} and {@code fa-cloud}. */
    private boolean isInGallery(Passage passage) {
        return isIcon(passage) && galleries.contains(iconFont(passage));
    }

    private static boolean isIcon(Passage passage) {
        return passage.field() == Field.IMAGE
                && switch (passage.detail()) {
                    case "class", "use", "id" -> true;
                    default -> false;
                };
    }

    /** What icons of a font or sprite have in common: {@code fa} of {@code fa fa-cc-visa}. */
    private static String iconFont(Passage passage) {
        String text = passage.text();
        int end = 0;
        while (end < text.length() && " -_".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    /** Whether the page's own title has the name, which is a common word: an app called Maestro. */
    private boolean isNameOfPage(int brand) {
        return namesOfPage.get(brand);
    }

    /** Captions have common words more often than file names do: {@code alt="Discover"}. */
    private static boolean isCaption(Passage passage) {
        return switch (passage.detail()) {
            case "alt", "title", "aria-label" -> true;
            default -> false;
        };
    }

    /** Whether the words beside an icon use its name in a common sense: an icon before 'Visa information'. */
    private boolean isLabelledOtherwise(LogoAt at) {
        if (!isIcon(passage(at.passage()))) {
            return false;
        }
        for (int index = at.passage() - LABEL_REACH; index <= at.passage() + LABEL_REACH; index++) {
            for (Name name : commonWords.getOrDefault(index, List.of())) {
                if (name.brand() == at.logo().brand()
                        && !isBrandLike(passage(index).text(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a logo of another brand that can be believed is among the neighbouring references. */
    private boolean hasSibling(List<LogoAt> images, int index) {
        return hasNeighbour(
                images,
                index,
                other -> other.logo().trust() == Trust.ALONE
                        || other.logo().trust() == Trust.ON_COMMERCE_PAGE
                                && !isLabelledOtherwise(other)
                                && !isNameOfPage(other.logo().brand()));
    }

    /** Whether an icon that is a common word too has one of its kind beside it: {@code ico-visa}, {@code ico-amex}. */
    private boolean hasPeer(List<LogoAt> images, int index) {
        LogoAt at = images.get(index);
        return isPeer(at) && hasNeighbour(images, index, this::isPeer);
    }

    private boolean isPeer(LogoAt at) {
        return isIcon(passage(at.passage()))
                && at.logo().plain()
                && at.logo().end() - at.logo().start() >= SHORTEST_PEER;
    }

    /** Whether an abbreviation lies in the same folder, and so a common word is no common word: {@code visa.gif}, {@code mc.gif}. */
    private boolean hasMate(List<LogoAt> images, int index) {
        if (signs.homonym) {
            return false;
        }
        String folder = folder(images.get(index));
        return !folder.isEmpty()
                && hasNeighbour(
                        images,
                        index,
                        other -> other.logo().trust() == Trust.BESIDE_LOGO
                                && other.logo().plain()
                                && folder.equals(folder(other)));
    }

    /** Detail and folder of a file that is called as a logo is, or empty. */
    private String folder(LogoAt at) {
        Passage passage = passage(at.passage());
        return isIcon(passage) || isCaption(passage)
                ? ""
                : passage.detail() + ' ' + passage.text().substring(0, at.logo().start());
    }

    /** Whether it is somebody's own card that is drawn: an icon beside {@code **** 4242}, where no card is asked for. */
    private boolean isStoredCard(LogoAt at) {
        if (signs.credentials) {
            return false;
        }
        int last = Math.min(signs.passages.size() - 1, at.passage() + LABEL_REACH);
        for (int index = Math.max(0, at.passage() - 1); index <= last; index++) {
            if (passage(index).field() == Field.TEXT
                    && isLastDigits(passage(index).text())) {
                return true;
            }
        }
        return false;
    }

    /** The end of a number whose beginning is not shown: {@code **** 4821}, {@code ending in 4821}. */
    private static boolean isLastDigits(String text) {
        if (LAST_DIGITS.matcher(text).find()) {
            return true;
        }
        int masked = 0;
        for (int i = 0; i < Math.min(text.length(), LIST_ENTRY); i++) {
            char c = text.charAt(i);
            if ("*\u2022\u25cf\u00b7xX#".indexOf(c) >= 0) {
                masked++;
            } else if (masked > 1 && (c >= '0' && c <= '9' || c == '@')) {
                return true;
            } else if (c != ' ' && c != '-') {
                masked = 0;
            }
        }
        return false;
    }

    private static boolean hasNeighbour(List<LogoAt> images, int index, Predicate<LogoAt> voucher) {
        LogoAt at = images.get(index);
        for (int step = -1; step <= 1; step += 2) {
            for (int i = index + step; i >= 0 && i < images.size(); i += step) {
                LogoAt other = images.get(i);
                if (Math.abs(other.passage() - at.passage()) > SIBLINGS) {
                    break;
                }
                if (other.logo().brand() != at.logo().brand() && voucher.test(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private BitSet lookalikeHost() {
        BitSet found = new BitSet();
        List<LookalikeHosts.Lookalike> alike = lookalikes.of(host);
        if (alike.isEmpty()) {
            return found;
        }
        for (Passage passage : signs.passages) {
            int at = passage.field() == Field.URL ? passage.text().indexOf(host) : -1;
            if (at >= 0) {
                for (LookalikeHosts.Lookalike one : alike) {
                    found.set(one.brand());
                    sink.add(
                            passage,
                            at + one.start(),
                            at + one.end(),
                            one.brand(),
                            Kind.LOOKALIKE_HOST,
                            "host-" + one.way());
                }
                return found;
            }
        }
        return found;
    }
}
