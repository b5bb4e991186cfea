package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.markwatch.extract.Passage;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Owned;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** Decides whether a page passes itself off as a brand, by adding up what speaks for it and against. One use of a page. */
final class Impersonation {
    private static final Set<Field> SAID = EnumSet.of(Field.TITLE, Field.HEADING, Field.TEXT, Field.FORM, Field.META);

    /** Points that a look at the text may add. */
    private static final int MOST_OF_TEXT = CopySign.NAMELESS.points() + CopySign.SIGNS_IN.points();

    /** Share of an article or manual in what visitors see, from which the page describes marks. */
    private static final double MOSTLY_ARTICLE = 0.3;
    /** The longest text whose words are looked at. */
    private static final int LONGEST_LINE = 200;
    /** The longest text that stands above a form as a letterhead does, or says to sign in. */
    private static final int LONGEST_LETTERHEAD = 100;
    /** The longest label of a button, a field or a choice. */
    private static final int LONGEST_LABEL = 60;

    /** From how many on a page is there to be read. */
    private static final int SENTENCES = 3;
    /** The most words of a text that says to sign in to a brand. */
    private static final int WORDS_OF_INVITATION = 6;

    private static final int LEGAL_REACH = 32;
    private static final int SHORTEST_ACRONYM = 3;

    private final List<Brand> brands;
    private final BrandHosts brandHosts;
    private final String host;
    private final PageSigns signs;
    private final UsesFound uses;
    private final DoubleSupplier articleShare;
    private final Titles titles;
    private final FormSigns forms;
    private final OwnerSigns owners;
    /** Signs of the page, for or against whatever brand. */
    private final EnumSet<CopySign> ofPage = EnumSet.noneOf(CopySign.class);

    private final Map<Integer, Evidence> byBrand = new TreeMap<>();

    /** @param articleShare share of an article or manual in what visitors see, from 0 to 1; asked for once at most */
    Impersonation(
            List<Brand> brands,
            BrandHosts brandHosts,
            String host,
            PageSigns signs,
            UsesFound uses,
            DoubleSupplier articleShare) {
        this.articleShare = articleShare;
        this.brands = brands;
        this.brandHosts = brandHosts;
        this.host = host;
        this.signs = signs;
        this.uses = uses;
        this.titles = new Titles(signs);
        this.forms = new FormSigns(signs);
        this.owners = new OwnerSigns(signs);
    }

    /** Where a sign is, and how it is disguised. */
    private record Place(int passage, int start, int end, String way) {
        static Place of(Name name) {
            return new Place(name.passage(), name.start(), name.end(), name.way());
        }

        static Place of(LogoAt at) {
            return new Place(at.passage(), at.logo().start(), at.logo().end(), "");
        }

        static Place of(Owned reference) {
            return new Place(reference.passage(), reference.start(), reference.end(), "");
        }
    }

    /** What a page has of one brand. */
    private static final class Evidence {
        final Map<CopySign, Place> signs = new EnumMap<>(CopySign.class);
        /** Where it is named or shown first. */
        final Place first;

        boolean namedInFull;
        /** Whether it is named as nobody writes a common word. */
        boolean meant;

        boolean named;
        /** The passage of the last sentence that names it. */
        int sentence = -1;

        Evidence(Place first) {
            this.first = first;
        }

        void add(CopySign sign, Place place) {
            signs.putIfAbsent(sign, place);
        }

        /** Where the sign stands that says most. */
        Place strongest() {
            Place strongest = first;
            int most = 0;
            for (Map.Entry<CopySign, Place> sign : signs.entrySet()) {
                if (sign.getKey().points() > most) {
                    most = sign.getKey().points();
                    strongest = sign.getValue();
                }
            }
            return strongest;
        }
    }

    private Evidence of(int brand, Place place) {
        return byBrand.computeIfAbsent(brand, b -> new Evidence(place));
    }

    /**
     * Adds a use for each brand that the page passes itself off as, but on the brand's own page.
     *
     * @param lookalike brands that the host's name looks like
     * @param thorough  whether to weigh also what cannot be a copy, as one who asks why may want to know
     * @return what was weighed, by brand in the order of the watchlist
     */
    List<Copy> judge(BitSet lookalike, boolean thorough) {
        boolean any =
                !signs.names.isEmpty() || !signs.logos.isEmpty() || !signs.assets.isEmpty() || !signs.copies.isEmpty();
        if (!any || !brandHosts.official(host).isEmpty()) {
            return List.of();
        }
        BitSet drawn = drawn();
        BitSet shown = shown(drawn);
        readNames();
        readReferences(drawn);
        readForms();
        Map<Integer, Set<CopySign>> found = new TreeMap<>();
        byBrand.forEach((brand, evidence) -> {
            Set<CopySign> atHand = atHand(brand, evidence, lookalike, shown);
            if (thorough || CopySign.sum(atHand) + MOST_OF_TEXT >= CopySign.ENOUGH) {
                found.put(brand, atHand);
            }
        });
        if (found.isEmpty()) {
            return List.of();
        }
        readText();
        List<Copy> copies = new ArrayList<>();
        found.forEach((brand, atHand) -> {
            Evidence evidence = Objects.requireNonNull(byBrand.get(brand));
            atHand.addAll(ofPage);
            addWhatSaysThatAWordIsNoName(brand, evidence, atHand);
            Copy copy = new Copy(brands.get(brand).id(), atHand);
            copies.add(copy);
            if (copy.isOne()) {
                add(copy, brand, evidence.strongest());
            }
        });
        return copies;
    }

    private void add(Copy copy, int brand, Place place) {
        String rule = place.way.isEmpty() ? "copy" : "copy-" + place.way;
        uses.addCopy(signs.passage(place.passage), place.start, place.end, brand, rule, copy.told());
    }

    // ---- what names the brand

    private void readNames() {
        int prose = signs.first(passage -> passage.field() == Field.TEXT
                && !passage.hidden()
                && passage.text().length() > LONGEST_LETTERHEAD);
        int read = -1;
        boolean sentence = false;
        for (Name name : signs.names) {
            if (signs.homonym && name.ambiguous() && !isMeant(name)) {
                continue; // there the word means something else
            }
            Passage passage = signs.passage(name.passage());
            if (passage.field() == Field.SCRIPT_DATA) {
                continue; // a table of texts may name any brand, and no visitor need see it
            }
            if (read != name.passage()) {
                read = name.passage();
                sentence = OwnerSigns.isSentence(passage);
            }
            Evidence evidence = of(name.brand(), Place.of(name));
            evidence.named = true;
            evidence.namedInFull |= !name.ambiguous();
            evidence.meant |= isMeant(name) || signs.holders.isHeld(passage.text(), name);
            if (passage.text().length() <= LONGEST_LINE) {
                readName(name, passage, evidence, prose < 0 || name.passage() < prose);
            }
            if (sentence && evidence.sentence != name.passage()) {
                evidence.add(evidence.sentence < 0 ? CopySign.PROSE : CopySign.PROSE_AGAIN, Place.of(name));
                evidence.sentence = name.passage();
            }
        }
        owners.ofRights().forEach((brand, owner) -> {
            Evidence evidence = of(brand, Place.of(owner));
            evidence.add(CopySign.RIGHTS, Place.of(owner));
            if (OwnerSigns.isLine(signs.passage(owner.passage()).text(), owner)) {
                evidence.add(CopySign.RIGHTS_LINE, Place.of(owner));
            }
        });
    }

    private void readName(Name name, Passage passage, Evidence evidence, boolean aboveProse) {
        switch (passage.field()) {
            case TITLE -> {
                if (titles.isTitle(name.passage())) {
                    inTitle(name, passage, evidence);
                }
            }
            case HEADING, TEXT -> inText(name, passage, evidence, aboveProse);
            case LINK -> inButton(name, passage, evidence);
            case META, OPEN_GRAPH -> {
                if (Titles.isSiteName(passage) && titles.isIdentity(name)) {
                    evidence.add(CopySign.SITE_NAME, Place.of(name));
                }
            }
            case IMAGE -> {
                if (References.isCaption(passage)) {
                    if (!titles.isCaption(name)) {
                        evidence.add(CopySign.CAPTION_SAYS_MORE, Place.of(name));
                    } else if (name.passage() < forms.top) {
                        evidence.add(CopySign.CAPTION, Place.of(name));
                    }
                }
            }
            case FORM -> {
                if (forms.askForItsAccount(name)) {
                    evidence.add(CopySign.ASKS_ITS_ACCOUNT, Place.of(name));
                }
            }
            default -> {}
        }
        if (forms.askForItsPassword(name)) {
            evidence.add(CopySign.ASKS_ITS_PASSWORD, Place.of(name));
        }
    }

    private void inText(Name name, Passage passage, Evidence evidence, boolean aboveProse) {
        Place place = Place.of(name);
        String text = passage.text();
        boolean heading = passage.field() == Field.HEADING;
        boolean identity = titles.isIdentity(name);
        boolean word = name.ambiguous() && !isMeant(name);
        if (text.length() <= LONGEST_LETTERHEAD && aboveProse && name.passage() < forms.top && !word) {
            if (!identity) {
                evidence.add(CopySign.NAMED_ABOVE, place);
            } else if (!isChoice(name.passage())) {
                evidence.add(heading ? CopySign.HEADING : CopySign.LETTERHEAD, place);
            }
        }
        if (passage.hidden()) {
            return;
        }
        if (heading && identity && !titles.isHeadline(name.passage())) {
            evidence.add(CopySign.ENTRY, place);
        }
        if (text.length() <= LONGEST_LABEL
                && signs.words.speakOfSigningIn(text)
                && !signs.words.speakOfSigningInWith(text)
                && Tokens.of(text, 0, text.length()).size() <= WORDS_OF_INVITATION) {
            evidence.add(CopySign.INVITATION, place);
        }
        if (!heading) {
            inButton(name, passage, evidence);
        }
    }

    private void inButton(Name name, Passage passage, Evidence evidence) {
        if (!passage.hidden()
                && passage.text().length() <= LONGEST_LABEL
                && signs.words.speakOfSigningInWith(passage.text())) {
            evidence.add(CopySign.BUTTON, Place.of(name));
        }
    }

    private void inTitle(Name name, Passage passage, Evidence evidence) {
        Place place = Place.of(name);
        if (titles.saysNothingElse(name)) {
            evidence.add(name.ambiguous() && !isMeant(name) ? CopySign.TITLE_IS_WORD : CopySign.TITLE_IS_NAME, place);
        } else if (titles.isIdentity(name)) {
            evidence.add(CopySign.TITLE_PART_IS_NAME, place);
        } else {
            evidence.add(CopySign.TITLE_NAMES_IT, place);
        }
        if (signs.words.speakOfSigningIn(passage.text())) {
            evidence.add(CopySign.TITLE_SIGNS_IN, place);
        }
    }

    /** Whether a text is what may be chosen beside another way to pay: {@code Debit/Credit Card}, {@code PayPal}. */
    private boolean isChoice(int passage) {
        int before = passage - 1;
        while (before >= 0
                && (signs.passage(before).field() == Field.IMAGE
                        || signs.passage(before).hidden())) {
            before--;
        }
        if (before < 0 || signs.passage(before).field() != Field.TEXT) {
            return false;
        }
        String text = signs.passage(before).text();
        List<Tokens.Token> words = text.length() > LONGEST_LABEL ? List.of() : Tokens.of(text, 0, text.length());
        return !words.isEmpty()
                && words.stream()
                        .allMatch(word -> signs.words.isPayment(word.word()) || signs.words.isOtherMark(word.word()));
    }

    /** Whether a word is written as nobody writes a common one, with a capital that is not its first: {@code ANZ}, {@code NetBank}. */
    private boolean isMeant(Name name) {
        if (name.end() - name.start() < SHORTEST_ACRONYM) {
            return false;
        }
        String written = signs.passage(name.passage()).text().substring(name.start(), name.end());
        Brand brand = brands.get(name.brand());
        return written.chars().skip(1).anyMatch(Character::isUpperCase)
                && (written.equals(brand.name()) || brand.aliases().contains(written));
    }

    // ---- what refers to the brand

    private void readReferences(BitSet drawn) {
        for (Owned copy : signs.copies) {
            of(copy.brand(), Place.of(copy)).add(CopySign.ICON_OR_STYLE, Place.of(copy));
        }
        for (Owned asset : signs.assets) {
            Evidence evidence = of(asset.brand(), Place.of(asset));
            if (owners.isOfThePage(asset)) {
                evidence.add(CopySign.ICON_OR_STYLE, Place.of(asset));
            }
            if (owners.haveOneServer() && !owners.isScript(asset)) {
                evidence.add(CopySign.PICTURE_OF_HOST, Place.of(asset));
            }
        }
        for (LogoAt at : signs.logos) {
            int brand = at.logo().brand();
            Evidence evidence = of(brand, Place.of(at));
            if (at.logo().trust() == Trust.IN_SERIES || at.passage() >= forms.top) {
                continue;
            }
            // most ids are those of a section
            if (drawn.get(brand)
                    && drawn.cardinality() == 1
                    && !signs.passage(at.passage()).detail().equals("id")) {
                evidence.add(CopySign.LOGO, Place.of(at));
                if (at.logo().plain() && !at.logo().payment()) {
                    evidence.add(CopySign.PLAIN_LOGO, Place.of(at));
                }
            } else {
                evidence.add(CopySign.POSSIBLE_LOGO, Place.of(at));
            }
        }
    }

    // ---- the page

    private void readForms() {
        add(signs.password, CopySign.ASKS_PASSWORD);
        add(signs.credentials && !signs.password, CopySign.ASKS_CARD);
        add(signs.secret, CopySign.ASKS_SECRET);
        add(!signs.credentials && !signs.secret && !forms.ask(), CopySign.ASKS_NOTHING);
        add(signs.configuration, CopySign.SETTINGS);
        add(signs.isSeenToSell(), CopySign.SELLS);
        add(!signs.scripts.isEmpty() || !signs.payLinks.isEmpty() || !signs.actions.isEmpty(), CopySign.TILL);
    }

    /** What takes a look at all of the page. */
    private void readText() {
        boolean signsIn = false;
        int sentences = 0;
        for (Passage passage : signs.passages) {
            Field field = passage.field();
            if ((field == Field.TEXT || field == Field.HEADING) && !passage.hidden()) {
                sentences += sentences < SENTENCES && OwnerSigns.isSentence(passage) ? 1 : 0;
            }
            signsIn = signsIn
                    || field != Field.FORM
                            && field != Field.IMAGE
                            && field != Field.SCRIPT_DATA
                            && !passage.hidden()
                            && passage.text().length() <= LONGEST_LABEL
                            && signs.words.speakOfSigningIn(passage.text());
        }
        add(titles.areNameless(), CopySign.NAMELESS);
        add(signsIn, CopySign.SIGNS_IN);
        add(titles.areOfTheSite(host, brands), CopySign.TITLED_BY_OTHERS);
        add(titles.teaches(), CopySign.TEACHES);
        add(owners.areOthers(), CopySign.RIGHTS_OF_OTHERS);
        add(articleShare.getAsDouble() >= MOSTLY_ARTICLE, CopySign.DESCRIBES);
        add(sentences >= SENTENCES, CopySign.SENTENCES);
        add(signs.cues.stream().anyMatch(this::saysWhatIsTaken), CopySign.TAKES_PAYMENTS);
    }

    private void add(boolean found, CopySign sign) {
        if (found) {
            ofPage.add(sign);
        }
    }

    /** Whether visitors read that something is taken, and not that terms are: {@code I accept the Terms & Conditions}. */
    private boolean saysWhatIsTaken(Cue cue) {
        Passage passage = signs.passage(cue.passage());
        int end = Math.min(passage.text().length(), cue.end() + LEGAL_REACH);
        return cue.strength() != Strength.WEAK
                && !passage.hidden()
                && signs.book.next(LexiconCategory.LEGAL_TEXT, passage.text(), cue.end(), end) == null;
    }

    /** Whether the page speaks of cards or banks, as that of a firm does whose name is a common word. */
    private boolean speaksOfMoney() {
        return signs.first(passage -> !passage.hidden()
                        && SAID.contains(passage.field())
                        && Tokens.of(passage.text(), 0, passage.text().length()).stream()
                                .anyMatch(token -> signs.words.isOfBanking(token.word())))
                >= 0;
    }

    /** Brands that visitors see drawn: what markup hides speaks for nobody's innocence. */
    private BitSet drawn() {
        BitSet drawn = new BitSet();
        for (LogoAt at : signs.logos) {
            if (uses.drawn.get(at.logo().brand())
                    && !signs.passage(at.passage()).hidden()) {
                drawn.set(at.logo().brand());
            }
        }
        return drawn;
    }

    /** Whether visitors read a text; what only metadata and the names of fields say may stand on a copy too. */
    private static boolean isRead(Passage passage) {
        return !passage.hidden()
                && switch (passage.field()) {
                    case TITLE, HEADING, TEXT, LINK -> true;
                    case FORM -> FormSigns.SEEN.contains(passage.detail());
                    default -> false;
                };
    }

    /**
     * Brands that visitors see drawn, or named in full. One text that names several is one place: a list in the footer does not
     * make the page that of others.
     */
    private BitSet shown(BitSet drawn) {
        BitSet shown = (BitSet) drawn.clone();
        Map<Integer, BitSet> byPassage = new HashMap<>();
        for (Name name : signs.names) {
            if (!name.ambiguous() && isRead(signs.passage(name.passage()))) {
                byPassage.computeIfAbsent(name.passage(), p -> new BitSet()).set(name.brand());
            }
        }
        List<BitSet> lists = byPassage.values().stream()
                .filter(brands -> brands.cardinality() > 2)
                .toList();
        boolean oneList = lists.size() == 1;
        byPassage.values().stream()
                .filter(brands -> !(oneList && brands.cardinality() > 2))
                .forEach(shown::or);
        return shown;
    }

    /** What speaks for the page being a copy of the brand's, or against, without a look at its text. */
    private Set<CopySign> atHand(int brand, Evidence evidence, BitSet lookalike, BitSet shown) {
        Set<CopySign> found = EnumSet.copyOf(ofPage);
        found.addAll(evidence.signs.keySet());
        BitSet others = (BitSet) shown.clone();
        others.clear(brand);
        if (others.isEmpty()) {
            found.add(CopySign.ONLY_BRAND);
        } else {
            found.remove(CopySign.LETTERHEAD);
            found.remove(CopySign.HEADING);
        }
        if (others.cardinality() > 1) {
            found.add(CopySign.OTHER_BRANDS);
        }
        if (lookalike.get(brand)) {
            found.add(CopySign.LOOKALIKE_HOST);
        }
        if (brands.get(brand).bank()) {
            found.add(CopySign.NO_WAY_TO_PAY);
        }
        if (uses.seenToBeAccepted.get(brand)) {
            found.add(CopySign.TAKES_IT);
        }
        if (!evidence.named) {
            found.add(CopySign.NO_NAME);
        } else if (!evidence.namedInFull && !evidence.meant) {
            found.add(CopySign.COMMON_WORD);
        }
        return found;
    }

    private void addWhatSaysThatAWordIsNoName(int brand, Evidence evidence, Set<CopySign> found) {
        if (!evidence.named || evidence.namedInFull) {
            return;
        }
        if (!speaksOfMoney()) {
            found.add(CopySign.NOT_OF_MONEY);
        }
        boolean own = signs.names.stream()
                .filter(name -> name.brand() == brand)
                .limit(1)
                .anyMatch(name -> titles.isOwnHost(host, name));
        if (own) {
            found.add(CopySign.OWN_HOST);
        }
    }
}
