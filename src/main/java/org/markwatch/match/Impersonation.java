package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.match.AcceptanceWording.Strength;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Owned;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/**
 * Decides whether a page passes itself off as a brand: by its title, first heading or site name, with something that supports it.
 * One use of a page.
 */
final class Impersonation {
    private static final int SHORT_SEGMENT_WORDS = 6;
    /** Characters of text beside the title, below which a page with a password form is little more than the form. */
    private static final int SHORT_PAGE = 1000;

    private static final int LONGEST_INITIALS = 6;
    /** Passages between a claim and what it claims: a heading, and entries of a list. */
    private static final int REACH_OF_CLAIM = 4;

    private static final int SHORTEST_SITE_NAME = 3;
    /** Names that a page may give its site; each is looked for in the titles. */
    private static final int MOST_SITE_NAMES = 100;

    private static final int SHORTEST_ACRONYM = 3;
    static final int LONGEST_ACRONYM = 4;
    /** The longest text that says to sign in to something. */
    private static final int LONGEST_INVITATION = 100;

    private final List<Brand> brands;
    private final BrandHosts brandHosts;
    private final String host;
    private final PageSigns signs;
    private final UsesFound uses;
    private final int firstHeading;

    Impersonation(List<Brand> brands, BrandHosts brandHosts, String host, PageSigns signs, UsesFound uses) {
        this.brands = brands;
        this.brandHosts = brandHosts;
        this.host = host;
        this.signs = signs;
        this.uses = uses;
        this.firstHeading = signs.first(passage -> passage.field() == Field.HEADING);
    }

    /**
     * The page's identity is the brand, and something supports it: a form that asks for a password or a card, an asset of the
     * brand's host, a lookalike host, or a site name in metadata. A site name that differs speaks against, and so does a field for
     * the keys of the brand's services: that is where somebody sets them up.
     */
    void judge(BitSet lookalike) {
        boolean anySign =
                !signs.names.isEmpty() || !uses.drawn.isEmpty() || !signs.assets.isEmpty() || !signs.copies.isEmpty();
        if (!anySign || !brandHosts.official(host).isEmpty() || signs.configuration) {
            return;
        }
        OwnerSigns owner = new OwnerSigns(signs, uses);
        namelessCopy(owner);
        BitSet assets = new BitSet();
        for (Owned asset : signs.assets) {
            if (!owner.isScript(asset)) {
                assets.set(asset.brand());
            }
        }
        BitSet siteNames = new BitSet();
        boolean somebodyElse = isTitledBySomebodyElse();
        Map<Integer, Name> identity = new HashMap<>();
        Map<Integer, Name> ambiguousIdentity = new HashMap<>();
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (isSiteName(passage) && isIdentity(signs.words, passage, name)) {
                siteNames.set(name.brand());
                identity.putIfAbsent(name.brand(), name);
            } else if (!somebodyElse && isHeading(name.passage()) && isIdentity(signs.words, passage, name)) {
                (name.ambiguous() ? ambiguousIdentity : identity).putIfAbsent(name.brand(), name);
            }
        }
        if (!somebodyElse) {
            Name titled = ownerOfForm();
            if (titled != null) {
                identity.putIfAbsent(titled.brand(), titled);
            }
        }
        boolean mayBeSigned = !somebodyElse && signs.actions.isEmpty();
        for (int brand = 0; brand < brands.size(); brand++) {
            Name asked = owner.askedPassword(brand);
            if (asked != null) {
                add(asked.passage(), asked.start(), asked.end(), brand, asked.rule("password"));
                continue;
            }
            if (signs.password && owner.isBelowForm(brand)) {
                continue;
            }
            Name name = identity.get(brand);
            int support = (assets.get(brand) ? 1 : 0) + (lookalike.get(brand) ? 1 : 0) + (signs.credentials ? 1 : 0);
            if (name == null) {
                int withLogo = support + (uses.drawn.get(brand) && uses.drawn.cardinality() == 1 ? 1 : 0);
                Name ambiguous = ambiguousIdentity.get(brand);
                boolean sure = withLogo > 1 || ambiguous != null && signs.credentials && isSupported(ambiguous, owner);
                name = sure ? ambiguous : null;
            }
            boolean discussed = support == 1 && signs.credentials && name != null && isDiscussed(name, owner);
            if (name != null && !discussed && (support > 0 || siteNames.get(brand) && hasHeadline(brand))) {
                String rule = name.rule(siteNames.get(brand) ? "site-name" : "title");
                add(name.passage(), name.start(), name.end(), brand, rule);
            } else if (mayBeSigned) {
                Name ambiguous = ambiguousIdentity.get(brand);
                boolean acronym = ambiguous != null && isAcronym(ambiguous);
                boolean meant = acronym && (uses.drawn.get(brand) || owner.isOfThePage(brand))
                        || ambiguous != null && owner.ownerOfRights(brand) != null;
                Name titled = meant ? ambiguous : identity.get(brand);
                if (titled == null && owner.isPlain() && !owner.isWrittenAbout(brand)) {
                    titled = inTitleOnly(brand, owner.asks());
                    titled = titled == null ? asCopy(brand) : titled;
                }
                Name door = titled == null && acronym ? ambiguous : titled;
                if (door != null && isDoor(door, owner)) {
                    add(door.passage(), door.start(), door.end(), brand, door.rule("title"));
                } else {
                    signedCopy(brand, titled, owner);
                }
            }
        }
    }

    /**
     * A page that asks for something, and that more than its title says is the brand's. What nobody has by chance is its name as the
     * title, as the owner of rights or of a programme, and the icon, style or address of its host. Less sure is what stands above the
     * form, and a title that names it among other words or names nobody; that counts on a page that takes no money and is nobody else's, or
     * that the brand claims as its own. One sign is enough for a page that asks for a secret, if it is sure or the page short.
     */
    private void signedCopy(int brand, @Nullable Name titled, OwnerSigns owner) {
        Name rights = owner.ownerOfRights(brand);
        if (rights == null && isArticle()) {
            return;
        }
        Name wordmark = owner.wordmark(brand);
        LogoAt logo = owner.logo(brand);
        Name mentioned = onlyInHeadlines(brand);
        boolean secret = signs.credentials || signs.secret;
        boolean whole = titled != null
                && (signs.passage(titled.passage()).field() != Field.TITLE
                        || saysNothingElse(titled)
                        || isCalledCopy(titled));
        int sure = count(
                whole || titled != null && rights != null,
                rights != null,
                owner.isOfThePage(brand),
                logo != null && owner.isProgramme(logo));
        boolean headed = wordmark != null || logo != null;
        boolean signed = owner.isSignedBy(brand) && isNameless();
        int likely = count(
                headed,
                headed && !signs.sells() && isNameless(),
                signed,
                mentioned != null && !whole,
                owner.isOnlyServer(brand));
        boolean claimed = rights != null && !owner.isSomebodyElses()
                || headed && owner.isOfThePage(brand) && signs.scripts.isEmpty();
        if (likely > 0 && !claimed && (!owner.isPlain() || owner.isWrittenAbout(brand))) {
            likely = 0;
        }
        boolean alone = titled != null && isShort() && whole && hasWords(titled);
        boolean copy = sure > 1
                || claimed && likely > 1
                || signed && owner.isNobodyElses() && isQuiet(brand, owner)
                || isWaitingRoom(brand, owner)
                || owner.asks()
                        && (alone
                                || sure == 1 && (likely > 0 || secret)
                                || isShort() && (likely > 1 || likely == 1 && secret));
        if (!copy) {
            return;
        }
        Name name = titled != null ? titled : rights != null ? rights : wordmark != null ? wordmark : mentioned;
        Owned reference = owner.reference(brand);
        if (name != null) {
            if (!(name.ambiguous() && signs.homonym)) {
                add(name.passage(), name.start(), name.end(), brand, name.rule("signed"));
            }
        } else if (logo != null) {
            add(logo.passage(), logo.logo().start(), logo.logo().end(), brand, "signed");
        } else if (reference != null) {
            add(reference.passage(), reference.start(), reference.end(), brand, "signed");
        }
    }

    /** Whether the title says more of the brand than its name, and prose goes on about it: {@code PayPal – what is it?} */
    private boolean isDiscussed(Name name, OwnerSigns owner) {
        return signs.passage(name.passage()).field() == Field.TITLE
                && !saysNothingElse(name)
                && owner.isWrittenAbout(name.brand());
    }

    private void add(int passage, int start, int end, int brand, String rule) {
        uses.add(signs.passage(passage), start, end, brand, Kind.IMPERSONATION, rule);
    }

    private static int count(boolean... signs) {
        int count = 0;
        for (boolean sign : signs) {
            count += sign ? 1 : 0;
        }
        return count;
    }

    /** The brand's name in the title or the first heading, if they have no other's and teach nothing; a common word does not count. */
    private @Nullable Name onlyInHeadlines(int brand) {
        Name found = null;
        for (Name name : signs.names) {
            if (isHeading(name.passage())) {
                if (name.brand() != brand
                        || isTaught(signs.passage(name.passage()).text())) {
                    return null;
                }
                found = found == null && !name.ambiguous() ? name : found;
            }
        }
        return found;
    }

    /**
     * The brand's name in a title that says nothing else, or null. Shops call a page so that takes payments with the brand, if something
     * is asked for there.
     */
    private @Nullable Name inTitleOnly(int brand, boolean form) {
        for (Name name : signs.names) {
            if (name.brand() == brand
                    && !name.ambiguous()
                    && saysNothingElse(name)
                    && !(form && speaksOfPaying(name))) {
                return name;
            }
        }
        return null;
    }

    private boolean isTaught(String text) {
        return Tokens.of(text, 0, text.length()).stream().anyMatch(token -> signs.words.isTaught(token.word()));
    }

    /** The brand's name in a title that says that the page is a copy: {@code Send Money - PayPal Clone}; or null. */
    private @Nullable Name asCopy(int brand) {
        for (Name name : signs.names) {
            if (name.brand() == brand && !name.ambiguous() && isCalledCopy(name)) {
                return name;
            }
        }
        return null;
    }

    private boolean isCalledCopy(Name name) {
        Passage passage = signs.passage(name.passage());
        String around = aroundInSegment(passage.text(), name);
        return passage.field() == Field.TITLE
                && !around.isBlank()
                && isAmong(around, signs.words::isOfCopies)
                && !isTaught(passage.text());
    }

    private boolean speaksOfPaying(Name name) {
        return !isAmong(signs.passage(name.passage()).text(), name, word -> !signs.words.isPayment(word));
    }

    /**
     * Whether a title has the name, perhaps words of signing in, and nothing else; who says that he sends visitors to the brand is
     * somebody else.
     */
    private boolean saysNothingElse(Name name) {
        Passage passage = signs.passage(name.passage());
        return passage.field() == Field.TITLE
                && isAmong(withoutNames(name), word -> signs.words.isNameless(word) || signs.words.isPlace(word))
                && !signs.clauses.isDestination(passage.text(), name.start());
    }

    /** Whether all words of a text around a name are of a kind. */
    static boolean isAmong(String text, Name name, Predicate<String> kind) {
        return isAmong(text.substring(0, name.start()) + " " + text.substring(name.end()), kind);
    }

    private static boolean isAmong(String text, Predicate<String> kind) {
        return Tokens.of(text, 0, text.length()).stream().allMatch(token -> kind.test(token.word()));
    }

    /** What a text says beside a brand's names, of which it may have more than one: {@code American Express - Amex}. */
    private String withoutNames(Name name) {
        StringBuilder text = new StringBuilder(signs.passage(name.passage()).text());
        for (Name other : signs.namesIn(name.passage()).reversed()) {
            if (other.brand() == name.brand() && other.end() <= text.length()) {
                text.replace(other.start(), other.end(), " ");
            }
        }
        return text.toString();
    }

    /**
     * Whether a page is hardly more than a title of the brand's: one that says to sign in, as those that show a moment's wait before the
     * form, or have it from a script; or one below which somebody with an account is told to wait, or thanked. With the brand's logo on top
     * it may have more: the steps behind a form have the foot of the bank's pages.
     */
    private boolean isDoor(Name titled, OwnerSigns owner) {
        boolean signsIn =
                signs.words.speakOfSigningIn(signs.passage(titled.passage()).text());
        boolean drawn = owner.logo(titled.brand()) != null;
        boolean headed = drawn || owner.wordmark(titled.brand()) != null;
        return (signsIn && drawn && owner.isNobodyElses() || isShort() && owner.isPlain())
                && isQuiet(titled.brand(), owner)
                && saysNothingElse(titled)
                && (signsIn && (headed || !owner.hasSentences())
                        || (headed || hasWords(titled)) && owner.isSaidToHolder());
    }

    /**
     * A page whose title names nobody, and that says to somebody with an account to wait, or thanks him, below the brand's name. Shops thank
     * below the logo of what was paid with, so that only a bank's logo is as good.
     */
    private boolean isWaitingRoom(int brand, OwnerSigns owner) {
        Name wordmark = owner.wordmark(brand);
        boolean headed = wordmark != null
                        && (signs.passage(wordmark.passage()).field() == Field.HEADING
                                || owner.isFirst(wordmark.passage()))
                || brands.get(brand).bank() && owner.logo(brand) != null;
        return headed
                && !owner.asks()
                && isNameless()
                && isShort()
                && owner.isPlain()
                && isQuiet(brand, owner)
                && owner.isSaidToHolder();
    }

    /** Whether a page has nothing that takes money, and writes about nobody who does. */
    private boolean isQuiet(int brand, OwnerSigns owner) {
        return signs.scripts.isEmpty() && signs.payLinks.isEmpty() && !owner.isWrittenAbout(brand) && !isArticle();
    }

    /** Whether the page says that it writes about something, and has room for it: what only metadata say is not seen on a copy. */
    private boolean isArticle() {
        return signs.describingIsSeen || signs.describing && !isShort();
    }

    /** Whether a title has more than the name: {@code PayPal} alone may be what an article is about. */
    private boolean hasWords(Name name) {
        Passage passage = signs.passage(name.passage());
        return passage.field() == Field.TITLE && !isWhole(passage.text(), name);
    }

    /**
     * A page without a name of its own that asks for a password or a card, and has one brand's pictures from its own host, its
     * logo and hardly a word beside, or words of signing in to it.
     */
    private void namelessCopy(OwnerSigns owner) {
        Name held = heldByReader(owner);
        if (held != null) {
            add(held.passage(), held.start(), held.end(), held.brand(), held.rule("nameless"));
            return;
        }
        if (!signs.credentials || uses.drawn.cardinality() > 1 || !isNameless()) {
            return;
        }
        for (Name name : signs.names) {
            String text = signs.passage(name.passage()).text();
            boolean drawn = uses.drawn.isEmpty() || uses.drawn.get(name.brand());
            if (drawn
                    && !name.ambiguous()
                    && !signs.isSeenToSell()
                    && text.length() <= LONGEST_INVITATION
                    && signs.words.speakOfSigningIn(text)
                    && isIdentity(signs.words, signs.passage(name.passage()), name)) {
                add(name.passage(), name.start(), name.end(), name.brand(), name.rule("nameless"));
                return;
            }
        }
        Name signature = signature(owner);
        if (signature != null) {
            add(signature.passage(), signature.start(), signature.end(), signature.brand(), signature.rule("nameless"));
            return;
        }
        if (uses.drawn.isEmpty()) {
            return;
        }
        int brand = uses.drawn.nextSetBit(0);
        for (Owned asset : signs.assets) {
            if (asset.brand() == brand && !owner.isScript(asset)) {
                add(asset.passage(), asset.start(), asset.end(), brand, "nameless");
                return;
            }
        }
        if (signs.password && !signs.isSeenToSell() && signs.scripts.isEmpty() && isShort()) {
            LogoAt at = owner.logo(brand);
            if (at != null && at.logo().plain() && !at.logo().payment()) {
                add(at.passage(), at.logo().start(), at.logo().end(), brand, "nameless");
            }
        }
    }

    /**
     * The only brand that a page names, where it speaks of its reader's account there over a form for what only that person knows, or
     * null.
     */
    private @Nullable Name heldByReader(OwnerSigns owner) {
        if (!signs.credentials && !signs.secret
                || signs.isSeenToSell()
                || !isShort()
                || !isNameless()
                || signs.names.stream().mapToInt(Name::brand).distinct().count() != 1) {
            return null;
        }
        return signs.names.stream()
                .filter(name -> {
                    Passage passage = signs.passage(name.passage());
                    boolean held = passage.field() == Field.TEXT || passage.field() == Field.HEADING
                            ? !isTaken(name) && signs.holders.isHeldByReader(passage.text(), name)
                            : owner.isLabelOfAccount(passage, name);
                    return held && !passage.hidden();
                })
                .findFirst()
                .orElse(null);
    }

    /** Whether no title names anybody: {@code React App}, {@code Step 1}. */
    private boolean isNameless() {
        return signs.passages.stream()
                .filter(passage -> passage.field() == Field.TITLE)
                .flatMap(passage -> Tokens.of(passage.text(), 0, passage.text().length()).stream())
                .allMatch(token -> token.isNumber() || signs.words.isNameless(token.word()));
    }

    /**
     * The only brand that a page names, if it signs the page: as the owner of its rights or as a logo of letters over a form for a
     * password or the caption of a picture there, where there is hardly more than the form, and anywhere with the sign of a registered mark. A common word has to be
     * used as a firm's name too.
     */
    private @Nullable Name signature(OwnerSigns owner) {
        if (signs.isSeenToSell()
                || signs.names.stream().mapToInt(Name::brand).distinct().count() != 1) {
            return null;
        }
        boolean brief = isShort();
        boolean firm = signs.names.stream()
                .anyMatch(name -> owner.isFirm(signs.passage(name.passage()).text(), name));
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            String text = passage.text();
            boolean form = signs.password && !isTaken(name);
            boolean wordmark = form && isWordmark(text, name);
            if (brief && form && !name.ambiguous() && owner.isCaptionOnTop(name)) {
                return name;
            }
            if (passage.field() == Field.TEXT
                    && (!name.ambiguous() || firm || isAcronym(name))
                    && (brief && (wordmark || OwnerSigns.isOwnerOfRights(text, name))
                            || wordmark && owner.opens(name.passage())
                            || form && OwnerSigns.isRegistered(text, name))) {
                return name;
            }
        }
        return inHeadings();
    }

    /** The first name of a page on which more than one heading has it, above or below a form for a password; or null. */
    private @Nullable Name inHeadings() {
        List<Name> headed = signs.names.stream()
                .filter(name -> !name.ambiguous()
                        && signs.passage(name.passage()).field() == Field.HEADING
                        && !signs.passage(name.passage()).hidden())
                .toList();
        boolean several = headed.stream().mapToInt(Name::passage).distinct().count() > 1;
        return several && signs.password && !isArticle() ? headed.getFirst() : null;
    }

    /** Whether a text is the name, perhaps with its initials drawn before it: {@code P PayPal}. */
    private static boolean isWordmark(String text, Name name) {
        return isWhole(text, name)
                || text.length() <= name.end() - name.start() + LONGEST_INITIALS
                        && Tokens.of(text, 0, text.length()).stream()
                                .allMatch(token -> token.word().length() == 1
                                        || token.start() >= name.start() && token.end() <= name.end());
    }

    /** Whether something near a name says what is taken. */
    private boolean isTaken(Name name) {
        return signs.cues.stream()
                .anyMatch(cue ->
                        cue.strength() != Strength.WEAK && Math.abs(cue.passage() - name.passage()) <= REACH_OF_CLAIM);
    }

    /** Whether the page has little more than a form. */
    private boolean isShort() {
        int characters = 0;
        for (Passage passage : signs.passages) {
            if (passage.field() == Field.TEXT || passage.field() == Field.HEADING) {
                characters += passage.text().length();
            }
        }
        return characters <= SHORT_PAGE;
    }

    /**
     * The one brand in the title of a page that is little more than a form for signing in: 'Log on to NetBank - online banking
     * from Commonwealth Bank'.
     */
    private @Nullable Name ownerOfForm() {
        if (!signs.password || !isShort()) {
            return null;
        }
        List<Name> titled = signs.names.stream()
                .filter(name -> signs.passage(name.passage()).field() == Field.TITLE && !name.ambiguous())
                .toList();
        if (titled.stream().mapToInt(Name::brand).distinct().count() != 1) {
            return null;
        }
        Name name = titled.getFirst();
        String title = signs.passage(name.passage()).text();
        return signs.words.speakOfSigningIn(title) && !isTaught(title) ? name : null;
    }

    /** Whether a page that a common word names, and that asks for a password or a card, means the brand. */
    private boolean isSupported(Name name, OwnerSigns owner) {
        int brand = name.brand();
        boolean drawnToo = signs.logos.stream()
                .anyMatch(at -> at.logo().brand() == brand && at.logo().trust() != Trust.IN_SERIES);
        Set<Integer> headlines = new HashSet<>();
        for (Name other : signs.names) {
            if (other.brand() == brand
                    && isHeadline(signs.passage(other.passage()))
                    && isIdentity(signs.words, signs.passage(other.passage()), other)) {
                headlines.add(other.passage());
            }
        }
        return isAcronym(name)
                || (drawnToo || headlines.size() > 1 || isOwnerOfForm(name))
                        && !isOwnHost(name)
                        && (brands.get(brand).bank() || owner.speaksOfCards());
    }

    /** Whether the title is the name and words of signing in, nothing else, over hardly more than a form for a password. */
    private boolean isOwnerOfForm(Name name) {
        String title = signs.passage(name.passage()).text();
        String around = title.substring(0, name.start()) + " " + title.substring(name.end());
        return signs.password
                && isShort()
                && signs.words.speakOfSigningIn(around)
                && Tokens.of(around, 0, around.length()).stream()
                        .allMatch(token -> !token.isNumber() && signs.words.isSignIn(token.word()));
    }

    /** Whether the site goes by the very word, or by a longer name that the page spells out: 'Maestro', 'Discover Insights'. */
    private boolean isOwnHost(Name name) {
        String word = squeezed(signs.passage(name.passage()).text().substring(name.start(), name.end()));
        for (String label : host.split("[.]", -1)) {
            if (label.equals(word) || isLongerName(label, word) && isSpelt(label.replace("-", ""))) {
                return true;
            }
        }
        return false;
    }

    private boolean isLongerName(String label, String word) {
        return label.length() > word.length()
                && label.contains(word)
                && Tokens.of(label.replace(word, " "), 0, label.length() - word.length() + 1).stream()
                        .noneMatch(token -> signs.words.isSignIn(token.word()) || token.isNumber());
    }

    private boolean isSpelt(String name) {
        return signs.passages.stream()
                .filter(passage -> PageSigns.isTitle(passage) || passage.field() == Field.IMAGE)
                .anyMatch(passage -> squeezed(passage.text()).contains(name));
    }

    /** Whether the name is capitals only, written so: JCB, ANZ. Common words are not, and two letters are anybody's. */
    private boolean isAcronym(Name name) {
        String written = signs.passage(name.passage()).text().substring(name.start(), name.end());
        Brand brand = brands.get(name.brand());
        return written.length() >= SHORTEST_ACRONYM
                && written.length() <= LONGEST_ACRONYM
                && (written.equals(brand.name()) || brand.aliases().contains(written))
                && written.chars().allMatch(Character::isUpperCase);
    }

    private boolean hasHeadline(int brand) {
        return signs.names.stream()
                .anyMatch(name -> name.brand() == brand
                        && isHeadline(signs.passage(name.passage()))
                        && isIdentity(signs.words, signs.passage(name.passage()), name));
    }

    private static boolean isSiteName(Passage passage) {
        return switch (passage.field()) {
            case OPEN_GRAPH -> passage.detail().equals("og:site_name");
            case META ->
                passage.detail().equals("application-name") || passage.detail().contains("web-app-title");
            default -> false;
        };
    }

    /** The title, a heading of the first rank, or the first of any rank. */
    private boolean isHeading(int index) {
        return index == firstHeading || isHeadline(signs.passage(index));
    }

    static boolean isHeadline(Passage passage) {
        return passage.field() == Field.TITLE
                || passage.field() == Field.HEADING && passage.detail().equals("h1");
    }

    static boolean isWhole(String text, Name name) {
        return name.end() - name.start() >= text.length() - 2;
    }

    /** Whether the part of a title that has the name is the name, with no more than words of signing in around it. */
    static boolean isIdentity(PaymentWords words, Passage passage, Name name) {
        String around = aroundInSegment(passage.text(), name);
        int count = 0;
        for (Tokens.Token token : Tokens.of(around, 0, around.length())) {
            if (token.isNumber() || !words.isSignIn(token.word()) && !words.isPlace(token.word())) {
                return false;
            }
            count++;
        }
        return count <= SHORT_SEGMENT_WORDS;
    }

    /** What stands around a name in its part of a title. */
    private static String aroundInSegment(String text, Name name) {
        int from = name.start();
        int to = name.end();
        while (from > 0 && !isSegmentBound(text, from - 1) && name.start() - from <= LONGEST_INVITATION) {
            from--;
        }
        while (to < text.length() && !isSegmentBound(text, to) && to - name.end() <= LONGEST_INVITATION) {
            to++;
        }
        return text.substring(from, name.start()) + " " + text.substring(name.end(), to);
    }

    private static boolean isSegmentBound(String text, int at) {
        char c = text.charAt(at);
        boolean spaced = at > 0 && text.charAt(at - 1) == ' ' && at + 1 < text.length() && text.charAt(at + 1) == ' ';
        return "|\uff5c·•»«:\uff1a,!–—\n".indexOf(c) >= 0 || (c == '-' || c == '/') && spaced;
    }

    /**
     * Whether the title has the site's own name, as its host or its metadata tell it: 'PayPal | Example News'. Names that are made of
     * words of signing in are nobody's, and the last label of a host is not the site's.
     */
    private boolean isTitledBySomebodyElse() {
        StringBuilder title = new StringBuilder();
        List<String> siteNames = new ArrayList<>();
        for (Passage passage : signs.passages) {
            if (passage.field() == Field.TITLE) {
                title.append(squeezed(passage.text())).append(' ');
            } else if (isSiteName(passage) && siteNames.size() < MOST_SITE_NAMES) {
                siteNames.add(squeezed(passage.text()));
            }
        }
        String[] labels = host.split("[.]", -1);
        for (int label = 0; label < labels.length - 1; label++) {
            siteNames.add(labels[label].replace("-", ""));
        }
        return siteNames.stream()
                .anyMatch(name -> name.length() >= SHORTEST_SITE_NAME
                        && title.indexOf(name) >= 0
                        && !isOfBrand(name)
                        && !signs.words.isMadeOfSignIn(name));
    }

    /** Whether a site's name is made with a brand's, and so is no proof that the site is somebody else's. */
    private boolean isOfBrand(String name) {
        return brands.stream().map(brand -> squeezed(brand.name())).anyMatch(name::contains);
    }

    private static String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder();
        for (Tokens.Token token : Tokens.of(text, 0, text.length())) {
            squeezed.append(token.word());
        }
        return squeezed.toString();
    }
}
