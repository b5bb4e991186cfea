package org.markwatch.match;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What speaks for or against a page passing itself off as a brand, and how much: tenths of the logarithm of the odds. They are added
 * up, so that no sign decides alone; from {@link #ENOUGH} on the page is taken for a copy, if enough of them are of the brand itself.
 *
 * <p>The points are those that part copies from other pages best, by logistic regression on the labelled pages and on others that are not
 * in the project; {@code scripts/bench fit} fits them to the former alone, for comparison, and says how well they do on sets that were
 * left out of the fit.
 */
public enum CopySign {
    TITLE_IS_NAME(34, "the title is its name, with no more than words of signing in"),
    TITLE_IS_WORD(10, "the title is its name, which is a common word, with no more than words of signing in"),
    TITLE_PART_IS_NAME(18, "a part of the title is its name"),
    TITLE_NAMES_IT(1, "the title names it among other words"),
    TITLE_SIGNS_IN(13, "the title that has its name speaks of signing in"),
    SITE_NAME(7, "metadata give the site its name"),
    LETTERHEAD(17, "its name stands alone above the form"),
    HEADING(9, "a heading above the form is its name"),
    NAMED_ABOVE(4, "a short text above the form names it among other words"),
    INVITATION(4, "a short text that names it speaks of signing in"),
    RIGHTS(22, "it claims the page's rights"),
    RIGHTS_LINE(7, "the claim is a line of its own"),
    LOGO(13, "its logo stands above the form, and no other"),
    PLAIN_LOGO(8, "the logo is that of the firm, and not of a way to pay"),
    POSSIBLE_LOGO(8, "what may be its logo stands above the form"),
    CAPTION(13, "a picture above the form is called as it is"),
    ICON_OR_STYLE(9, "icon, style sheet or address of the page are on its host"),
    PICTURE_OF_HOST(13, "a picture comes from its host, and none from another brand's"),
    LOOKALIKE_HOST(3, "the host's name looks like its"),
    ASKS_ITS_PASSWORD(15, "its own password is asked for"),
    ASKS_ITS_ACCOUNT(13, "a field asks for the account with it"),

    NO_WAY_TO_PAY(8, "it is a bank, whose name shops have no need of"),
    ONLY_BRAND(15, "no other brand is named or drawn"),
    NAMELESS(12, "no title names anybody"),
    SIGNS_IN(7, "a short text speaks of signing in"),
    ASKS_PASSWORD(16, "a form asks for a password"),
    ASKS_CARD(8, "a form asks for a card"),
    ASKS_SECRET(14, "a label asks for what only the holder of a card or an account knows"),

    ASKS_NOTHING(-16, "nothing is asked for"),
    COMMON_WORD(-13, "its name is there only as a common word"),
    NOT_OF_MONEY(-15, "nor does anything speak of cards or banks, and others have such a name"),
    NO_NAME(-8, "it is not named"),
    OWN_HOST(-12, "the site goes by that very word"),
    OTHER_BRANDS(-20, "other brands are named or drawn"),
    TITLED_BY_OTHERS(-30, "the title is the site's own"),
    RIGHTS_OF_OTHERS(-9, "somebody else claims the page's rights"),
    TEACHES(-10, "a headline teaches or asks"),
    DESCRIBES(-15, "the page writes about marks"),
    PROSE(-3, "a sentence names it"),
    PROSE_AGAIN(-6, "several sentences name it"),
    SENTENCES(-17, "the page has sentences to read"),
    ENTRY(-9, "a lesser heading is its name"),
    CAPTION_SAYS_MORE(-5, "a picture's text names it among other words"),
    TAKES_PAYMENTS(-10, "the page says what it takes"),
    TAKES_IT(-7, "the page says that it takes the brand, or draws it so"),
    TILL(-8, "its scripts, links or forms take payments"),
    SELLS(-11, "something is sold"),
    /** By hand: too few pages have it to be fitted. */
    SETTINGS(-60, "the keys of its services are entered here"),
    BUTTON(-5, "a button signs in by it");

    /** Points from which a page is taken for a copy. */
    public static final int ENOUGH = 39;

    /** Points that signs of the brand itself must have among these: a page that only names it is nothing but somebody's form. */
    public static final int ENOUGH_OF_BRAND = 6;

    /** Signs of the brand itself. */
    private static final Set<CopySign> OF_BRAND = EnumSet.range(TITLE_IS_NAME, ASKS_ITS_ACCOUNT);

    private final int points;
    private final String said;

    CopySign(int points, String said) {
        this.points = points;
        this.said = said;
    }

    /** Above 0 if it speaks for a copy, below if against. */
    public int points() {
        return points;
    }

    static int sum(Collection<CopySign> signs) {
        return signs.stream().mapToInt(CopySign::points).sum();
    }

    /** Whether it shows the brand, rather than that the page is as copies are. */
    boolean isOfBrand() {
        return OF_BRAND.contains(this);
    }

    /** {@code title-is-name}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, in words for people; says {@code it} of the brand. */
    public String said() {
        return said;
    }
}
