package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.markwatch.extract.Passage;
import org.markwatch.match.AcceptanceWording.Strength;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Meaning;

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
    /** The longest text in which weak wording counts. */
    static final int SHORT_TEXT = 100;
    /** How much of a text names must cover to be a list of marks rather than prose about them. */
    static final double LIST_COVERAGE = 0.6;
    /** The same where three brands stand together, and no sentence ends. */
    static final double ROW_COVERAGE = 0.4;
    /** Characters between two names of a list. */
    private static final int LIST_GAP = 12;
    /** Letters of what stands between two names of a list: {@code oppure}. */
    private static final int LONGEST_CONJUNCTION = 6;
    /** The same where other entries stand between. */
    private static final int WIDE_GAP = 48;

    private static final Pattern OTHER_ENTRIES =
            Pattern.compile("( ?[,/|;·•、，] ?[\\p{L}\\p{N}.]{2,12}( [\\p{L}\\p{N}]{2,8})?){1,4} ?[,/|;·•、，] ?");
    /** A text as short as this is no sentence about others. */
    private static final int TERSE_TEXT = 32;
    /** How much of a short text names must cover for weak wording to claim them. */
    private static final double PART_OF_CLAIM = 0.33;
    /** Characters of an entry of a list: {@code Carte bleue, Visa}. */
    private static final int LIST_ENTRY = 48;
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
            List<Name> names = signs.names.subList(from, to);
            if (signs.passage(index).hidden() == hidden) {
                inPassage(signs.passage(index), names, cuesByPassage.getOrDefault(index, List.of()));
            }
            from = to;
        }
    }

    private void inPassage(Passage passage, List<Name> names, List<Cue> cues) {
        BitSet inRow = inRow(passage.text(), names);
        boolean told = signs.subject.isTold(passage);
        boolean describing = signs.describing || told;
        boolean paymentValue = PageSigns.isPaymentValue(passage);
        boolean advertised = signs.clauses.isAdvertisement(passage.text());
        BitSet claimed = claimed(passage, names, inRow, advertised ? List.of() : cues, told);
        boolean titled = signs.titledAcceptance && !PageSigns.isTitle(passage);
        boolean picture = passage.field() == Field.IMAGE;
        if (picture && signs.describing && !signs.sells()) {
            return;
        }
        if (!describing) {
            sentTo(passage.text(), names, claimed);
        }
        if (!describing && passage.field() == Field.TEXT) {
            toAccountOfSpeaker(passage.text(), names, claimed);
        }
        if (signs.price && !describing && passage.field() == Field.TEXT) {
            forAnAmount(passage.text(), names, inRow, claimed);
        }
        if (passage.field() == Field.TEXT && nearAccount.get(names.getFirst().passage())) {
            toAccount(names, claimed);
        }
        // what is so in most shops is told of others
        boolean refused =
                signs.clauses.isRefused(passage.text(), names.getFirst().start())
                        || !signs.clauses.placesOfMost(passage.text()).isEmpty();
        if (!refused && titled && !told && (!describing || coverage(passage.text(), names) >= LIST_COVERAGE)) {
            // 'Payment methods' above, and cards in a row below
            boolean sold = signs.takesMoney();
            for (int first = inRow.nextSetBit(0); first >= 0; ) {
                int last = endOfRow(passage.text(), names, inRow, first);
                if (sold || !isSpokenOf(passage.text(), names.get(last))) {
                    claimed.set(first, last + 1);
                }
                first = inRow.nextSetBit(last + 1);
            }
        }
        if (!refused && !describing && explainsCards(passage, names, inRow)) {
            claimRow(0, inRow, claimed);
        }
        if (!describing && !inRow.isEmpty() && answersAboutCards(names)) {
            claimed.or(inRow);
        }
        if (picture && !describing && !inRow.isEmpty() && isStripOfMarks(names)) {
            claimed.or(inRow);
        }
        if (!refused && !describing && passage.field() == Field.TEXT) {
            inClause(passage.text(), names, inRow, claimed);
        }
        if (!refused && !describing && isSaidUnderLabel(passage, names, inRow)) {
            claimed.or(inRow);
        }
        if (signs.titledAcceptance && !refused && !describing && isEntry(passage, names)) {
            claimed.set(0, names.size());
        }
        if (signs.shop && !refused && !describing && isWayAmongOthers(names)) {
            claimed.set(0, names.size());
        }
        if (signs.titledAcceptance
                && !describing
                && signs.takesMoney()
                && passage.field() == Field.TEXT
                && !signs.clauses.isSaidToMerchants(passage.text())) {
            underTitle(passage.text(), names, inRow, claimed);
        }
        if (!refused && !describing && isEntryBelowPaying(passage, names)) {
            claimed.set(0, names.size());
        }
        withoutDenied(passage.text(), names, inRow, claimed);
        if (!claimed.isEmpty() && (isStoredCard(signs, passage, names) || signs.clauses.isAnnounced(passage.text()))) {
            claimed.clear();
        }
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (claimed.get(i) || paymentValue) {
                uses.accept(
                        passage,
                        name.start(),
                        name.end(),
                        name.brand(),
                        name.rule(paymentValue ? "json-ld" : "acceptance"));
            } else if (!picture && (!name.ambiguous() || inRow.get(i) || namedInFull.get(name.brand()))) {
                // common words side by side vouch for each other, and so does the brand's longer name
                uses.add(passage, name.start(), name.end(), name.brand(), Kind.MENTION, name.rule("name"));
            }
        }
    }

    /** Whether a short text or a lesser heading is an entry under the title: {@code Carte bleue, Visa}. */
    private boolean isEntry(Passage passage, List<Name> names) {
        String text = passage.text();
        double least = switch (passage.field()) {
            case TEXT -> PART_OF_ENTRY;
            case HEADING -> {
                double ofRow = names.size() > 1 ? ROW_COVERAGE : LIST_COVERAGE;
                yield PageSigns.isHeadline(passage) || !signs.isTill() ? 2 : ofRow;
            }
            default -> 2;
        };
        return text.length() <= LIST_ENTRY && text.indexOf('%') < 0 && coverage(text, names) >= least;
    }

    /** Whether names stand alone, as other ways to pay do near by: {@code PayPal:} above and below {@code Bank transfer:}. */
    private boolean isWayAmongOthers(List<Name> names) {
        int index = names.getFirst().passage();
        boolean opens = names.getFirst().start() == 0
                && isBehindName(signs.passage(index).text(), names.getLast().end());
        if (!isLabelAlone(signs.passage(index)) || !opens || clauses++ >= MOST_CLAUSES) {
            return false;
        }
        return isNearOtherWay(index);
    }

    /**
     * Whether an entry has names, of a list under a text that says that ways to pay come next, where another entry is cash or bank
     * transfer: {@code You can pay:}.
     */
    private boolean isEntryBelowPaying(Passage passage, List<Name> names) {
        int index = names.getFirst().passage();
        return isLabelAlone(passage)
                && !signs.subject.article()
                && isBelowPaying(index)
                && isNearOtherWay(index)
                && signs.clauses.isToldOfOneself(
                        passage.text(),
                        names.getFirst().start(),
                        names.getLast().end());
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
        return (passage.field() == Field.TEXT || passage.field() == Field.HEADING && !PageSigns.isHeadline(passage))
                && passage.text().length() <= LIST_ENTRY;
    }

    /** Whether it is somebody's own card: {@code Mastercard ending in 1253}, or the end of its number in the next text. */
    static boolean isStoredCard(PageSigns signs, Passage passage, List<Name> names) {
        if (signs.credentials || passage.field() != Field.TEXT) {
            return false;
        }
        if (signs.holders.isLastDigits(passage.text())
                || HolderClauses.areFourDigits(passage.text(), names.getLast().end())) {
            return true;
        }
        boolean alone = coverage(passage.text(), names) >= LIST_COVERAGE;
        int index = names.getFirst().passage() + 1;
        int last = Math.min(signs.passages.size(), index + TEXTS_OF_CARD);
        while (alone && index < last && signs.passage(index).field() == Field.TEXT) {
            if (signs.holders.isOfOwnCard(signs.passage(index).text())) {
                return true;
            }
            index++;
        }
        return false;
    }

    /** {@code PayPal to shop@…}: a name with an address for the payment behind it. */
    private void sentTo(String text, List<Name> names, BitSet claimed) {
        if (text.indexOf('@') < 0
                || !signs.isAboutPaying()
                        && !signs.clauses.speaksOfPaying(text)
                        && !isBelowPaying(names.getFirst().passage())) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            int from = names.get(i).end();
            String behind = text.substring(from, Math.min(text.length(), from + ADDRESS_REACH));
            int at = from + behind.indexOf('@');
            boolean address = at > from + 1
                    && !behind.substring(0, at - from).contains("<") // a letter's sender
                    && at + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(at - 1))
                    && Character.isLetterOrDigit(text.charAt(at + 1));
            if (address
                    && !isOfBrand(text, names.get(i), at)
                    && !names.get(i).ambiguous()
                    && ReachedNames.isNear(text, from, at, ADDRESS_REACH)) {
                claimed.set(i);
            }
        }
    }

    /** Whether a text a few entries above says that a way to pay comes next: {@code You can pay:}. */
    private boolean isBelowPaying(int passage) {
        for (int index = passage - 1; index >= Math.max(0, passage - LONGEST_LIST); index--) {
            String above = signs.passage(index).text();
            if (signs.passage(index).field() == Field.TEXT && above.endsWith(":") && above.length() <= SHORT_TEXT) {
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
    private void toAccount(List<Name> names, BitSet claimed) {
        for (int i = 0; i < names.size(); i++) {
            Name name = names.get(i);
            if (!name.ambiguous() || isCapitals(name)) {
                claimed.set(i);
            }
        }
    }

    /** {@code Transfer the amount to our PayPal account}, where nobody tells what became of it. */
    private void toAccountOfSpeaker(String text, List<Name> names, BitSet claimed) {
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            if (name.ambiguous() || !signs.holders.isHeldBySpeaker(text, name)) {
                continue;
            }
            clauses++;
            if (signs.clauses.speaksOfPaying(text.substring(0, name.start()))
                    && signs.clauses.isToldOfOneself(text, name.start(), name.end())) {
                claimed.set(i);
            }
        }
    }

    /** {@code 25 USD via PayPal or Western Union}: names right behind an amount. */
    private void forAnAmount(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        for (int i = 0; i < names.size() && amounts < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            if ((!name.ambiguous() || inRow.get(i)) && PayingClauses.followsDigit(text, name.start())) {
                amounts++;
                if (signs.clauses.followsAmount(text, name.start())) {
                    claimRow(i, inRow, claimed);
                }
            }
        }
    }

    /** {@code by bank transfer or PayPal}: names that their clause makes a way to pay. */
    private void inClause(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        boolean till = signs.isTill() || signs.terms;
        if (!till) {
            asGifts(text, names, inRow, claimed);
            boolean offer = signs.clauses.mayOffer(text);
            if (offer) {
                inShortOffers(text, names, inRow, claimed);
            } else if (!signs.clauses.speaksOfDevice(text)) {
                return;
            }
        }
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if (!claimed.get(i)
                    && (!name.ambiguous() || inRow.get(i) || isBrandLike(signs.words, text, name))
                    && signs.clauses.isWayToPay(
                            text,
                            name.start(),
                            names.get(inRow.get(i) ? endOfRow(text, names, inRow, i) : i)
                                    .end(),
                            till)) {
                claimRow(i, inRow, claimed);
            }
        }
    }

    /** {@code Tickets at the desk with Visa, Mastercard or cash}: rows in short texts of a page that has no till. */
    private void inShortOffers(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        if (signs.subject.article()) {
            return;
        }
        Quotations quotations = new Quotations(text);
        for (int first = inRow.nextSetBit(0); first >= 0 && clauses < MOST_CLAUSES; ) {
            int last = endOfRow(text, names, inRow, first);
            clauses++;
            int start = names.get(first).start();
            if (!quotations.isOpenAt(start)
                    && (signs.clauses.isShortOffer(text, start, names.get(last).end())
                            || isAnswered(text.substring(0, start)))) {
                claimed.set(first, last + 1);
            }
            first = inRow.nextSetBit(last + 1);
        }
    }

    /** Whether a row stands right behind a question about cards, and answers it: {@code Which cards can I use?} */
    private boolean isAnswered(String before) {
        String question = before.strip();
        return question.endsWith("?")
                && question.length() <= SHORT_TEXT
                && !signs.clauses.asksWhy(question)
                && signs.clauses.speaksOfCards(question);
    }

    /** {@code You can also donate via PayPal}: names by which those who read it are asked to give. */
    private void asGifts(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        if (signs.subject.article() || !signs.clauses.speaksOfGiving(text) || isManual()) {
            return;
        }
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if ((!name.ambiguous() || inRow.get(i)) && signs.clauses.asksForGifts(text, name.start(), name.end())) {
                claimRow(i, inRow, claimed);
            }
        }
    }

    /** Whether code is listed on the page. */
    private boolean isManual() {
        return signs.first(passage ->
                        passage.field() == Field.TEXT && passage.detail().equals("pre"))
                >= 0;
    }

    /** Right below a lesser heading about paying or cards, a short text that says so again of brands in a row. */
    private boolean isSaidUnderLabel(Passage passage, List<Name> names, BitSet inRow) {
        int index = names.getFirst().passage();
        String text = passage.text();
        if (index == 0 || inRow.isEmpty() || text.length() > LONGEST_ANSWER || signs.subject.article()) {
            return false;
        }
        Passage above = signs.passage(index - 1);
        return passage.field() == Field.TEXT
                && above.field() == Field.HEADING
                && !PageSigns.isHeadline(above)
                && above.text().length() <= LIST_ENTRY
                && (signs.clauses.speaksOfPaying(above.text()) || signs.clauses.speaksOfCards(above.text()))
                && (signs.clauses.speaksOfPaying(text) || signs.clauses.speaksOfCards(text) || isNearOtherWay(index))
                && signs.clauses.isToldOfOneself(
                        text, names.getFirst().start(), names.getLast().end());
    }

    /** Under a title such as 'Ways to pay' of a page that takes money: names in clauses that speak of paying or choosing. */
    private void underTitle(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        for (int i = 0; i < names.size() && clauses < MOST_CLAUSES; i++) {
            Name name = names.get(i);
            clauses++;
            if (!claimed.get(i)
                    && (!name.ambiguous() || inRow.get(i) || isBrandLike(signs.words, text, name))
                    && signs.clauses.isSaidOfAWay(text, name.start(), name.end())) {
                claimed.set(i);
            }
        }
    }

    /** Takes rows back that are denied: {@code no Visa, no Mastercard}, {@code Visa and Mastercard we cannot take}. */
    private void withoutDenied(String text, List<Name> names, BitSet inRow, BitSet claimed) {
        for (int i = claimed.nextSetBit(0); i >= 0; ) {
            int last = inRow.get(i) ? endOfRow(text, names, inRow, i) : i;
            boolean opensRow = i == 0 || !inRow.get(i - 1);
            if (opensRow
                    && signs.clauses.isDenied(
                            text, names.get(i).start(), names.get(last).end())) {
                claimed.clear(i, last + 1);
            }
            i = claimed.nextSetBit(last + 1);
        }
    }

    private static void claimRow(int first, BitSet inRow, BitSet claimed) {
        claimed.set(first);
        for (int next = first + 1; inRow.get(next) && inRow.get(next - 1); next++) {
            claimed.set(next);
        }
    }

    private boolean isCapitals(Name name) {
        String written = signs.passage(name.passage()).text().substring(name.start(), name.end());
        return written.length() <= LONGEST_ACRONYM && written.chars().allMatch(Character::isUpperCase);
    }

    /** Whether a text begins with names right behind a question about cards: {@code What cards can I use?} */
    private boolean answersAboutCards(List<Name> names) {
        Name first = names.getFirst();
        if (first.start() > SHORT_LEAD || first.passage() == 0) {
            return false;
        }
        String question = signs.passage(first.passage() - 1).text();
        return question.endsWith("?")
                && !signs.clauses.asksWhy(question)
                && question.length() <= SHORT_TEXT
                && signs.clauses.speaksOfCards(question);
    }

    /**
     * Whether a caption is hardly more than names, and its picture is called after paying and nothing else: 'Visa, Mastercard and PSE'
     * of {@code payment-badges.png}. Photographs are called so too, and are JPEG.
     */
    private boolean isStripOfMarks(List<Name> names) {
        int caption = names.getFirst().passage();
        if (coverage(signs.passage(caption).text(), names) < LIST_COVERAGE) {
            return false;
        }
        for (int index = Math.max(0, caption - 1); index < Math.min(caption + 2, signs.passages.size()); index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.IMAGE && passage.detail().contains("src") && isOfPayments(passage.text())) {
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

    /** Whether prose goes on about the row of names that this one ends: {@code Visa and Mastercard have settled a lawsuit}. */
    private boolean isSpokenOf(String text, Name last) {
        String next = wordAfter(text, last);
        return text.length() > SHORT_TEXT
                && !next.isEmpty()
                && (!signs.words.isAfterBrand(next) || next.equals("are") || next.equals("is"));
    }

    private static int endOfRow(String text, List<Name> names, BitSet inRow, int first) {
        int last = first;
        while (inRow.get(last + 1)
                && isListGap(text, names.get(last).end(), names.get(last + 1).start())) {
            last++;
        }
        return last;
    }

    /** Whether the first names say which cards are meant, of a page that speaks of paying: {@code credit card (Visa, Mastercard)}. */
    private boolean explainsCards(Passage passage, List<Name> names, BitSet inRow) {
        String text = passage.text();
        Name first = names.getFirst();
        return (inRow.get(0) && !isSpokenOf(text, names.get(endOfRow(text, names, inRow, 0)))
                        || isBracketed(text, first))
                && passage.field() != Field.TITLE
                && !PayingClauses.isAsked(text, names.getLast().end())
                && (signs.isAboutPaying() || signs.clauses.speaksOfPaying(text))
                && (signs.clauses.followsCardWord(text, first.start())
                        || signs.clauses.followsAcceptedCards(text, first.start()));
    }

    /** Whether a short text ends with the name in brackets: {@code Credit card (Visa)}. */
    private static boolean isBracketed(String text, Name name) {
        return text.length() <= LIST_ENTRY
                && name.start() > 0
                && text.charAt(name.start() - 1) == '('
                && text.indexOf(')', name.end()) == text.length() - 1;
    }

    /** Names that stand in line with a name of another brand. */
    private static BitSet inRow(String text, List<Name> names) {
        BitSet inRow = new BitSet();
        int first = 0;
        boolean several = false;
        for (int i = 1; i <= names.size(); i++) {
            boolean goesOn = i < names.size()
                    && isListGap(text, names.get(i - 1).end(), names.get(i).start());
            if (goesOn) {
                several |= names.get(i).brand() != names.get(first).brand();
            } else {
                inRow.set(first, i, several);
                first = i;
                several = false;
            }
        }
        return inRow;
    }

    /** Whether two names of a list lie apart as its entries do, or others of one word stand between: {@code , Elo, Hiper, }. */
    private static boolean isListGap(String text, int from, int to) {
        return to - from <= LIST_GAP
                || to - from <= WIDE_GAP
                        && OTHER_ENTRIES.matcher(text).region(from, to).matches();
    }

    /** Names that acceptance wording reaches, straight or over other names between. */
    private BitSet claimed(Passage passage, List<Name> names, BitSet inRow, List<Cue> cues, boolean told) {
        String text = passage.text();
        boolean title = PageSigns.isHeadline(passage);
        boolean describing = signs.describing || told;
        BitSet claimed = new BitSet();
        if (cues.isEmpty()) {
            return claimed;
        }
        boolean sells = signs.isTill();
        boolean saidToMerchants = signs.clauses.isSaidToMerchants(text);
        boolean partOfClaim = text.length() <= TERSE_TEXT || coverage(text, names) >= PART_OF_CLAIM;
        Quotations quotations = new Quotations(text);
        BitSet ofMost = signs.clauses.placesOfMost(text);
        ReachedNames far = new ReachedNames(signs.clauses, text, names, REACH);
        ReachedNames near = new ReachedNames(signs.clauses, text, names, LIST_GAP);
        IntConsumer claim = i -> {
            Name name = names.get(i);
            if ((!name.ambiguous() || inRow.get(i) || isBrandLike(signs.words, text, name))
                    && !signs.clauses.isImpossible(text, name.end())) {
                claimed.set(i);
            }
        };
        for (Cue cue : cues) {
            // where nothing is sold, a short sentence of a long text may still be part of a story
            int length = sells && !describing
                    ? PayingClauses.sentenceLength(text, cue.start(), cue.end(), SHORT_TEXT)
                    : text.length();
            // ideographs say twice as much
            boolean dense = Folding.CLASSES[text.charAt(cue.start())] == Folding.UNSPACED;
            boolean wordy = length > (dense ? SHORT_TEXT / 2 : SHORT_TEXT);
            // in prose, and in questions, others are spoken of
            boolean label = isLabel(text, cue.end()) && (sells || !wordy);
            boolean asked = PayingClauses.isAsked(text, cue.end());
            boolean doubtful = cue.strength() == Strength.WEAK && (asked || !label) && (wordy || asked || !partOfClaim);
            ReachedNames reached = doubtful ? near : far;
            boolean ahead = cue.side() != AcceptanceWording.Side.NAME_BEFORE && reached.mayLeadAhead(cue.end());
            boolean back =
                    cue.side() != AcceptanceWording.Side.NAME_AFTER && !label && reached.mayLeadBack(cue.start());
            if (!ahead && !back) {
                continue;
            }
            String said = Folding.fold(text.substring(cue.start(), cue.end()));
            boolean vague = cue.strength() == Strength.VAGUE;
            boolean unsold = !sells && (wordy || said.startsWith("send "));
            if (told && cue.strength() != Strength.OWN
                    || doubtful && (wordy || !signs.commerce)
                    || vague && (unsold || describing)
                    || cue.strength() == Strength.WEAK && !label && describing
                    || cue.strength() == Strength.WEAK && title
                    || (vague || cue.strength() == Strength.WEAK)
                            && (saidToMerchants || isSaidOfOthers(text, cue.start()))
                    || said.equals("pay") && !label
                    || describing && quotations.beginBefore(cue.start())
                    || !sells && quotations.isOpenAt(cue.start())
                    || signs.clauses.isNegated(text, cue.start())
                    || isAnyIn(ofMost, cue.start() - REACH, cue.end() + LIST_GAP)) {
                continue;
            }
            if (ahead) {
                reached.ahead(cue.end(), claim);
            }
            if (back) {
                // what follows a name stands right behind it: {@code 支付} alone is on every page about paying
                (vague && cue.side() == AcceptanceWording.Side.NAME_BEFORE ? near : reached).back(cue.start(), claim);
            }
        }
        return claimed;
    }

    private static boolean isAnyIn(BitSet places, int from, int to) {
        int first = places.nextSetBit(Math.max(0, from));
        return first >= 0 && first < to;
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
                        .anyMatch(token ->
                                signs.book.folded(Meaning.WHO_OTHERS_PAY).contains(token.word()))
                && words.stream()
                        .noneMatch(token -> signs.book.folded(Meaning.OUR).contains(token.word()));
    }

    /** Whether what follows an ambiguous name is what follows a brand: an end, a sign, another word of a list of cards. */
    static boolean isBrandLike(PaymentWords words, String text, Name name) {
        String next = wordAfter(text, name);
        return next.isEmpty() || words.isAfterBrand(next);
    }

    private static String wordAfter(String text, Name name) {
        int at = name.end();
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (end < text.length() && Folding.CLASSES[text.charAt(end)] == Folding.WORD) {
            end++;
        }
        return Folding.fold(text.substring(at, end));
    }

    /** How much of a text names cover. */
    static double coverage(String text, List<Name> names) {
        int covered = 0;
        int last = -1;
        for (Name name : names) {
            if (last >= 0 && name.start() > last && joins(text, last, name.start())) {
                covered += name.start() - last;
            }
            covered += Math.max(0, name.end() - Math.max(last, name.start()));
            last = Math.max(last, name.end());
        }
        return (double) covered / Math.max(covered, text.length() - blanks(text));
    }

    /** Whether no more than a word stands between two names of a list. */
    private static boolean joins(String text, int from, int to) {
        return to - from <= LIST_GAP
                && text.substring(from, to).chars().filter(Character::isLetter).count() <= LONGEST_CONJUNCTION;
    }

    /** Characters to be written on, of a short text: {@code ____ Visa ____ Mastercard}. */
    private static int blanks(String text) {
        return text.length() > SHORT_TEXT
                ? 0
                : (int) text.chars().filter(c -> c == '_').count();
    }
}
