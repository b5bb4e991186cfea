package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Owned;
import org.markwatch.extract.Passage;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** Whose a page is by its foot and its parts: who claims its rights, and whose icon, style sheet, address or pictures it has. One use of a page. */
final class OwnerSigns {
    /** References that make a page look like another or say that it is one; what a button needs is none. */
    private static final Set<String> OF_THE_PAGE = Set.of(
            "icon",
            "apple-touch-icon",
            "apple-touch-icon-precomposed",
            "mask-icon",
            "stylesheet",
            "canonical",
            "saved-from");

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?\u0964\u061f\u3002](?=[\\s\"'\u201d)]|$)");
    private static final int SHORTEST_SENTENCE = 60;

    /** Characters of a claim that is a line of its own. */
    private static final int LONGEST_LINE = 100;

    private static final int RIGHTS_REACH = 32;
    private static final Pattern RIGHTS =
            Pattern.compile("(?i)(©|\\(c\\)|\\bcopyright) ?(©|\\(c\\))?[ 0-9–—-]*(by )?$");
    /** What is left of a foot line that is a name and a year. */
    private static final Pattern YEAR = Pattern.compile("[ ,–—|-]*(©|\\([cC]\\))?[ ,–—|-]*(19|20)[0-9]{2}[ .]*");

    private static final Pattern NEXT_WORDS = Pattern.compile(" (\\p{Lu}\\p{L}*) (\\p{Lu}\\p{L}*)");
    /** Somebody who claims them. */
    private static final Pattern OWNER =
            Pattern.compile("(?:©|\\([cC]\\)|Copyright)[ 0-9–—,-]*(?:by )?(\\p{Lu}\\p{L}+)");

    /** Of what both begin with some letters in a row: looked for first, since they are tried at each place and each name. */
    private static final List<String> CLAIMS = List.of("©", "(c)", "(C)", "opyright", "OPYRIGHT");

    private final PageSigns signs;
    private final BitSet servers = new BitSet();
    private final Map<Integer, Name> owners = new HashMap<>();
    private @Nullable Integer lastSentence;

    OwnerSigns(PageSigns signs) {
        this.signs = signs;
        signs.assets.stream().filter(asset -> !isScript(asset)).forEach(asset -> servers.set(asset.brand()));
        int last = -1;
        boolean claims = false;
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (name.passage() != last) {
                last = name.passage();
                claims = mayClaim(passage.text());
            }
            if (owners.containsKey(name.brand())) {
                continue;
            }
            boolean foot = isFootLine(passage, name) && name.passage() > lastSentence();
            if (foot || claims && isOwnerOfRights(passage.text(), name)) {
                owners.put(name.brand(), name);
            }
        }
    }

    /** Whether a reference to a brand's host is to a script, which whoever takes payments with the brand runs. */
    boolean isScript(Owned asset) {
        Passage passage = signs.passage(asset.passage());
        return passage.field() == Field.SCRIPT && passage.detail().equals("src");
    }

    /** Whether a reference is to what makes the page look like the brand's, or says that it is. */
    boolean isOfThePage(Owned reference) {
        return OF_THE_PAGE.contains(signs.passage(reference.passage()).detail());
    }

    /** Returns the number of brands whose hosts serve the page something other than scripts, 0 or more. */
    int servers() {
        return servers.cardinality();
    }

    /** By brand, its name where it claims the page's rights: {@code © 2026 PayPal}. */
    Map<Integer, Name> ofRights() {
        return owners;
    }

    /** Whether a claim to the page's rights is a line of its own, as at the foot of a page, and not that to a picture or a licence. */
    static boolean isLine(String text, Name owner) {
        return text.length() <= LONGEST_LINE
                && (owner.start() == 0
                        || RIGHTS.matcher(text).region(0, owner.start()).lookingAt()
                        || text.indexOf("ights reserved", owner.end()) >= 0);
    }

    /** {@code © 1999-2026 PayPal, Inc. All rights reserved.} A common word has to be a firm's by what follows it. */
    private boolean isOwnerOfRights(String text, Name name) {
        String before = text.substring(Math.max(0, name.start() - RIGHTS_REACH), name.start());
        return RIGHTS.matcher(before).find()
                && (!Character.isLowerCase(text.charAt(name.start())) || isLine(text, name))
                && (CompanyWording.isCompany(signs.book.trie, text, name)
                        || !name.ambiguous() && !isPartOfAName(text, name.end()));
    }

    /** Whether a name goes on behind the brand's, as that of somebody else who has the word in it: {@code Westpac Rescue Helicopter}. */
    private boolean isPartOfAName(String text, int end) {
        Matcher next = NEXT_WORDS.matcher(text).region(end, text.length());
        return next.lookingAt() && isOfSomebody(next.group(1)) && isOfSomebody(next.group(2));
    }

    private boolean isOfSomebody(String next) {
        String word = Folding.fold(next);
        return !signs.words.isNameless(word)
                && !signs.words.isPlace(word)
                && !signs.words.isOfBanking(word)
                && !signs.book.trie.scan(word).has(LexiconCategory.COMPANY)
                && !signs.book.folded(LexiconCategory.NOBODY).contains(word);
    }

    /** {@code CITIBANK - 2024}. */
    private static boolean isFootLine(Passage passage, Name name) {
        return (passage.field() == Field.TEXT || passage.field() == Field.HEADING)
                && !passage.hidden()
                && name.start() == 0
                && passage.text().length() <= LONGEST_LINE
                && Character.isUpperCase(passage.text().charAt(0))
                && YEAR.matcher(passage.text())
                        .region(name.end(), passage.text().length())
                        .matches();
    }

    /** Returns the number of visible claims to the page's rights of somebody who is no brand. */
    int others() {
        int others = 0;
        for (int index = 0; index < signs.passages.size(); index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.TEXT && !passage.hidden() && mayClaim(passage.text())) {
                Matcher owner = OWNER.matcher(passage.text());
                if (owner.find()
                        && !signs.book.folded(LexiconCategory.NOBODY).contains(Folding.fold(owner.group(1)))
                        && !isNamed(index, owner.start(1), endOfClaim(passage.text(), owner.end(1)))) {
                    others++;
                }
            }
        }
        return others;
    }

    /** The brand may be named behind what its firm is called: {@code © Ngân hàng TNHH Standard Chartered}. */
    private static int endOfClaim(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < RIGHTS_REACH && ".|,;\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Whether a text may claim rights. */
    static boolean mayClaim(String text) {
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

    /** Whether a passage that visitors see is a sentence at least, and no label, line of a form or row of links. */
    static boolean isSentence(Passage passage) {
        return passage.text().length() > SHORTEST_SENTENCE
                && (passage.field() == Field.TEXT
                                && !passage.hidden()
                                && Folding.CLASSES[passage.text().charAt(0)] == Folding.UNSPACED
                        || endsSentence(passage));
    }

    private static boolean endsSentence(Passage passage) {
        return passage.field() == Field.TEXT
                && !passage.hidden()
                && SENTENCE_END.matcher(passage.text()).find();
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
}
