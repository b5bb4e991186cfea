package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.watchlist.Lexicon;

class ReachedNamesTest {
    private static final int FAR = 40;
    private static final PayingClauses CLAUSES = new Phrasebook(Lexicon.builtIn()).clauses;

    private static List<Name> names(String text) {
        List<Name> names = new ArrayList<>();
        for (int at = text.indexOf("Visa"); at >= 0; at = text.indexOf("Visa", at + 1)) {
            names.add(new Name(0, names.size(), at, at + 4, false, ""));
        }
        return names;
    }

    private static List<Integer> ahead(String text, int place) {
        List<Integer> reached = new ArrayList<>();
        new ReachedNames(CLAUSES, text, names(text), FAR).ahead(place, reached::add);
        return reached;
    }

    private static List<Integer> back(String text, int place) {
        List<Integer> reached = new ArrayList<>();
        new ReachedNames(CLAUSES, text, names(text), FAR).back(place, reached::add);
        return reached;
    }

    @Test
    void goesFromNameToNameUpToTheEndOfASentence() {
        assertThat(ahead("Visa: we take Visa, Visa and Visa. Visa", 13)).containsExactly(1, 2, 3);
        assertThat(back("Visa. Visa, Visa and Visa accepted, Visa", 26)).containsExactly(3, 2, 1);
        assertThat(ahead("take Visa" + " ".repeat(FAR + 1) + "Visa", 4)).containsExactly(0);
        assertThat(ahead("take Visa but not Visa or Visa", 4)).containsExactly(0);
    }

    @Test
    void goesThroughATextOfNothingButClaimsOnce() {
        String text = "pay with Visa ".repeat(500);
        ReachedNames names = new ReachedNames(CLAUSES, text, names(text), FAR);
        List<Integer> reached = new ArrayList<>();

        for (int place = 8; place < text.length(); place += 14) {
            names.ahead(place, reached::add);
        }
        assertThat(reached).as("each name once").hasSize(500).doesNotHaveDuplicates();
        assertThat(names.mayLeadAhead(14 + 8)).isFalse();
        assertThat(names.mayLeadBack(14 * 499)).isTrue();

        reached.clear();
        for (int place = 14 * 499; place > 0; place -= 14) {
            names.back(place, reached::add);
        }
        assertThat(reached).as("each name but the last once").hasSize(499).doesNotHaveDuplicates();
        assertThat(names.mayLeadBack(14 * 300)).isFalse();
    }

    @Test
    void knowsWhereThereIsNoName() {
        String text = "we accept Visa" + " ".repeat(FAR) + "we accept";
        ReachedNames names = new ReachedNames(CLAUSES, text, names(text), FAR);

        assertThat(names.mayLeadAhead("we accept".length())).isTrue();
        assertThat(names.mayLeadAhead(text.length())).isFalse();
        assertThat(names.mayLeadBack(0)).isFalse();
    }
}
