package org.markwatch.brand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.brand.ImpersonationCandidate.Place;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** The features of an impersonation that the names of a brand give. One use per page. */
final class NameFeatures {
    /** The longest text whose words are looked at. */
    private static final int LONGEST_LINE = 200;
    /** The longest text that stands above a form as a letterhead does. */
    private static final int LONGEST_LETTERHEAD = 100;
    /** The longest label of a button, a field or a choice. */
    private static final int LONGEST_LABEL = 60;
    /** The most words of a text that says to sign in to a brand. */
    private static final int WORDS_OF_INVITATION = 6;

    private static final int SHORTEST_ACRONYM = 3;
    /** Sentences that name the brand, from which the feature has its whole value. */
    private static final double SENTENCES = 3;

    private final List<Brand> brands;
    private final PageSigns signs;
    private final Titles titles;
    private final FormSigns forms;
    private final OwnerSigns owners;
    private final ImpersonationCandidates candidates;
    /** The first paragraph that visitors see, or the greatest number. */
    private final int firstParagraph;

    NameFeatures(
            List<Brand> brands,
            PageSigns signs,
            Titles titles,
            FormSigns forms,
            OwnerSigns owners,
            ImpersonationCandidates candidates) {
        this.brands = brands;
        this.signs = signs;
        this.titles = titles;
        this.forms = forms;
        this.owners = owners;
        this.candidates = candidates;
        int first = signs.first(passage -> passage.field() == Field.TEXT
                && !passage.hidden()
                && passage.text().length() > LONGEST_LETTERHEAD);
        this.firstParagraph = first < 0 ? Integer.MAX_VALUE : first;
    }

    void read() {
        Map<Integer, Integer> sentences = new HashMap<>();
        int read = -1;
        boolean sentence = false;
        Map<Integer, Integer> lastSentence = new HashMap<>();
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (passage.field() == Field.SCRIPT_DATA) {
                continue; // a table of texts may name any brand, and no visitor need see it
            }
            if (read != name.passage()) {
                read = name.passage();
                sentence = OwnerSigns.isSentence(passage);
            }
            ImpersonationCandidate candidate = candidates.of(name.brand(), Place.of(name));
            candidate.name(isNamedAsBrand(name, passage.text()), !name.ambiguous());
            if (passage.text().length() <= LONGEST_LINE) {
                readName(name, passage, candidate);
            }
            Integer last = lastSentence.put(name.brand(), name.passage());
            if (sentence && (last == null || last != name.passage())) {
                int count = sentences.merge(name.brand(), 1, Integer::sum);
                candidate.add(ImpersonationFeature.NAMED_IN_SENTENCES, count / SENTENCES, Place.of(name));
            }
        }
        owners.ofRights().forEach((brand, owner) -> {
            ImpersonationCandidate candidate = candidates.of(brand, Place.of(owner));
            candidate.add(ImpersonationFeature.RIGHTS, Place.of(owner));
            if (OwnerSigns.isLine(signs.passage(owner.passage()).text(), owner)) {
                candidate.add(ImpersonationFeature.RIGHTS_LINE, Place.of(owner));
            }
        });
    }

    private boolean isNamedAsBrand(Name name, String text) {
        return !name.ambiguous() || isAcronym(name) || CompanyWording.isHeld(signs.book.trie, text, name);
    }

    /** Whether a name is a common word, and nothing around it says otherwise. */
    private boolean isCommonWord(Name name) {
        return name.ambiguous() && !isAcronym(name);
    }

    /** Whether a name has a capital that is not its first letter, as no common word has: {@code ANZ}, {@code NetBank}. */
    private boolean isAcronym(Name name) {
        if (name.end() - name.start() < SHORTEST_ACRONYM) {
            return false;
        }
        String written = signs.passage(name.passage()).text().substring(name.start(), name.end());
        Brand brand = brands.get(name.brand());
        return written.chars().skip(1).anyMatch(Character::isUpperCase)
                && (written.equals(brand.name()) || brand.aliases().contains(written));
    }

    private void readName(Name name, Passage passage, ImpersonationCandidate candidate) {
        switch (passage.field()) {
            case TITLE -> inTitle(name, passage, candidate);
            case HEADING, TEXT -> inText(name, passage, candidate);
            case META, OPEN_GRAPH, JSON_LD -> {
                if (titles.isSiteName(passage) && titles.isIdentity(name)) {
                    candidate.add(ImpersonationFeature.METADATA, Place.of(name));
                }
            }
            case IMAGE -> {
                if (References.isCaption(passage)) {
                    inCaption(name, candidate);
                }
            }
            case FORM -> {
                if (forms.askForItsAccount(name)) {
                    candidate.add(ImpersonationFeature.ASKS_ITS_ACCOUNT, Place.of(name));
                }
            }
            default -> {}
        }
        if (forms.askForItsPassword(name)) {
            candidate.add(ImpersonationFeature.ASKS_ITS_ACCOUNT, Place.of(name));
        }
    }

    private void inTitle(Name name, Passage passage, ImpersonationCandidate candidate) {
        Place place = Place.of(name);
        if (titles.saysNothingElse(name) && !isCommonWord(name)) {
            candidate.add(ImpersonationFeature.TITLE_IS_NAME, place);
        } else if (titles.saysNothingElse(name) || titles.isIdentity(name)) {
            candidate.add(ImpersonationFeature.TITLE_PART_IS_NAME, place);
        }
        if (signs.words.speakOfSigningIn(passage.text())) {
            candidate.add(ImpersonationFeature.TITLE_SIGNS_IN, place);
        }
    }

    private void inText(Name name, Passage passage, ImpersonationCandidate candidate) {
        Place place = Place.of(name);
        String text = passage.text();
        boolean heading = passage.field() == Field.HEADING;
        boolean above = name.passage() < Math.min(forms.top, firstParagraph);
        if (text.length() <= LONGEST_LETTERHEAD && above && !isCommonWord(name)) {
            if (titles.isIdentity(name) && !isChoice(name.passage())) {
                candidate.add(heading ? ImpersonationFeature.HEADING : ImpersonationFeature.LETTERHEAD, place);
            }
        }
        if (!passage.hidden()
                && text.length() <= LONGEST_LABEL
                && signs.words.speakOfSigningIn(text)
                && !signs.words.speakOfSigningInWith(text)
                && Tokens.of(text, 0, text.length()).size() <= WORDS_OF_INVITATION) {
            candidate.add(ImpersonationFeature.INVITATION, place);
        }
    }

    private void inCaption(Name name, ImpersonationCandidate candidate) {
        if (!titles.isCaption(name)) {
            if (!signs.passage(name.passage()).hidden()) {
                candidate.add(ImpersonationFeature.NAMED_IN_CAPTION, Place.of(name));
            }
        } else if (name.passage() < forms.top) {
            candidate.add(ImpersonationFeature.CAPTION, Place.of(name));
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
}
