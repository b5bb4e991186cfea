package org.markwatch.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** Decides which names of brands stand in lists of what is taken: texts that are hardly more than names, on a page that speaks of paying. */
final class NamedLists {
    private static final Pattern WORD_END = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final PageSigns signs;
    private final UsesFound uses;
    /** Brands that are paid to by account, and not taken. */
    private final BitSet banks = new BitSet();
    /** Passages that introduce a list. */
    private final BitSet introductions;

    NamedLists(PageSigns signs, UsesFound uses, List<Brand> brands) {
        this.signs = signs;
        this.uses = uses;
        for (int brand = 0; brand < brands.size(); brand++) {
            banks.set(brand, brands.get(brand).bank());
        }
        introductions = introductions();
    }

    /** Two brands or more, uses.drawn ones too, in texts that are hardly more than names, on a page that speaks of paying. */
    void judge() {
        if (!signs.mayListWays()) {
            return;
        }
        List<List<Name>> run = new ArrayList<>();
        int lastPassage = -2;
        int from = 0;
        List<Name> all = signs.names;
        while (from < all.size()) {
            int index = all.get(from).passage();
            int to = from;
            while (to < all.size() && all.get(to).passage() == index) {
                to++;
            }
            List<Name> names = all.subList(from, to);
            Passage passage = signs.passage(index);
            from = to;
            if (!passage.field().isRunningText()
                    || coverageAmongOthers(passage.text(), names)
                            < (isRow(passage.text(), names) ? NamesInText.ROW_COVERAGE : NamesInText.LIST_COVERAGE)
                    || passage.text().indexOf('%') >= 0 // shares of a market
                    || NamedBrands.isStoredCard(signs, new NamesInText(passage, names, signs.words))) {
                continue;
            }
            // link texts come between the passages of a list, figures between the rows of a table
            if (index - lastPassage > 3 || hasFigures(lastPassage, index)) {
                list(run);
                run = new ArrayList<>();
            }
            run.add(names);
            lastPassage = index;
        }
        list(run);
    }

    /** Whether three marks or more stand in a text that is no sentence: {@code Cash on delivery Apple Pay MC Visa}. */
    private boolean isRow(String text, List<Name> names) {
        return names.stream().mapToInt(Name::brand).distinct().count()
                                + others(text).size()
                        > 2
                && ".!?。".indexOf(text.charAt(text.length() - 1)) < 0
                && !signs.clauses.isSaidToMerchants(text);
    }

    private boolean hasFigures(int from, int to) {
        for (int i = Math.max(from, 0) + 1; i < to; i++) {
            Passage between = signs.passage(i);
            if (between.field().isRunningText() && between.text().chars().noneMatch(Character::isLetter)) {
                return true;
            }
        }
        return false;
    }

    /** Whether each brand has a text of its own behind it, as in a table of what is known of them. */
    private boolean isTable(List<List<Name>> run) {
        for (int i = 1; i < run.size(); i++) {
            int from = run.get(i - 1).getFirst().passage() + 1;
            int to = run.get(i).getFirst().passage();
            if (signs.passages.subList(from, to).stream()
                    .noneMatch(passage -> passage.field().isRunningText())) {
                return false;
            }
        }
        return run.size() > 1;
    }

    private void list(List<List<Name>> run) {
        if (run.stream().anyMatch(names -> isIdentifier(names.getFirst()))
                || run.stream().flatMap(List::stream).allMatch(name -> uses.firms.get(name.brand()))) {
            return;
        }
        BitSet named = (BitSet) uses.claimed.clone();
        named.or(uses.drawn);
        boolean announced = isIntroduced(run);
        boolean introduced = signs.titledAcceptance || announced;
        boolean sure = introduced || !named.isEmpty();
        if (isTable(run) && !introduced && !signs.isTill()) {
            return;
        }
        boolean amongOthers = false;
        for (List<Name> names : run) {
            amongOthers |=
                    !others(signs.passage(names.getFirst().passage()).text()).isEmpty();
            for (Name name : names) {
                named.set(name.brand());
                sure |= !name.ambiguous();
            }
        }
        BitSet others = (BitSet) named.clone();
        others.andNot(banks);
        boolean several = named.cardinality() > 1 && !others.isEmpty() || amongOthers && introduced;
        if (!several || !sure && !amongOthers) {
            return;
        }
        for (List<Name> names : run) {
            NamesInText inText = new NamesInText(signs.passage(names.getFirst().passage()), names, signs.words);
            for (int i = 0; i < inText.size(); i++) {
                uses.claim(
                        AcceptanceClaim.ofName(inText, i, "list", announced ? ClaimRoute.LIST_ENTRY : ClaimRoute.LIST));
            }
        }
    }

    /** Whether a name is written as programs have it, or in markup: {@code american_express}, {@code ![Visa](visa.png)}. */
    private boolean isIdentifier(Name name) {
        String text = signs.passage(name.passage()).text();
        return text.startsWith("![", name.start() - 2)
                || text.substring(name.start(), name.end()).indexOf('_') > 0;
    }

    /** Whether the text above a list introduces it. */
    private boolean isIntroduced(List<List<Name>> run) {
        int above = run.isEmpty() ? -1 : run.getFirst().getFirst().passage() - 1;
        while (above >= 0 && signs.passage(above).field() == Field.IMAGE) {
            above--;
        }
        return above >= 0 && introductions.get(above);
    }

    /** Texts that say that something is taken, and no more: {@code We accept}, {@code We take the following cards:}. */
    private BitSet introductions() {
        BitSet introductions = new BitSet();
        for (Cue cue : signs.cues) {
            Passage passage = signs.passage(cue.passage());
            String text = passage.text();
            boolean colon = text.length() <= NamesInText.SHORT_TEXT && (text.endsWith(":") || text.endsWith("\uff1a"));
            if (passage.field().isRunningText()
                    && cue.strength() != Strength.WEAK
                    && (colon || cue.end() == text.length())) {
                introductions.set(cue.passage());
            }
        }
        return introductions;
    }

    /** Words of a short text that are ways to pay that nobody watches. */
    private List<String> others(String text) {
        return text.length() > NamesInText.SHORT_TEXT
                ? List.of()
                : Arrays.stream(WORD_END.split(Folding.fold(text)))
                        .filter(signs.words::isOtherMark)
                        .toList();
    }

    /** The same as {@link NamesInText#coverage}, where other ways to pay are names too: {@code iDEAL Visa Bancontact}. */
    private double coverageAmongOthers(String text, List<Name> names) {
        int others = others(text).stream().mapToInt(word -> word.length() + 1).sum();
        return Math.min(1, NamesInText.coverage(text, names) + (double) others / text.length());
    }
}
