package org.markwatch.brand;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.brand.PageSigns.Cue;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.extract.Passage;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The features of an impersonation that a page has for whatever brand. What speaks against is a share of what visitors see or
 * a count that saturates, so that one added sentence changes little. One use per page.
 */
final class ImpersonationPage {
    /** Characters behind wording of accepting in which it may be terms that are accepted. */
    private static final int LEGAL_REACH = 32;
    /** Texts about taking payment, from which the feature has its whole value. */
    private static final double TEXTS_ABOUT_PAYMENT = 2;

    private static final Set<Field> SAID = EnumSet.of(Field.TITLE, Field.HEADING, Field.TEXT, Field.FORM, Field.META);

    private final List<String> siteNames;
    private final String host;
    private final PageSigns signs;
    private final Titles titles;
    private final FormSigns forms;
    private final OwnerSigns owners;
    private final Map<ImpersonationFeature, Double> values = new EnumMap<>(ImpersonationFeature.class);

    /** @param siteNames names of brands as {@link Titles#siteNames} gives them */
    ImpersonationPage(
            List<String> siteNames, String host, PageSigns signs, Titles titles, FormSigns forms, OwnerSigns owners) {
        this.siteNames = siteNames;
        this.host = host;
        this.signs = signs;
        this.titles = titles;
        this.forms = forms;
        this.owners = owners;
        readForms();
    }

    /** Returns the value of each feature that was read so far, above 0 and at most 1. */
    Map<ImpersonationFeature, Double> values() {
        return values;
    }

    private void readForms() {
        add(ImpersonationFeature.ASKS_PASSWORD, signs.password ? 1 - forms.keysShare() : 0);
        add(ImpersonationFeature.ASKS_CARD, signs.credentials && !signs.password);
        add(ImpersonationFeature.ASKS_SECRET, signs.secret);
        add(ImpersonationFeature.ASKS_NOTHING, !signs.credentials && !signs.secret && !forms.ask());
    }

    /** Reads the features that take a look at all texts. */
    void readTexts() {
        add(ImpersonationFeature.NAMELESS_TITLE, titles.areNameless());
        add(ImpersonationFeature.OWN_TITLE, titles.ownTitle(host, siteNames));
        add(ImpersonationFeature.TEACHES, titles.teachingShare());
        long payment = signs.cues.stream()
                .filter(this::saysWhatIsTaken)
                .map(Cue::passage)
                .distinct()
                .count();
        add(ImpersonationFeature.TAKES_PAYMENT, payment / TEXTS_ABOUT_PAYMENT);
    }

    private void add(ImpersonationFeature feature, boolean found) {
        add(feature, found ? 1 : 0);
    }

    private void add(ImpersonationFeature feature, double value) {
        if (value > 0) {
            values.put(feature, Math.min(1, value));
        }
    }

    /** Whether visitors read that something is taken, and not that terms are: {@code I accept the Terms & Conditions}. */
    private boolean saysWhatIsTaken(Cue cue) {
        Passage passage = signs.passage(cue.passage());
        int end = Math.min(passage.text().length(), cue.end() + LEGAL_REACH);
        return cue.strength() != Strength.WEAK
                && PageSigns.isSeen(passage)
                && !signs.book.trie.scan(passage.text()).has(LexiconCategory.LEGAL_TEXT, cue.end(), end);
    }

    /** Whether the page speaks of cards or banks, as that of a firm does whose name is a common word. */
    boolean speaksOfMoney() {
        return signs.first(passage -> !passage.hidden()
                        && SAID.contains(passage.field())
                        && Tokens.of(passage.text(), 0, passage.text().length()).stream()
                                .anyMatch(token -> signs.words.isOfBanking(token.word())))
                >= 0;
    }

    /** Returns the share of others in the visible claims to the page's rights. */
    double rightsOfOthers(boolean claimedByBrand) {
        int others = owners.others();
        return others == 0 ? 0 : (double) others / (others + (claimedByBrand ? 1 : 0));
    }

    /** Whether the site goes by a brand's name, which is a common word. */
    boolean isCalled(PageSigns.Name name) {
        return titles.isOwnHost(host, name);
    }
}
