package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.brand.PageSigns.Cue;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** The brand names of a page as candidates for acceptance, with their features. One use per page. */
final class NameCandidates {
    /**
     * Names of a page whose features are read, visible ones first; those in the middle of more are not. No shop needs as many to
     * say what it takes.
     */
    private static final int MOST_NAMES = 2_000;

    private static final int SHORT_TEXT = 100;
    private static final int LABEL = 60;
    /** The longest text that a label above is about. */
    private static final int LABELLED = 200;
    /** The longest text that another payment method or an order anywhere in it is about. */
    private static final int FEW_LINES = 400;
    /** Passages on each side in which another payment method is near. */
    private static final int WAYS_REACH = 8;
    /** Passages on each side in which the next entry of a list stands. */
    private static final int LIST_REACH = 4;
    /** Passages between two entries of a comparison. */
    private static final int ENTRY_REACH = 12;
    /** Words around a quotation from which it is told. */
    private static final int FEW_WORDS = 3;
    /** Rows of a table or list between a bank's name and the number of an account. */
    private static final int ACCOUNT_PASSAGES = 8;

    private static final double MOSTLY_NAMES = 0.33;

    private final PageSigns signs;
    private final PageWording wording;
    private final ClauseFeatures clauses;
    private final List<Brand> brands;
    private final BitSet nearAccount = new BitSet();
    /** By passage that is hardly more than names, its brands. */
    private final Map<Integer, BitSet> lists = new HashMap<>();

    private final List<UseCandidate> candidates = new ArrayList<>();
    /** Names that mean a brand, denied ones included. */
    private final List<Name> mentions = new ArrayList<>();
    /** Brands that have a name on the page that is no common word. */
    private final BitSet namedInFull = new BitSet();

    private int read;

    NameCandidates(PageSigns signs, PageWording wording, List<Brand> brands) {
        this.signs = signs;
        this.wording = wording;
        this.brands = brands;
        this.clauses = new ClauseFeatures(signs);
        signs.names.stream().filter(name -> !name.ambiguous()).forEach(name -> namedInFull.set(name.brand()));
        signs.accounts.forEach(
                account -> nearAccount.set(Math.max(0, account - ACCOUNT_PASSAGES), account + ACCOUNT_PASSAGES + 1));
    }

    /** Returns the names that may be claims: those that their clause denies are none. */
    List<UseCandidate> read() {
        List<List<Name>> byPassage = signs.namesByPassage();
        for (List<Name> names : byPassage) {
            int index = names.getFirst().passage();
            if (NameRow.coverage(signs.passage(index).text(), names) >= NameRow.ONLY_NAMES) {
                BitSet of = new BitSet();
                names.forEach(name -> of.set(name.brand()));
                lists.put(index, of);
            }
        }
        inPassages(byPassage, false);
        inPassages(byPassage, true);
        return candidates;
    }

    /**
     * Returns the names that mean a brand, once they have been read: a name that is also a word needs another brand in its row,
     * or a longer name of its brand on the page.
     */
    List<Name> mentions() {
        return mentions;
    }

    private void inPassages(List<List<Name>> byPassage, boolean hidden) {
        List<List<Name>> passages = byPassage.stream()
                .filter(names -> signs.passage(names.getFirst().passage()).hidden() == hidden)
                .toList();
        for (List<Name> names : Ends.of(passages, List::size, MOST_NAMES - read)) {
            inPassage(names);
            read += names.size();
        }
    }

    private void inPassage(List<Name> names) {
        int index = names.getFirst().passage();
        Passage passage = signs.passage(index);
        WordingSpans spans = wording.of(index);
        FeatureValues ofPassage = ofPassage(passage, index, names);
        Quotations quotations = new Quotations(passage.text());
        for (NameRow row : NameRow.of(passage.text(), names, spans)) {
            for (Name name : row.names()) {
                boolean meant = !name.ambiguous() || row.brands() > 1 || namedInFull.get(name.brand());
                if (meant && passage.field() != Field.IMAGE) {
                    mentions.add(name);
                }
            }
            FeatureValues features = ofPassage.copy();
            Clause clause = new Clause(passage.text(), spans, row.start(), row.end());
            List<Cue> cues = signs.cuesIn(index);
            if (new Denial(clause, cues, names).isFound()) {
                continue;
            }
            clauses.read(row, clause, passage, cues, features);
            features.set(UseFeature.ROW_OF_NAMES, row.brands() > 1);
            features.set(UseFeature.LONG_ROW, row.brands() > 2);
            features.set(UseFeature.OTHER_WAY_IN_ROW, row.others());
            boolean quoted = quotations.isOpenAt(row.start());
            features.set(UseFeature.TOLD_OF_OTHERS, quoted);
            features.set(UseFeature.QUOTED, quoted && quotations.wordsAround() >= FEW_WORDS);
            features.set(UseFeature.LABELLED, clause.isLabelled());
            boolean answer = row.start() <= LABEL && isAnswer(index);
            features.set(UseFeature.LABEL_PAYS, answer);
            features.set(UseFeature.VAGUE_WORDING, answer && clause.beginsWithYes());
            against(passage, quotations, features);
            // what a picture shows is a mark; its caption may also say so in words
            if (passage.field() != Field.IMAGE || isSaid(row, features)) {
                row.names().forEach(name -> add(name, row, passage, features.copy()));
            }
        }
    }

    private static void against(Passage passage, Quotations quotations, FeatureValues features) {
        boolean plain = features.has(UseFeature.OWN_WORDING) || features.has(UseFeature.SURE_WORDING);
        boolean vague = features.has(UseFeature.VAGUE_WORDING);
        features.set(
                UseFeature.BESIDE_A_QUOTATION,
                quotations.length() > 0 && (plain || vague || features.has(UseFeature.PAY_BY)));
        features.set(UseFeature.VAGUE_IN_PARAGRAPH, vague && !plain && PassageShape.isParagraph(passage));
    }

    /** Whether a caption says in words what is taken: by wording of acceptance, or by wording of paying beside a row of names. */
    private static boolean isSaid(NameRow row, FeatureValues features) {
        return features.has(UseFeature.OWN_WORDING)
                || features.has(UseFeature.SURE_WORDING)
                || features.has(UseFeature.VAGUE_WORDING)
                || row.brands() > 1
                        && (features.has(UseFeature.LABELLED)
                                || features.has(UseFeature.PAY_BY)
                                || features.has(UseFeature.PAYING_CLAUSE)
                                || features.has(UseFeature.CARDS_NAMED));
    }

    // ---- of the passage

    private FeatureValues ofPassage(Passage passage, int index, List<Name> names) {
        FeatureValues features = new FeatureValues();
        WordingSpans spans = wording.of(index);
        String text = passage.text();
        boolean paymentValue = signs.isPaymentValue(index);
        features.set(UseFeature.STRUCTURED_DATA, paymentValue);
        features.set(UseFeature.HEADLINE, PageSigns.isHeadline(passage));
        features.set(UseFeature.HEADING, passage.field() == Field.HEADING && !PageSigns.isHeadline(passage));
        features.set(
                UseFeature.METADATA,
                passage.field() == Field.META
                        || passage.field() == Field.OPEN_GRAPH
                        || passage.field() == Field.JSON_LD && !paymentValue);
        features.set(UseFeature.LINK, passage.field() == Field.LINK);
        features.set(UseFeature.FORM_CHOICE, passage.field() == Field.FORM);
        features.set(UseFeature.LONG_TEXT, PassageShape.isParagraph(passage));
        features.set(UseFeature.TOLD_OF_OTHERS, PassageShape.isCode(passage));
        features.set(UseFeature.SURE_WORDING, nearAccount.get(index));
        if (text.length() <= FEW_LINES) {
            features.set(UseFeature.OTHER_WAY_IN_TEXT, spans.has(LexiconCategory.OTHER_WAY));
            features.set(
                    UseFeature.ORDER,
                    spans.has(LexiconCategory.ORDER)
                            || spans.has(LexiconCategory.DEVICE)
                            || spans.has(LexiconCategory.AT_OURS));
        }
        double coverage = NameRow.coverage(text, names);
        features.set(UseFeature.MOSTLY_NAMES, coverage >= MOSTLY_NAMES);
        features.set(UseFeature.ONLY_NAMES, coverage >= NameRow.ONLY_NAMES);
        features.set(UseFeature.ROW_OF_NAMES, isListed(index, names));
        features.set(UseFeature.FIGURES_BESIDE, coverage >= NameRow.ONLY_NAMES && isBesideFigures(index, names));
        features.set(UseFeature.OTHER_WAY_NEAR, text.length() <= LABEL && wording.isNearOtherWay(index, WAYS_REACH));
        if (text.length() <= LABELLED && passage.field() != Field.TITLE) {
            features.set(UseFeature.LABEL_PAYS, wording.isLabelledToPay(index));
        }
        return features;
    }

    /** Whether another passage near by is hardly more than the names of other brands. */
    private boolean isListed(int index, List<Name> names) {
        if (!lists.containsKey(index)) {
            return false;
        }
        for (int near = index - LIST_REACH; near <= index + LIST_REACH; near++) {
            BitSet others = lists.get(near);
            if (near != index && others != null && names.stream().anyMatch(name -> !others.get(name.brand()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a short text with figures parts it from the next or last passage that is hardly more than other names. */
    private boolean isBesideFigures(int index, List<Name> names) {
        return isBesideFigures(index, names, 1) || isBesideFigures(index, names, -1);
    }

    private boolean isBesideFigures(int index, List<Name> names, int step) {
        boolean figures = false;
        for (int near = index + step; Math.abs(near - index) <= ENTRY_REACH; near += step) {
            if (near < 0 || near >= signs.passages.size()) {
                return false;
            }
            Passage passage = signs.passage(near);
            BitSet others = lists.get(near);
            if (others != null) {
                return figures && names.stream().anyMatch(name -> !others.get(name.brand()));
            }
            if (passage.field() == Field.HEADING || PassageShape.isParagraph(passage)) {
                return false;
            }
            figures |= passage.field() == Field.TEXT
                    && !passage.hidden()
                    && passage.text().length() <= LABEL
                    && passage.text().chars().anyMatch(Character::isDigit);
        }
        return false;
    }

    /** Whether the passage before asks how to pay or by which card. */
    private boolean isAnswer(int index) {
        if (index == 0) {
            return false;
        }
        String question = signs.passage(index - 1).text();
        return question.length() <= SHORT_TEXT
                && (question.endsWith("?") || question.endsWith("\uff1f"))
                && !wording.of(index - 1).has(LexiconCategory.WHY)
                && wording.saysToPay(index - 1);
    }

    // ---- of one name

    private void add(Name name, NameRow row, Passage passage, FeatureValues features) {
        features.set(UseFeature.BANK, brands.get(name.brand()).bank());
        features.set(UseFeature.OWN_WORDING, References.isPaidAt(passage.text(), name.start()));
        if (name.ambiguous()) {
            boolean capital = isCapital(passage.text(), name);
            boolean vouched = row.others()
                    || row.brands() > 1
                            && row.names().stream()
                                    .anyMatch(other -> !other.ambiguous()
                                            || other.brand() != name.brand() && isCapital(passage.text(), other));
            features.set(UseFeature.AMBIGUOUS, !vouched);
            features.set(UseFeature.COMMON_WORD, !vouched && !NameRow.isBrandLike(signs.words, passage.text(), name));
            features.set(UseFeature.LOWER_CASE, !capital && row.brands() < 2);
            features.setShare(UseFeature.HOMONYM, vouched ? 0 : signs.homonymShare());
        }
        boolean value = features.has(UseFeature.STRUCTURED_DATA);
        candidates.add(new UseCandidate(
                passage,
                name.start(),
                name.end(),
                name.brand(),
                name.rule(value ? "json-ld" : "acceptance"),
                null,
                features));
    }

    /** Whether a name begins with a capital, or its script has none. */
    private static boolean isCapital(String text, Name name) {
        return !Character.isLowerCase(text.charAt(name.start()));
    }
}
