package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.Prices;
import org.markwatch.text.Words;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.WordGroup;

/**
 * Collects the signs of brands on one page, passage by passage, and then decides how the page uses each brand. The caller finds
 * the patterns of {@link BrandRules} and hands them on. For one thread.
 */
public final class BrandScan {
    /** Fields of which each passage may say something, whatever words it has. */
    public static final Set<Field> READ_ALWAYS = References.READ_ALWAYS;

    /** Fields of which a passage says something if it may have the name of a logo. */
    public static final Set<Field> READ_FOR_LOGOS = References.READ_FOR_LOGOS;

    /** Characters of the longest label of what only a holder knows. */
    private static final int LONGEST_LABEL = 60;

    /** Characters of the longest text that is hardly more than a price. */
    private static final int LONGEST_PRICE_TAG = 60;

    private final BrandRules rules;
    private final PageText page;
    private final PageSigns signs;
    private @Nullable PageWording wording;
    private @Nullable BrandUses uses;
    /** By category, the passages that may have a word that begins a group. */
    private final Map<LexiconCategory, BitSet> groupWords = new EnumMap<>(LexiconCategory.class);

    private List<WeighedImpersonation> impersonations = List.of();

    private int index;
    /** Names in passages before this one. */
    private int namesBefore;
    /** The passage that ended with the label of an account; its number may be the next. */
    private int accountLabel = Integer.MIN_VALUE;
    /** Whether a brand's own host stands in the passage. */
    private boolean official;
    /** Whether the passage says anything. */
    private boolean said;

    /**
     * Places of one name in a passage.
     *
     * @param start offset of its first character
     * @param end   offset after its last character
     */
    public record NamePlace(int start, int end) {}

    public BrandScan(BrandRules rules, PageText page) {
        this.rules = rules;
        this.page = page;
        signs = new PageSigns(page.passages(), rules.book, rules.words);
    }

    /** Whether each passage of a field that has a digit is read, since it may have a price. */
    public static boolean isReadForPrices(Field field) {
        return field.isRunningText() || field == Field.HEADING;
    }

    // ---- passage by passage

    /** Begins a passage. Passages are read in their order; those without any pattern may be left out. */
    public void begin(int passage) {
        index = passage;
        namesBefore = signs.names.size();
        official = false;
        said = AccountNumbers.begins(passage().text());
        if (said && index == accountLabel + 1) {
            signs.accounts.add(index);
        }
    }

    private Passage passage() {
        return page.passages().get(index);
    }

    private Field field() {
        return page.passages().field(index);
    }

    /**
     * Takes a pattern that stands in the passage.
     *
     * @param start offset in the passage
     * @param end   offset after the last character
     * @param way   how it is disguised, or empty
     */
    public void found(BrandTarget target, int start, int end, String way) {
        said = true;
        switch (target) {
            case BrandTarget.BrandName(int brand, boolean ambiguous) -> {
                if (passage().holdsWords() || References.isWord(passage(), start)) {
                    if (!isPossessive(start, end)) {
                        signs.names.add(new Name(index, brand, start, end, ambiguous, way));
                    }
                }
            }
            case BrandTarget.AcceptanceCue(Side side, Strength strength) -> cue(start, end, side, strength);
            case BrandTarget.ShopPart(boolean box) -> shopPart(box);
            case BrandTarget.AccountLabel() -> {
                if (field().isRunningText() && AccountNumbers.isNext(passage().text(), end)) {
                    signs.accounts.add(index);
                } else if (passage().text().length() - end <= 1) {
                    accountLabel = index;
                }
            }
            case BrandTarget.SecretLabel() ->
                signs.secret |= (field() == Field.TEXT || field() == Field.FORM)
                        && passage().text().length() <= LONGEST_LABEL;
            case BrandTarget.GroupWord(LexiconCategory category) ->
                groupWords.computeIfAbsent(category, first -> new BitSet()).set(index);
            case BrandTarget.OfficialHost() -> official = true;
        }
    }

    private void shopPart(boolean box) {
        if (box && (field() == Field.IMAGE || field() == Field.FORM)) {
            signs.paymentBoxes.set(index);
        }
        signs.shop |= isPartOfShop() && (!box || field() == Field.IMAGE || field() == Field.FORM);
        signs.shopIsSeen |= !box
                && field() == Field.LINK
                && !passage().isAddress()
                && !passage().hidden();
    }

    /**
     * Returns the first passage that names an element of payment pictures without a known mark, or -1.
     *
     * @param least the least number of pictures in the element
     */
    public int paymentStrip(int least) {
        return PaymentStrip.first(signs, least);
    }

    /** Where a shop names its cart: links, forms, classes and its own address; prose may speak of any cart. */
    private boolean isPartOfShop() {
        return switch (field()) {
            case LINK, FORM -> !passage().isAddress();
            case IMAGE ->
                passage().detail().equals("class") || passage().detail().equals("id");
            case URL -> passage().detail().equals("path");
            default -> false;
        };
    }

    /** {@code the diners' club}: what follows the apostrophe is theirs. */
    private boolean isPossessive(int start, int end) {
        int space = passage().text().indexOf(' ', start + 1);
        return space > 0 && space < end && "'\u2019".indexOf(passage().text().charAt(space - 1)) >= 0;
    }

    /**
     * Takes acceptance wording of an indicator in the passage. It may be that of a vague claim.
     *
     * @param side on which side of it a brand's name counts
     */
    public void acceptanceWording(int start, int end, Side side) {
        said = true;
        String said = passage().text().substring(start, end);
        cue(start, end, side, rules.isVague(Folding.fold(said)) ? Strength.VAGUE : Strength.SURE);
    }

    private void cue(int start, int end, Side side, Strength strength) {
        signs.cues.add(new PageSigns.Cue(index, start, end, side, strength));
    }

    /** Takes an indicator that weighs something and is an offer. */
    public void offer() {
        signs.commerce = true;
    }

    /** Takes an indicator of a context in which a brand's name has another meaning, in the passage. */
    public void otherMeaning() {
        if (PageSigns.isSeen(passage())) {
            signs.otherMeanings.set(index);
        }
    }

    /** Takes an indicator of a context in which pages write about marks, in the passage. */
    public void describesMarks() {
        signs.contexts.add(index);
    }

    /** Returns the first name of the passage in the same breath as wording, or null. */
    public @Nullable NamePlace nameBeside(int start, int end, Side side) {
        for (Name name : names()) {
            int gap = side == Side.NAME_AFTER ? name.start() - end : start - name.end();
            if (gap >= 0 && gap <= Words.MAX_GAP && rules.method(name.brand()) < 0) {
                return new NamePlace(name.start(), name.end());
            }
        }
        return null;
    }

    private List<Name> names() {
        return signs.names.subList(namesBefore, signs.names.size());
    }

    /**
     * Ends a passage, once all its patterns were handed on.
     *
     * @param text the passage's text, folded
     * @return whether it says anything of brands, or would on another page or with another detail
     */
    public boolean end(FoldedText text) {
        if (!rules.isJudging()) {
            return said;
        }
        if (References.READ.contains(field())) {
            rules.references.read(passage(), index, text, official, signs, names());
            said = said || rules.references.maySay(passage(), text);
        }
        if (isReadForPrices(field())
                && text.has(Folding.DIGIT)
                && Prices.isIn(passage().text())) {
            said = true;
            signs.price = true;
            signs.priceTag |=
                    passage().text().length() <= LONGEST_PRICE_TAG && !passage().hidden();
        }
        return said;
    }

    // ---- the whole page

    private PageWording wording() {
        PageWording known = wording;
        if (known == null) {
            signs.settle();
            known = new PageWording(signs, rules.book.trie);
            wording = known;
        }
        return known;
    }

    /**
     * Finds the places of a word group, once all passages have ended and before the page is judged.
     *
     * @param fields fields of the passages
     */
    public void findGroup(WordGroup group, Set<Field> fields, GroupSink sink) {
        BitSet passages = groupWords.get(group.first());
        if (passages != null) {
            new GroupSearch(signs, wording(), group, fields).find(passages, sink);
        }
    }

    /**
     * Returns how much of a word group's weight is left on the page, once all passages have ended: all while at most half of the
     * visible text warns, nothing where all of it does.
     *
     * @return 0 to 100
     */
    public int groupPercent() {
        return (int) Math.round(100 * Math.clamp(2 * (1 - wording().sample().warned()), 0, 1));
    }

    /**
     * Decides how the page uses each brand, once all passages have ended; hands on nothing if uses are not looked for.
     *
     * @param thorough whether to weigh also what cannot be an impersonation
     */
    public void judge(boolean thorough, UseSink sink) {
        if (rules.isJudging()) {
            BrandUses judged = new BrandUses(rules, page, signs, wording(), sink);
            impersonations = judged.judge(thorough);
            uses = judged;
        }
    }

    /** Returns what was weighed of impersonations, once it is judged. */
    public List<WeighedImpersonation> impersonations() {
        return impersonations;
    }

    /** Returns the evidence of acceptance and impersonation, by brand, once it is judged. */
    public List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>(uses == null ? List.of() : uses.strongestEvidence());
        impersonations.forEach(one -> evidence.add(one.evidence()));
        return evidence;
    }

    /** Returns the candidates for acceptance and logos, by brand id, once it is judged; none on an official host. */
    public Map<String, List<UseCandidate>> candidates() {
        Map<String, List<UseCandidate>> candidates = new TreeMap<>();
        if (uses != null && rules.hosts.official(page.url().host()).isEmpty()) {
            for (UseCandidate one : uses.candidates()) {
                if (rules.method(one.brand()) < 0) {
                    candidates
                            .computeIfAbsent(rules.brandId(one.brand()), brand -> new ArrayList<>())
                            .add(one);
                }
            }
        }
        return candidates;
    }
}
