package org.markwatch.match;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.match.AcceptanceWording.Strength;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Owned;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Meaning;

/**
 * What tells beside its title whose a page pretends to be: who claims its rights, whose icon, style sheet or address it has, and what
 * stands above the first field of its form. One use of a page.
 */
final class OwnerSigns {
    private static final Set<String> FIELD_NAMES = Set.of("name", "id", "placeholder", "autocomplete");
    /** What visitors read of a field. */
    private static final Set<String> SEEN = Set.of("label", "placeholder");

    private static final Pattern SEARCH = Pattern.compile(
            "(?i)^(q|s|query|csrf.*|token|_.*)$|search|such|recherche|buscar|busca|cerca|zoek|newsletter|subscribe|lang|country|currency");
    /** What only those have who build with a brand's services. */
    private static final Pattern SETTING = Pattern.compile(
            "(?i)client[_ -]?(secret|id\\b)|(api|secret|private|merchant)[_ -]?(key|id\\b)|app[_ -]?secret"
                    + "|\\bapi (user(name)?|password|signature|login|token|credentials)\\b|webhook|sandbox");

    private static final Set<String> PASSWORD_NAMES = Set.of("pw", "pwd", "pass", "psw", "pswd");
    /** The label of a field, or what stands beside it. */
    private static final int LONGEST_LABEL = 60;
    /** Passages behind a heading in which its form begins. */
    private static final int FORM_REACH = 16;
    /** References that make a page look like another or say that it is one; what a button needs is none. */
    private static final Set<String> OF_THE_PAGE = Set.of(
            "icon",
            "apple-touch-icon",
            "apple-touch-icon-precomposed",
            "mask-icon",
            "stylesheet",
            "canonical",
            "saved-from");

    /** Characters of a text that is the name, and perhaps what the name is for. */
    private static final int LONGEST_WORDMARK = 100;

    /** Texts before the first that says whose page it is. */
    private static final int OPENING = 3;

    private static final int SHORTEST_SENTENCE = 60;
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?\u0964\u061f\u3002](?=[\\s\"'\u201d)]|$)");
    /** Different words to somebody who has an account. */
    private static final int WORDS_TO_HOLDER = 2;

    private static final Set<Field> SAID = Set.of(Field.TITLE, Field.HEADING, Field.TEXT, Field.FORM, Field.META);

    private static final int RIGHTS_REACH = 32;
    private static final Pattern RIGHTS =
            Pattern.compile("(?i)(©|\\(c\\)|\\bcopyright) ?(©|\\(c\\))?[ 0-9–—-]*(by )?$");
    /** What is left of a foot line that is a name and a year. */
    private static final Pattern YEAR = Pattern.compile("[ ,–—|-]*(©|\\([cC]\\))?[ ,–—|-]*(19|20)[0-9]{2}[ .]*");
    /** Somebody who claims them. */
    private static final Pattern OWNER =
            Pattern.compile("(?:©|\\([cC]\\)|Copyright)[ 0-9–—,-]*(?:by )?(\\p{Lu}\\p{L}+)");

    /** Of what both begin with some letters in a row: looked for first, since they are tried at each place and each name. */
    private static final List<String> CLAIMS = List.of("©", "(c)", "(C)", "opyright", "OPYRIGHT");

    private final PageSigns signs;
    private final UsesFound uses;
    private final int firstField;
    /** Passages before it are above the form, or anywhere if there is none. */
    private final int top;

    private final BitSet ofThePage = new BitSet();
    private final BitSet assets = new BitSet();
    private final BitSet named = new BitSet();
    private final Map<Integer, Name> owners = new HashMap<>();
    private final Map<Integer, Name> wordmarks = new HashMap<>();

    private @Nullable Boolean plain;
    private @Nullable Integer lastSentence;

    OwnerSigns(PageSigns signs, UsesFound uses) {
        this.signs = signs;
        this.uses = uses;
        this.firstField = signs.first(OwnerSigns::isField);
        this.top = firstField < 0 ? Integer.MAX_VALUE : firstField;
        int prose = signs.first(OwnerSigns::isProse);
        for (Owned asset : signs.assets) {
            if (isScript(asset)) {
                continue;
            }
            assets.set(asset.brand());
            if (OF_THE_PAGE.contains(signs.passage(asset.passage()).detail())) {
                ofThePage.set(asset.brand());
            }
        }
        signs.copies.forEach(copy -> ofThePage.set(copy.brand()));
        int last = -1;
        boolean claims = false;
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            named.set(name.brand());
            if (name.passage() != last) {
                last = name.passage();
                claims = mayClaim(passage.text());
            }
            boolean foot = isFootLine(passage, name) && name.passage() > lastSentence();
            if ((claims || foot)
                    && Character.isUpperCase(passage.text().charAt(name.start()))
                    && !owners.containsKey(name.brand())
                    && (foot || isOwnerOfRights(passage.text(), name))
                    && (!name.ambiguous() || signs.holders.isCompany(passage.text(), name))) {
                owners.put(name.brand(), name);
            }
            if (name.passage() < top
                    && (prose < 0 || name.passage() < prose)
                    && (passage.field() == Field.TEXT || passage.field() == Field.HEADING)
                    && passage.text().length() <= LONGEST_WORDMARK
                    && !name.ambiguous()
                    && !wordmarks.containsKey(name.brand())
                    && Impersonation.isIdentity(signs.words, passage, name)
                    && !isChoice(name.passage())) {
                wordmarks.put(name.brand(), name);
            }
        }
    }

    /** Whether a reference is to a script of the brand, which whoever takes payments with it runs. */
    boolean isScript(Owned asset) {
        Passage passage = signs.passage(asset.passage());
        return passage.field() == Field.SCRIPT && passage.detail().equals("src");
    }

    /** Whether a text is what may be chosen beside another way to pay: {@code Debit/Credit Card}, {@code PayPal}. */
    private boolean isChoice(int passage) {
        int before = passage - 1;
        while (before >= 0 && signs.passage(before).field() == Field.IMAGE) {
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

    /** Whether a passage that visitors see is of sentences: what stands alone after it is an entry of a table, not the logo of the page. */
    private static boolean isProse(Passage passage) {
        return passage.field() == Field.TEXT
                && !passage.hidden()
                && passage.text().length() > LONGEST_WORDMARK;
    }

    /** Whether a passage that visitors see is a sentence at least, and no label, line of a form or row of links. */
    private static boolean isSentence(Passage passage) {
        return passage.field() == Field.TEXT
                && !passage.hidden()
                && passage.text().length() > SHORTEST_SENTENCE
                && (Folding.CLASSES[passage.text().charAt(0)] == Folding.UNSPACED
                        || SENTENCE_END.matcher(passage.text()).find());
    }

    /** Where the last sentence for visitors is, or -1. */
    private int lastSentence() {
        if (lastSentence == null) {
            int index = signs.passages.size() - 1;
            while (index >= 0 && !endsSentence(signs.passage(index))) {
                index--;
            }
            lastSentence = index;
        }
        return lastSentence;
    }

    private static boolean endsSentence(Passage passage) {
        return passage.field() == Field.TEXT
                && !passage.hidden()
                && SENTENCE_END.matcher(passage.text()).find();
    }

    private static boolean isField(Passage passage) {
        return passage.field() == Field.FORM
                && (FIELD_NAMES.contains(passage.detail()) || SEEN.contains(passage.detail()))
                && !SEARCH.matcher(passage.text()).find();
    }

    /**
     * Whether somebody sets up a brand's services here: a field for its keys, and visible words that say so. A password without a
     * label of the kind beside it is a user's, unless more than one thing is asked for that no user has: a copy could add a field.
     */
    static boolean isConfiguration(PageSigns signs) {
        if (!signs.password
                && signs.first(passage -> passage.field() == Field.FORM
                                && SETTING.matcher(passage.text()).find())
                        < 0) {
            return false;
        }
        boolean field = false;
        boolean user = false;
        Set<String> labels = new HashSet<>();
        for (Passage passage : signs.passages) {
            if (passage.hidden() || passage.text().length() > LONGEST_LABEL) {
                continue;
            }
            switch (passage.field()) {
                case FORM -> {
                    boolean setting = SETTING.matcher(passage.text()).find();
                    field |= setting;
                    if (setting && SEEN.contains(passage.detail())) {
                        labels.add(passage.text());
                    }
                    user |= !setting && !passage.detail().equals("type") && asksForPassword(signs, passage);
                }
                case TEXT, HEADING -> {
                    if (SETTING.matcher(passage.text()).find()) {
                        labels.add(passage.text());
                    }
                }
                default -> {}
            }
        }
        return labels.size() > (user ? 1 : 0) && (field || signs.password);
    }

    /**
     * The brand's name where a field asks for its users' password, {@code PayPal password}, or a heading says to sign in to it, or to
     * pay with it, above one;
     * or null. Whoever owns the page, only the brand may ask for that, and be it in a part of the form that is shown when it is chosen.
     */
    @Nullable
    Name askedPassword(int brand) {
        if (!signs.password) {
            return null;
        }
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (name.brand() == brand
                    && !name.ambiguous()
                    && passage.text().length() <= LONGEST_LABEL
                    && (isLabelOfPassword(passage)
                            || !passage.hidden() && isOfBrandOnly(passage, name) && isAbovePassword(name.passage()))) {
                return name;
            }
        }
        return null;
    }

    private boolean isLabelOfPassword(Passage passage) {
        return passage.field() == Field.FORM
                && (SEEN.contains(passage.detail()) || FIELD_NAMES.contains(passage.detail()) && !passage.hidden())
                && !SETTING.matcher(passage.text()).find()
                && asksForPassword(signs, passage);
    }

    private static boolean asksForPassword(PageSigns signs, Passage field) {
        String asked = Folding.fold(field.text());
        return PASSWORD_NAMES.contains(asked) || signs.words.asksForPassword(asked);
    }

    /** Whether a field asks for what the brand's users are known by: {@code PayPal ID}. */
    boolean isLabelOfAccount(Passage passage, Name name) {
        return passage.field() == Field.FORM
                && SEEN.contains(passage.detail())
                && !Impersonation.isWhole(passage.text(), name)
                && Impersonation.isAmong(passage.text(), name, signs.words::isSignIn);
    }

    /** Whether a heading says to sign in to the brand, or to pay with it, and nothing else. */
    private boolean isOfBrandOnly(Passage passage, Name name) {
        return passage.field() == Field.HEADING
                && Impersonation.isAmong(passage.text(), name, signs.words::isSignInWith)
                && (signs.words.speakOfSigningIn(passage.text())
                        || !Impersonation.isAmong(passage.text(), name, word -> !signs.words.isWith(word)));
    }

    /** Whether a heading is above a field for a password, and it or what is around the field says to sign in. */
    private boolean isAbovePassword(int heading) {
        boolean password = false;
        boolean field = false;
        boolean pays = !signs.words.speakOfSigningIn(signs.passage(heading).text());
        boolean signsIn = !pays;
        for (int index = heading + 1; index < Math.min(signs.passages.size(), heading + FORM_REACH); index++) {
            Passage passage = signs.passage(index);
            field |= isField(passage);
            // below a button to pay with the brand, what is asked for may be for something else
            boolean apart = pays && !field && passage.field() == Field.TEXT && !passage.hidden();
            if (passage.field() == Field.HEADING || apart && passage.text().indexOf(' ') > 0) {
                break;
            }
            password |= passage.field() == Field.FORM && !passage.hidden() && asksForPassword(signs, passage);
            signsIn |= passage.text().length() <= LONGEST_LABEL && signs.words.speakOfSigningIn(passage.text());
        }
        return password && signsIn;
    }

    /** Whether what visitors read is said to somebody who has an account: {@code Your account is under review, please wait}. */
    boolean isSaidToHolder() {
        Set<String> words = new HashSet<>();
        boolean said = false;
        for (Passage passage : signs.passages) {
            if ((passage.field() == Field.TEXT || passage.field() == Field.HEADING) && !passage.hidden()) {
                for (Tokens.Token token :
                        Tokens.of(passage.text(), 0, passage.text().length())) {
                    if (token.word().length() > 2 && signs.words.isNameless(token.word())) {
                        words.add(token.word());
                        said |= !signs.words.isOfAnyPage(token.word());
                    }
                }
            }
        }
        return said && words.size() >= WORDS_TO_HOLDER;
    }

    /** Whether the page speaks of cards or banks, as that of a firm does whose name is a common word. */
    boolean speaksOfCards() {
        for (Passage passage : signs.passages) {
            if (!passage.hidden()
                    && SAID.contains(passage.field())
                    && Tokens.of(passage.text(), 0, passage.text().length()).stream()
                            .anyMatch(token -> signs.words.isOfBanking(token.word()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a form asks for anything but what to search. */
    boolean asks() {
        return firstField >= 0;
    }

    /** The brand's name where it claims the page's rights, {@code © 2026 PayPal}, or null. */
    @Nullable
    Name ownerOfRights(int brand) {
        return owners.get(brand);
    }

    /** Whether the claim to the page's rights is a line of its own, as at the foot of a page, and not that to a picture or a licence. */
    boolean isSignedBy(int brand) {
        Name owner = owners.get(brand);
        if (owner == null) {
            return false;
        }
        String text = signs.passage(owner.passage()).text();
        return text.length() <= LONGEST_WORDMARK
                && (owner.start() == 0
                        || RIGHTS.matcher(text).region(0, owner.start()).lookingAt()
                        || text.startsWith("ights reserved", text.indexOf("ights ", owner.end())));
    }

    /** {@code © 1999-2026 PayPal, Inc. All rights reserved.} */
    static boolean isOwnerOfRights(String text, Name name) {
        String before = text.substring(Math.max(0, name.start() - RIGHTS_REACH), name.start());
        return RIGHTS.matcher(before).find();
    }

    /** {@code CITIBANK - 2024}. */
    private static boolean isFootLine(Passage passage, Name name) {
        return (passage.field() == Field.TEXT || passage.field() == Field.HEADING)
                && !passage.hidden()
                && name.start() == 0
                && YEAR.matcher(passage.text())
                        .region(name.end(), passage.text().length())
                        .matches();
    }

    /** {@code Citi®}. */
    static boolean isRegistered(String text, Name name) {
        return name.end() < text.length() && "®™".indexOf(text.charAt(name.end())) >= 0;
    }

    /** Whether a name is that of a firm: {@code your Discover account}, {@code Citi® Credit}. */
    boolean isFirm(String text, Name name) {
        return isRegistered(text, name) || signs.holders.isHeld(text, name);
    }

    /** Whether the page has its icon, its style or its address from the brand's own host. */
    boolean isOfThePage(int brand) {
        return ofThePage.get(brand);
    }

    /** A reference to the brand's host, or null; the page's own icon or style first. */
    @Nullable
    Owned reference(int brand) {
        Owned found = null;
        for (List<Owned> references : List.of(signs.copies, signs.assets)) {
            for (Owned reference : references) {
                if (reference.brand() == brand) {
                    if (OF_THE_PAGE.contains(signs.passage(reference.passage()).detail())) {
                        return reference;
                    }
                    found = found == null ? reference : found;
                }
            }
        }
        return found;
    }

    /** The brand's name that stands alone above the form, where no other brand is named, or null. */
    @Nullable
    Name wordmark(int brand) {
        return named.cardinality() == 1 ? wordmarks.get(brand) : null;
    }

    /** Whether a caption of a picture above the form is the name, perhaps with what it is there for. */
    boolean isCaptionOnTop(Name name) {
        Passage passage = signs.passage(name.passage());
        return name.passage() < top
                && References.isCaption(passage)
                && Impersonation.isIdentity(signs.words, passage, name);
    }

    /** Whether a text is among the first that visitors see: hardly more than a menu is before it. */
    boolean opens(int passage) {
        return textsBefore(passage) <= OPENING;
    }

    /** Whether a text is the first that visitors see. */
    boolean isFirst(int passage) {
        return textsBefore(passage) == 0;
    }

    private int textsBefore(int passage) {
        int before = 0;
        for (int index = 0; index < passage && before <= OPENING; index++) {
            Passage one = signs.passage(index);
            before += one.field() == Field.TEXT && !one.hidden() ? 1 : 0;
        }
        return before;
    }

    /** The logo above the form of the only brand that is drawn, or null. */
    @Nullable
    LogoAt logo(int brand) {
        if (!uses.drawn.get(brand) || uses.drawn.cardinality() > 1) {
            return null;
        }
        for (LogoAt at : signs.logos) {
            // most ids are those of a section
            if (at.logo().brand() == brand
                    && at.logo().trust() != Trust.IN_SERIES
                    && !signs.passage(at.passage()).detail().equals("id")
                    && at.passage() < top) {
                return at;
            }
        }
        return null;
    }

    /** Whether a logo is that of a programme for asking payers who they are: {@code Mastercard Identity Check}. */
    boolean isProgramme(LogoAt at) {
        String text = signs.passage(at.passage()).text();
        String around = text.substring(0, at.logo().start()) + " "
                + text.substring(at.logo().end());
        List<Tokens.Token> words = Tokens.of(around, 0, around.length());
        return References.isCaption(signs.passage(at.passage()))
                && !words.isEmpty()
                && words.stream().allMatch(word -> signs.words.isOfProgramme(word.word()));
    }

    /** Whether there is a sentence for visitors to read. */
    boolean hasSentences() {
        return signs.first(OwnerSigns::isSentence) >= 0;
    }

    /**
     * Whether the headline that names the brand stands below the form, and nothing else is of the brand: the form is for members of a
     * site, and the page about something else.
     */
    boolean isBelowForm(int brand) {
        if (owners.containsKey(brand) || assets.get(brand) || ofThePage.get(brand)) {
            return false;
        }
        boolean headline = false;
        for (Name name : signs.names) {
            if (name.brand() == brand && signs.passage(name.passage()).field() != Field.TITLE) {
                if (name.passage() < top) {
                    return false;
                }
                headline |= Impersonation.isHeadline(signs.passage(name.passage()));
            }
        }
        return headline && signs.logos.stream().noneMatch(at -> at.logo().brand() == brand && at.passage() < top);
    }

    /** Whether prose names the brand, as what is written about it does and a form seldom. */
    boolean isWrittenAbout(int brand) {
        int said = 0;
        int last = -1;
        boolean sentence = false;
        for (Name name : signs.names) {
            if (name.brand() == brand) {
                if (name.passage() != last) {
                    last = name.passage();
                    sentence = isSentence(signs.passage(last));
                }
                said += sentence ? 1 : 0;
            }
        }
        return said > 1;
    }

    /** Whether the brand's host serves the page a picture, and no other brand's does. */
    boolean isOnlyServer(int brand) {
        return assets.get(brand) && assets.cardinality() == 1;
    }

    /** Whether nothing that visitors see says that the page takes money, or that it is somebody's who is no brand. */
    boolean isPlain() {
        if (plain == null) {
            plain = isNobodyElses()
                    && signs.cues.stream()
                            .noneMatch(cue -> cue.strength() != Strength.WEAK
                                    && !signs.passage(cue.passage()).hidden()
                                    && !isOfTerms(cue));
        }
        return plain;
    }

    /** Whether nothing that visitors see says that the page sells, or that it is somebody's who is no brand. */
    boolean isNobodyElses() {
        return !signs.isSeenToSell() && !isSomebodyElses();
    }

    /** Whether what is accepted are terms: {@code I accept the Terms & Conditions}. */
    private boolean isOfTerms(Cue cue) {
        String text = signs.passage(cue.passage()).text();
        int end = Math.min(text.length(), cue.end() + RIGHTS_REACH);
        return signs.book.next(Meaning.LEGAL_TEXT, text, cue.end(), end) != null;
    }

    /** Whether somebody claims the page's rights who is no brand. */
    boolean isSomebodyElses() {
        for (int index = 0; index < signs.passages.size(); index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.TEXT && mayClaim(passage.text())) {
                Matcher owner = OWNER.matcher(passage.text());
                if (owner.find()
                        && !signs.book.folded(Meaning.NOBODY).contains(Folding.fold(owner.group(1)))
                        && !isNamed(index, owner.start(1), owner.end(1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayClaim(String text) {
        for (String claim : CLAIMS) {
            if (text.contains(claim)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(int passage, int start, int end) {
        return signs.namesIn(passage).stream().anyMatch(name -> name.start() < end && start < name.end());
    }
}
