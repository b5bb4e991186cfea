package org.markwatch.brand;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Field;

/** What the forms of a page ask for, and of whom. One use of a page. */
final class FormSigns {
    private static final Set<String> FIELD_NAMES = Set.of("name", "id", "placeholder", "autocomplete");
    /** What visitors read of a field. */
    static final Set<String> SEEN = Set.of("label", "placeholder");

    /** Names that programs give to fields for a search or against forgery. */
    private static final Pattern TECHNICAL = Pattern.compile("(?i)(q|s|query|csrf.*|token|_.*)");

    /** The label of a field, or what stands beside it. */
    private static final int LONGEST_LABEL = 60;
    /** Passages behind a heading in which its form begins. */
    private static final int FORM_REACH = 16;

    private final PageSigns signs;
    /** Passages before it are above the form, or anywhere if there is none. */
    final int top;

    FormSigns(PageSigns signs) {
        this.signs = signs;
        int first = signs.first(this::isField);
        this.top = first < 0 ? Integer.MAX_VALUE : first;
    }

    /** Whether something is asked for, but what to search. */
    boolean ask() {
        return top < Integer.MAX_VALUE;
    }

    private boolean isField(Passage passage) {
        return passage.field() == Field.FORM
                && !passage.hidden()
                && (FIELD_NAMES.contains(passage.detail()) || SEEN.contains(passage.detail()))
                && !TECHNICAL.matcher(passage.text()).matches()
                && !signs.words.asksWhatToSearch(Folding.fold(passage.text()));
    }

    /**
     * Returns the share of the fields that ask for keys of a service, from 0 to 1: what only those have who set up a brand's
     * services. Only visible labels count: a field without one is a user's.
     */
    double keysShare() {
        Set<String> keys = new HashSet<>();
        int fields = 0;
        for (Passage passage : signs.passages) {
            if (passage.hidden() || passage.text().length() > LONGEST_LABEL) {
                continue;
            }
            boolean field = passage.field() == Field.FORM;
            fields += field && passage.detail().equals("name") && isField(passage) ? 1 : 0;
            if ((field ? SEEN.contains(passage.detail()) : isText(passage))
                    && signs.words.asksForServiceKey(Folding.fold(passage.text()))) {
                keys.add(passage.text());
            }
        }
        return fields == 0 ? 0 : Math.min(1, (double) keys.size() / fields);
    }

    private static boolean isText(Passage passage) {
        return passage.field() == Field.TEXT || passage.field() == Field.HEADING;
    }

    /**
     * Whether a name stands where a field asks for the password of the brand's users, {@code PayPal password}, or a heading says to sign
     * in to it, or to pay with it, above one. Whoever owns the page, only the brand may ask for that, and be it in a part of the form
     * that is shown when it is chosen.
     */
    boolean askForItsPassword(Name name) {
        Passage passage = signs.passage(name.passage());
        return signs.password
                && !name.ambiguous()
                && passage.text().length() <= LONGEST_LABEL
                && (isLabelOfPassword(passage)
                        || !passage.hidden() && isOfBrandOnly(passage, name) && isAbovePassword(name.passage()));
    }

    private boolean isLabelOfPassword(Passage passage) {
        return passage.field() == Field.FORM
                && (SEEN.contains(passage.detail()) || FIELD_NAMES.contains(passage.detail()) && !passage.hidden())
                && !signs.words.asksForServiceKey(Folding.fold(passage.text()))
                && asksForPassword(signs, passage);
    }

    private static boolean asksForPassword(PageSigns signs, Passage field) {
        String asked = Folding.fold(field.text());
        return signs.words.isPasswordName(asked) || signs.words.asksForPassword(asked);
    }

    /** Whether a field asks for what the brand's users are known by: {@code PayPal ID}. */
    boolean askForItsAccount(Name name) {
        Passage passage = signs.passage(name.passage());
        return passage.field() == Field.FORM
                && SEEN.contains(passage.detail())
                && name.end() - name.start() < passage.text().length() - 2
                && Titles.isAmong(passage.text(), name, signs.words::isSignIn);
    }

    /** Whether a heading says to sign in to the brand, or to pay with it, and nothing else. */
    private boolean isOfBrandOnly(Passage passage, Name name) {
        return passage.field() == Field.HEADING
                && Titles.isAmong(passage.text(), name, signs.words::isSignInWith)
                && (signs.words.speakOfSigningIn(passage.text())
                        || !Titles.isAmong(passage.text(), name, word -> !signs.words.isWith(word)));
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
}
