package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.markwatch.extract.Passage;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.text.Folding;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * Decides what names of brands in running text say: that the brand is taken, or only that it is spoken of.
 *
 * <p>A name that is a common word says nothing alone; it counts beside acceptance wording or another brand.
 */
final class NamedBrands {
    /** How far acceptance wording reaches to a name: the length of a list of cards. */
    private static final int REACH = 120;
    /** The longest text that says below a label by what is paid, and no more. */
    private static final int LONGEST_ANSWER = 120;

    private static final Pattern OTHER_ENTRIES =
            Pattern.compile("( ?[,/|;·•、，] ?[\\p{L}\\p{N}.]{2,12}( [\\p{L}\\p{N}]{2,8})?){1,4} ?[,/|;·•、，] ?");
    /** A text as short as this is no sentence about others. */
    private static final int TERSE_TEXT = 32;
    /** How much of a short text names must cover for weak wording to claim them. */
    private static final double PART_OF_CLAIM = 0.33;
    /** How much of it the names cover. */
    private static final double PART_OF_ENTRY = 0.2;
    /** How far behind a name the address stands that a payment goes to. */
    private static final int ADDRESS_REACH = 48;

    /** Rows of a table or list between a bank's name and the number of an account. */
    private static final int ACCOUNT_PASSAGES = 8;

    /** Passages between two ways to pay of a page that explains each. */
    private static final int WAYS_REACH = 8;
    /** Entries of a list above one of them. */
    private static final int LONGEST_LIST = 6;
    /** Before the names of an answer: {@code All}. */
    private static final int SHORT_LEAD = 12;

    /** Texts behind the name of a card that somebody has. */
    private static final int TEXTS_OF_CARD = 4;

    private static final int OTHERS_REACH = 32;
    private static final int LONGEST_ACRONYM = 4;
    /** Names of a page whose clauses are read, or amounts; no shop needs as many to say what it takes, and each costs time. */
    private static final int MOST_CLAUSES = 500;

    private final PageSigns signs;
    private final UsesFound uses;
    private int clauses;
    /** Names that have been held against an amount before them. */
    private int amounts;
    /** Brands that have a name on the page that is no common word. */
    private final BitSet namedInFull = new BitSet();
    /** Passages close to the number of a bank account. */
    private final BitSet nearAccount = new BitSet();

    NamedBrands(PageSigns signs, UsesFound uses) {
        this.signs = signs;
        this.uses = uses;
        signs.names.stream().filter(name -> !name.ambiguous()).forEach(name -> namedInFull.set(name.brand()));
        signs.accounts.forEach(
                account -> nearAccount.set(Math.max(0, account - ACCOUNT_PASSAGES), account + ACCOUNT_PASSAGES + 1));
    }

    /** Names where they stand; those that markup hides last, so that they cannot use up what is read of a page. */
    void judge() {
        Map<Integer, List<Cue>> cuesByPassage = new HashMap<>();
        for (Cue cue : signs.cues) {
            cuesByPassage.computeIfAbsent(cue.passage(), p -> new ArrayList<>()).add(cue);
        }
        // a name that one wording has led to is not given to another: 'we accept' goes before 'accept'
        cuesByPassage.values().forEach(cues -> cues.sort(Comparator.comparing(Cue::strength)));
        judge(cuesByPassage, false);
        judge(cuesByPassage, true);
    }

    private void judge(Map<Integer, List<Cue>> cuesByPassage, boolean hidden) {
        int from = 0;
        while (from < signs.names.size()) {
            int index = signs.names.get(from).passage();
            int to = from;
            while (to < signs.names.size() && signs.names.get(to).passage() == index) {
                to++;
            }
            Passage passage = signs.passage(index);
            if (passage.hidden() == hidden) {
                inPassage(
                        new NamesInText(passage, signs.names.subList(from, to), signs.words),
                        cuesByPassage.getOrDefault(index, List.of()));
            }
            from = to;
        }
    }

    private void inPassage(NamesInText names, List<Cue> cues) {
        Passage passage = names.passage;
        boolean picture = passage.field() == Field.IMAGE;
        boolean paymentValue = PageSigns.isPaymentValue(passage);
        BitSet claimed = claimed(names, cues);
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (claimed.get(i) || paymentValue) {
                uses.claim(AcceptanceClaim.ofName(
                        names,
                        i,
                        paymentValue ? "json-ld" : "acceptance",
                        paymentValue ? ClaimRoute.STRUCTURED_DATA : names.route(i)));
            } else if (!picture && (!name.ambiguous() || names.isInRow(i) || namedInFull.get(name.brand()))) {
                // common words side by side vouch for each other, and so does the brand's longer name
                uses.add(passage, name.start(), name.end(), name.brand(), Kind.MENTION, name.rule("name"));
            }
        }
    }

    /** Names that the page says it takes. */
    private BitSet claimed(NamesInText names, List<Cue> cues) {
        // what is so in most shops is told of others
        boolean refused = signs.clauses.isRefused(names.text, names.first().start())
                || !signs.clauses.placesOfMost(names.text).isEmpty();
        BitSet claimed = signs.clauses.isAdvertisement(names.text) ? new BitSet() : claimedBy(cues, names);
        if (names.passage.field().isRunningText() && nearAccount.get(names.index())) {
            toAccount(names, claimed);
            names.claimedBy(ClaimRoute.ACCOUNT_NUMBER, claimed);
        }
        if (signs.titledAcceptance && !PageSigns.isTitle(names.passage) && !refused) {
            inRowsBelowTitle(names, claimed);
            names.claimedBy(ClaimRoute.ROW_BELOW_TITLE, claimed);
        }
        byPayments(names, claimed);
        if (!refused) {
            byWording(names, claimed);
        }
        if (names.passage.field().isRunningText()
                && signs.titledAcceptance
                && signs.takesMoney()
                && !signs.clauses.isSaidToMerchants(names.text)) {
            underTitle(names, claimed);
            names.claimedBy(ClaimRoute.UNDER_TITLE, claimed);
        }
        if (!refused && isEntryBelowPaying(names)) {
            claimed.set(0, names.size());
            names.claimedBy(ClaimRoute.LIST_ENTRY, claimed);
        }
        withoutDenied(names, claimed);
        if (!claimed.isEmpty() && (isStoredCard(signs, names) || signs.clauses.isAnnounced(names.text))) {
            claimed.clear();
        }
        return claimed;
    }

    /** What is paid, to whom, and which cards a question or picture asks about: said even where something else is refused. */
    private void byPayments(NamesInText names, BitSet claimed) {
        sentTo(names, claimed);
        names.claimedBy(ClaimRoute.ADDRESS, claimed);
        if (names.passage.field().isRunningText()) {
            toAccountOfSpeaker(names, claimed);
            names.claimedBy(ClaimRoute.OUR_ACCOUNT, claimed);
            if (signs.price) {
                forAnAmount(names, claimed);
                names.claimedBy(ClaimRoute.AMOUNT, claimed);
            }
        }
        boolean strip = names.passage.field() == Field.IMAGE && isStripOfMarks(names);
        if (names.hasRow() && (strip || answersAboutCards(names))) {
            claimed.or(names.inRows());
            names.claimedBy(strip ? ClaimRoute.STRIP_CAPTION : ClaimRoute.ANSWER, claimed);
        }
    }

    private void byWording(NamesInText names, BitSet claimed) {
        if (explainsCards(names)) {
            names.addRow(0, claimed);
            names.claimedBy(ClaimRoute.CARDS_NAMED, claimed);
        }
        if (names.passage.field().isRunningText()) {
            inClause(names, claimed);
            names.claimedBy(ClaimRoute.CLAUSE, claimed);
        }
        if (isSaidUnderLabel(names)) {
            claimed.or(names.inRows());
            names.claimedBy(ClaimRoute.UNDER_LABEL, claimed);
        }
        if (signs.titledAcceptance && isEntry(names)) {
            claimed.set(0, names.size());
            names.claimedBy(ClaimRoute.ENTRY, claimed);
        } else if (signs.shop && isWayAmongOthers(names)) {
            claimed.set(0, names.size());
            names.claimedBy(ClaimRoute.AMONG_WAYS, claimed);
        }
    }

    /** 'Payment methods' above, and cards in a row below. */
    private void inRowsBelowTitle(NamesInText names, BitSet claimed) {
        boolean sold = signs.takesMoney();
        for (int first = names.nextInRow(0); first >= 0; ) {
            int last = names.endOfRow(first);
            if (sold || !names.isSpokenOf(last)) {
                claimed.set(first, last + 1);
            }
            first = names.nextInRow(last + 1);
        }
    }

    /** Whether a short text or a lesser heading is an entry under the title: {@code Carte bleue, Visa}. */
    private boolean isEntry(NamesInText names) {
        double least = switch (names.passage.field()) {
            case TEXT -> PART_OF_ENTRY;
            case HEADING -> {
                double ofRow = names.size() > 1 ? NamesInText.ROW_COVERAGE : NamesInText.LIST_COVERAGE;
                yield PageSigns.isHeadline(names.passage) || !signs.isTill() ? 2 : ofRow;
            }
            default -> 2;
        };
        return names.text.length() <= NamesInText.LIST_ENTRY
                && names.text.indexOf('%') < 0
                && names.coverage() >= least;
    }

    /** Whether names stand alone, as other ways to pay do near by: {@code PayPal:} above and below {@code Bank transfer:}. */
    private boolean isWayAmongOthers(NamesInText names) {
        int index = names.index();
        boolean opens = names.first().start() == 0
                && isBehindName(signs.passage(index).text(), names.last().end());
        if (!isLabelAlone(signs.passage(index)) || !opens || clauses++ >= MOST_CLAUSES) {
            return false;
        }
        return isNearOtherWay(index);
    }

    /**
     * Whether an entry has names, of a list under a text that says that ways to pay come next, where another entry is cash or bank
     * transfer: {@code You can pay:}.
     */
    private boolean isEntryBelowPaying(NamesInText names) {
        int index = names.index();
        return isLabelAlone(names.passage)
                && isBelowPaying(index)
                && isNearOtherWay(index)
                && signs.clauses.isToldOfOneself(
                        names.text, names.first().start(), names.last().end());
    }

    /** Whether a label near by names cash, bank transfer or another way to pay that nobody watches. */
    private boolean isNearOtherWay(int index) {
        int last = Math.min(signs.passages.size() - 1, index + WAYS_REACH);
        for (int near = Math.max(0, index - WAYS_REACH); near <= last; near++) {
            if (near != index
                    && isLabelAlone(signs.passage(near))
                    && signs.clauses.namesOtherWay(signs.passage(near).text())) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing comes next but a colon or a bracket. */
    private static boolean isBehindName(String text, int end) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return at == text.length() || "(:：（".indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isLabelAlone(Passage passage) {
        return (passage.field().isRunningText() || passage.field() == Field.HEADING && !PageSigns.isHeadline(passage))
                && passage.text().length() <= NamesInText.LIST_ENTRY;
    }

    /** Whether it is somebody's own card: {@code Mastercard ending in 1253}, or the end of its number in the next text. */
    static boolean isStoredCard(PageSigns signs, NamesInText names) {
        if (signs.credentials || !names.passage.field().isRunningText()) {
            return false;
        }
        if (signs.holders.isLastDigits(names.text)
                || HolderClauses.areFourDigits(names.text, names.last().end())) {
            return true;
        }
        boolean alone = names.coverage() >= NamesInText.LIST_COVERAGE;
        int index = names.index() + 1;
        int last = Math.min(signs.passages.size(), index + TEXTS_OF_CARD);
        while (alone && index < last && signs.passage(index).field().isRunningText()) {
            if (signs.holders.isOfOwnCard(signs.passage(index).text())) {
                return true;
            }
            index++;
        }
        return false;
    }

    /** {@code PayPal to shop@…}: a name with an address for the payment behind it. */
    private void sentTo(NamesInText names, BitSet claimed) {
        if (names.text.indexOf('@') < 0
                || !signs.isAboutPaying()
                        && !signs.clauses.speaksOfPaying(names.text)
                        && !isBelowPaying(names.index())) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            int from = names.get(i).end();
            String behind = names.text.substring(from, Math.min(names.text.length(), from + ADDRESS_REACH));
            int at = from + behind.indexOf('@');
            boolean address = at > from + 1
                    && !behind.substring(0, at - from).contains("<") // a letter's sender
                    && at + 1 < names.text.length()
                    && Character.isLetterOrDigit(names.text.charAt(at - 1))
                    && Character.isLetterOrDigit(names.text.charAt(at + 1));
            if (address
                    && !isOfBrand(names.text, names.get(i), at)
                    && !names.get(i).ambiguous()
                    && ReachedNames.isNear(names.text, from, at, ADDRESS_REACH)) {
                claimed.set(i);
            }
        }
    }

    /** Whether a text a few entries above says that a way to pay comes next: {@code You can pay:}. */
    private boolean isBelowPaying(int passage) {
        for (int index = passage - 1; index >= Math.max(0, passage - LONGEST_LIST); index--) {
            String above = signs.passage(index).text();
            if (signs.passage(index).field().isRunningText()
                    && above.endsWith(":")
                    && above.length() <= NamesInText.SHORT_TEXT) {
                return signs.clauses.speaksOfPaying(above);
            }
        }
        return false;
    }

    /** Whether an address is at a host that has the name: {@code security@paypal.com}. */
    private static boolean isOfBrand(String text, Name name, int at) {
        String written = text.substring(name.start(), name.end()).replace(" ", "");
        return text.regionMatches(true, at + 1, written, 0, written.length());
    }

    /** {@code Bank: NAB, BSB 000-000, account 12 345 678}: a bank's name close to the number of an account. */
    private void toAccount(NamesInText names, BitSet claimed) {
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (!name.ambiguous() || isCapitals(name)) {
                claimed.set(i);
            }
        }
    }

    /** {@code Transfer the amount to our PayPal account}, where nobody tells what became of it. */
    private void toAccountOfSpeaker(NamesInText names, BitSet claimed) {
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            if (name.ambiguous() || !signs.holders.isHeldBySpeaker(names.text, name)) {
                continue;
            }
            clauses++;
            if (signs.clauses.speaksOfPaying(names.text.substring(0, name.start()))
                    && signs.clauses.isToldOfOneself(names.text, name.start(), name.end())) {
                claimed.set(i);
            }
        }
    }

    /** {@code 25 USD via PayPal or Western Union}: names right behind an amount. */
    private void forAnAmount(NamesInText names, BitSet claimed) {
        for (int i = 0; i < names.size() && amounts < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            if ((!name.ambiguous() || names.isInRow(i)) && PayingClauses.followsDigit(names.text, name.start())) {
                amounts++;
                if (signs.clauses.followsAmount(names.text, name.start())) {
                    names.addRow(i, claimed);
                }
            }
        }
    }

    /** {@code by bank transfer or PayPal}: names that their clause makes a way to pay. */
    private void inClause(NamesInText names, BitSet claimed) {
        boolean till = signs.isTill() || signs.terms;
        if (!till) {
            asGifts(names, claimed);
            names.claimedBy(ClaimRoute.GIFT, claimed);
            boolean offer = signs.clauses.mayOffer(names.text);
            if (offer) {
                inShortOffers(names, claimed);
            } else if (!signs.clauses.speaksOfDevice(names.text)) {
                return;
            }
        }
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if (!claimed.get(i)
                    && names.isBrandLike(i)
                    && signs.clauses.isWayToPay(
                            names.text,
                            name.start(),
                            names.get(names.endOfRow(i)).end(),
                            till)) {
                names.addRow(i, claimed);
            }
        }
    }

    /** {@code Tickets at the desk with Visa, Mastercard or cash}: rows in short texts of a page that has no till. */
    private void inShortOffers(NamesInText names, BitSet claimed) {
        Quotations quotations = new Quotations(names.text);
        for (int first = names.nextInRow(0); first >= 0 && clauses < MOST_CLAUSES; ) {
            int last = names.endOfRow(first);
            clauses++;
            int start = names.get(first).start();
            if (!quotations.isOpenAt(start)
                    && (signs.clauses.isShortOffer(
                                    names.text, start, names.get(last).end())
                            || isAnswered(names.text.substring(0, start)))) {
                claimed.set(first, last + 1);
            }
            first = names.nextInRow(last + 1);
        }
    }

    /** Whether a row stands right behind a question about cards, and answers it: {@code Which cards can I use?} */
    private boolean isAnswered(String before) {
        String question = before.strip();
        return question.endsWith("?")
                && question.length() <= NamesInText.SHORT_TEXT
                && !signs.clauses.asksWhy(question)
                && signs.clauses.speaksOfCards(question);
    }

    /** {@code You can also donate via PayPal}: names by which those who read it are asked to give. */
    private void asGifts(NamesInText names, BitSet claimed) {
        if (!signs.clauses.speaksOfGiving(names.text)) {
            return;
        }
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if ((!name.ambiguous() || names.isInRow(i))
                    && signs.clauses.asksForGifts(names.text, name.start(), name.end())) {
                names.addRow(i, claimed);
            }
        }
    }

    /** Right below a lesser heading about paying or cards, a short text that says so again of brands in a row. */
    private boolean isSaidUnderLabel(NamesInText names) {
        int index = names.index();
        if (index == 0 || !names.hasRow() || names.text.length() > LONGEST_ANSWER) {
            return false;
        }
        Passage above = signs.passage(index - 1);
        return names.passage.field().isRunningText()
                && above.field() == Field.HEADING
                && !PageSigns.isHeadline(above)
                && above.text().length() <= NamesInText.LIST_ENTRY
                && (signs.clauses.speaksOfPaying(above.text()) || signs.clauses.speaksOfCards(above.text()))
                && (signs.clauses.speaksOfPaying(names.text)
                        || signs.clauses.speaksOfCards(names.text)
                        || isNearOtherWay(index))
                && signs.clauses.isToldOfOneself(
                        names.text, names.first().start(), names.last().end());
    }

    /** Under a title such as 'Ways to pay' of a page that takes money: names in clauses that speak of paying or choosing. */
    private void underTitle(NamesInText names, BitSet claimed) {
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if (!claimed.get(i)
                    && names.isBrandLike(i)
                    && signs.clauses.isSaidOfAWay(names.text, name.start(), name.end())) {
                claimed.set(i);
            }
        }
    }

    /** Takes rows back that are denied: {@code no Visa, no Mastercard}, {@code Visa and Mastercard we cannot take}. */
    private void withoutDenied(NamesInText names, BitSet claimed) {
        for (int i = claimed.nextSetBit(0); i >= 0; ) {
            int last = names.endOfRow(i);
            boolean opensRow = i == 0 || !names.isInRow(i - 1);
            if (opensRow
                    && signs.clauses.isDenied(
                            names.text, names.get(i).start(), names.get(last).end())) {
                claimed.clear(i, last + 1);
            }
            i = claimed.nextSetBit(last + 1);
        }
    }

    private boolean isCapitals(Name name) {
        String written = signs.passage(name.passage()).text().substring(name.start(), name.end());
        return written.length() <= LONGEST_ACRONYM && written.chars().allMatch(Character::isUpperCase);
    }

    /** Whether a text begins with names right behind a question about cards: {@code What cards can I use?} */
    private boolean answersAboutCards(NamesInText names) {
        Name first = names.first();
        if (first.start() > SHORT_LEAD || first.passage() == 0) {
            return false;
        }
        String question = signs.passage(first.passage() - 1).text();
        return question.endsWith("?")
                && !signs.clauses.asksWhy(question)
                && question.length() <= NamesInText.SHORT_TEXT
                && signs.clauses.speaksOfCards(question);
    }

    /**
     * Whether a caption is hardly more than names, and its picture is called after paying and nothing else: 'Visa, Mastercard and PSE'
     * of {@code payment-badges.png}. Photographs are called so too, and are JPEG.
     */
    private boolean isStripOfMarks(NamesInText names) {
        int caption = names.index();
        if (names.coverage() < NamesInText.LIST_COVERAGE) {
            return false;
        }
        for (int index = Math.max(0, caption - 1); index < Math.min(caption + 2, signs.passages.size()); index++) {
            Passage near = signs.passage(index);
            if (near.field() == Field.IMAGE && near.detail().contains("src") && isOfPayments(near.text())) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfPayments(String file) {
        List<Tokens.Token> words = Tokens.of(file, file.lastIndexOf('/') + 1, file.length());
        boolean photograph = words.stream()
                .anyMatch(token -> token.word().equals("jpg") || token.word().equals("jpeg"));
        return !photograph
                && words.stream().anyMatch(token -> signs.words.isPayment(token.word()))
                && words.stream()
                        .allMatch(token -> token.hash()
                                || token.isNumber()
                                || signs.words.isPayment(token.word())
                                || signs.words.isDecoration(token.word()));
    }

    /** Whether the first names say which cards are meant, of a page that speaks of paying: {@code credit card (Visa, Mastercard)}. */
    private boolean explainsCards(NamesInText names) {
        Name first = names.first();
        return (names.isInRow(0) && !names.isSpokenOf(names.endOfRow(0)) || names.isBracketed())
                && names.passage.field() != Field.TITLE
                && !PayingClauses.isAsked(names.text, names.last().end())
                && (signs.isAboutPaying() || signs.clauses.speaksOfPaying(names.text))
                && (signs.clauses.followsCardWord(names.text, first.start())
                        || signs.clauses.followsAcceptedCards(names.text, first.start()));
    }

    /** Names that acceptance wording reaches, straight or over other names between. */
    private BitSet claimedBy(List<Cue> cues, NamesInText names) {
        boolean title = PageSigns.isHeadline(names.passage);
        BitSet claimed = new BitSet();
        if (cues.isEmpty()) {
            return claimed;
        }
        boolean sells = signs.isTill();
        boolean saidToMerchants = signs.clauses.isSaidToMerchants(names.text);
        boolean partOfClaim = names.text.length() <= TERSE_TEXT || names.coverage() >= PART_OF_CLAIM;
        Quotations quotations = new Quotations(names.text);
        BitSet ofMost = signs.clauses.placesOfMost(names.text);
        ReachedNames far = new ReachedNames(signs.clauses, names.text, names.all, REACH);
        ReachedNames near = new ReachedNames(signs.clauses, names.text, names.all, NamesInText.LIST_GAP);
        IntConsumer claim = i -> {
            Name name = names.get(i);
            if (names.isBrandLike(i) && !signs.clauses.isImpossible(names.text, name.end())) {
                claimed.set(i);
            }
        };
        for (Cue cue : cues) {
            // where nothing is sold, a short sentence of a long names.text may still be part of a story
            int length = sells
                    ? PayingClauses.sentenceLength(names.text, cue.start(), cue.end(), NamesInText.SHORT_TEXT)
                    : names.text.length();
            // ideographs say twice as much
            boolean dense = Folding.CLASSES[names.text.charAt(cue.start())] == Folding.UNSPACED;
            boolean wordy = length > (dense ? NamesInText.SHORT_TEXT / 2 : NamesInText.SHORT_TEXT);
            // in prose, and in questions, others are spoken of
            boolean label = isLabel(names.text, cue.end()) && (sells || !wordy);
            boolean asked = PayingClauses.isAsked(names.text, cue.end());
            boolean doubtful = cue.strength() == Strength.WEAK && (asked || !label) && (wordy || asked || !partOfClaim);
            ReachedNames reached = doubtful ? near : far;
            boolean ahead = cue.side() != PageSigns.Side.NAME_BEFORE && reached.mayLeadAhead(cue.end());
            boolean back = cue.side() != PageSigns.Side.NAME_AFTER && !label && reached.mayLeadBack(cue.start());
            if (!ahead && !back) {
                continue;
            }
            String said = Folding.fold(names.text.substring(cue.start(), cue.end()));
            boolean vague = cue.strength() == Strength.VAGUE;
            boolean unsold = !sells && (wordy || said.startsWith("send "));
            if (doubtful && (wordy || !signs.commerce)
                    || vague && unsold
                    || cue.strength() == Strength.WEAK && title
                    || (vague || cue.strength() == Strength.WEAK)
                            && (saidToMerchants || isSaidOfOthers(names.text, cue.start()))
                    || said.equals("pay") && !label
                    || !sells && quotations.isOpenAt(cue.start())
                    || signs.clauses.isNegated(names.text, cue.start())
                    || isAnyIn(ofMost, cue.start() - REACH, cue.end() + NamesInText.LIST_GAP)) {
                continue;
            }
            BitSet before = (BitSet) claimed.clone();
            claimed.clear();
            if (ahead) {
                reached.ahead(cue.end(), claim);
            }
            if (back) {
                // what follows a name stands right behind it: {@code 支付} alone is on every page about paying
                (vague && cue.side() == PageSigns.Side.NAME_BEFORE ? near : reached).back(cue.start(), claim);
            }
            names.claimedByWording(
                    switch (cue.strength()) {
                        case OWN -> ClaimRoute.OWN_WORDING;
                        case SURE -> isButton(names.passage) ? ClaimRoute.BUTTON : ClaimRoute.SURE_WORDING;
                        case VAGUE -> isButton(names.passage) ? ClaimRoute.BUTTON : ClaimRoute.VAGUE_WORDING;
                        case WEAK -> ClaimRoute.WEAK_WORDING;
                    },
                    claimed);
            claimed.or(before);
        }
        return claimed;
    }

    private static boolean isAnyIn(BitSet places, int from, int to) {
        int first = places.nextSetBit(Math.max(0, from));
        return first >= 0 && first < to;
    }

    private static boolean isButton(Passage passage) {
        return passage.field() == Field.LINK
                && !passage.hidden()
                && (passage.detail().equals("button") || passage.detail().equals("submit"));
    }

    /** {@code Payment: PayPal}. */
    private static boolean isLabel(String text, int end) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '\uff1a');
    }

    /** Whether somebody else is let pay: {@code lets clients pay by}. */
    private boolean isSaidOfOthers(String text, int cue) {
        String before = text.substring(Math.max(0, cue - OTHERS_REACH), cue);
        List<Tokens.Token> words = Tokens.of(before, 0, before.length());
        return words.stream()
                        .anyMatch(token -> signs.book
                                .folded(LexiconCategory.WHO_OTHERS_PAY)
                                .contains(token.word()))
                && words.stream()
                        .noneMatch(
                                token -> signs.book.folded(LexiconCategory.OUR).contains(token.word()));
    }
}
