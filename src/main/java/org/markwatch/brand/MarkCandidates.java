package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.text.Prices;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** The references of a page to pictures that may be marks, as candidates for acceptance and logos. One use per page. */
final class MarkCandidates {
    /** References of a page whose features are read; those in the middle of more are not. */
    private static final int MOST_MARKS = 2_000;
    /** Passages on each side in which another mark is beside a mark. */
    private static final int BESIDE = 8;
    /** Passages up to which a mark stands in an element that is named after payment marks. */
    private static final int BOX_REACH = 12;
    /** Passages between a mark and words that label it. */
    private static final int LABEL_REACH = 3;

    private static final int LONGEST_LABEL = 40;
    /** Labels between two marks of one row, and behind a mark. */
    private static final int FEW_LABELS = 2;
    /** Texts about a card that somebody has. */
    private static final int TEXTS_OF_CARD = 4;
    /** Characters of a reference that nobody writes by chance. */
    private static final int SHORTEST_WRITTEN = 7;
    /** Words of a file name among which another mark is named. */
    private static final int FIRST_WORDS = 3;

    /** An amount that was taken from an account. */
    private static final Pattern SPENT = Pattern.compile("[-−–] ?[$€£¥₹₩]\\d");

    /** Letters of the longest name that is met by chance. */
    private static final int LONGEST_ABBREVIATION = 3;

    private final PageSigns signs;
    private final PageWording wording;
    private final List<Brand> brands;
    private final List<LogoAt> marks;
    /** By passage, the brands whose marks it may draw. */
    private final Map<Integer, BitSet> drawn = new HashMap<>();
    /** By passage, names that are also words. */
    private final Map<Integer, List<Name>> ambiguousNames = new HashMap<>();
    /** Captions that say more than the name of a mark. */
    private final BitSet wordyCaptions = new BitSet();

    private @Nullable PictureRow row;

    MarkCandidates(PageSigns signs, PageWording wording, List<Brand> brands) {
        this.signs = signs;
        this.wording = wording;
        this.brands = brands;
        boolean anyKnown = signs.logos.stream().anyMatch(at -> !isAbbreviationInSeries(at.logo()));
        List<LogoAt> known = new ArrayList<>();
        for (LogoAt at : signs.logos) {
            Passage passage = signs.passage(at.passage());
            if (passage.field() != Field.IMAGE) {
                continue;
            }
            if (!at.logo().plain() && References.isCaption(passage)) {
                wordyCaptions.set(at.passage());
            }
            if (anyKnown && at.logo().trust() != Trust.NAMED_ONLY) {
                known.add(at);
            }
        }
        marks = Ends.of(known, at -> 1, MOST_MARKS);
        for (LogoAt at : marks) {
            drawn.computeIfAbsent(at.passage(), passages -> new BitSet())
                    .set(at.logo().brand());
        }
        for (Name name : signs.names) {
            if (name.ambiguous() && signs.passage(name.passage()).field() != Field.IMAGE) {
                ambiguousNames
                        .computeIfAbsent(name.passage(), passage -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    /** Whether it is an abbreviation among other words, such as the class {@code dc-title}: it needs a mark that is known by itself. */
    private static boolean isAbbreviationInSeries(Logo logo) {
        return logo.trust() == Trust.IN_SERIES && logo.end() - logo.start() <= LONGEST_ABBREVIATION;
    }

    List<UseCandidate> read() {
        List<UseCandidate> candidates = new ArrayList<>();
        Map<Integer, FeatureValues> byPassage = new HashMap<>();
        for (LogoAt at : marks) {
            Passage passage = signs.passage(at.passage());
            FeatureValues features =
                    byPassage.computeIfAbsent(at.passage(), this::ofPassage).copy();
            ofMark(at, passage, features);
            candidates.add(new UseCandidate(
                    passage, at.logo().start(), at.logo().end(), at.logo().brand(), "icons", at, features));
        }
        return candidates;
    }

    // ---- of the passage

    private FeatureValues ofPassage(int index) {
        FeatureValues features = new FeatureValues();
        Passage passage = signs.passage(index);
        features.set(UseFeature.ICON_CLASS, PassageShape.isIcon(passage));
        features.set(UseFeature.CAPTION, References.isCaption(passage));
        features.set(UseFeature.PAYMENT_BOX, isInBox(index));
        features.set(UseFeature.MARK_OF_PAYING, isCaptionedToPay(index));
        features.set(UseFeature.LABEL_PAYS, wording.isLabelledToPay(index));
        features.set(UseFeature.OTHER_WAY_NEAR, wording.isNearOtherWay(index, BESIDE));
        features.set(
                UseFeature.NOT_OFFERED,
                wordyCaptions.get(index + 1)
                        || isSignIn(index)
                        || isFigure(index)
                        || isWrittenOut(index, passage)
                        || isStoredCard(index)
                        || rowOf(index).showsFirm(passage));
        return features;
    }

    private PictureRow rowOf(int index) {
        PictureRow known = row;
        if (known == null || !known.contains(index)) {
            known = new PictureRow(signs, wording, index, drawn);
            row = known;
        }
        return known;
    }

    private boolean isInBox(int index) {
        for (int above = index; above >= Math.max(0, index - BOX_REACH); above--) {
            if (signs.paymentBoxes.get(above)) {
                return true;
            }
            if (isBreak(above)) {
                return false;
            }
        }
        return false;
    }

    /** Whether the caption of a picture says to pay or to give, without a name: {@code alt="Donate now"}. */
    private boolean isCaptionedToPay(int index) {
        int next = index + 1;
        return PictureRow.isFile(signs.passage(index))
                && next < signs.passages.size()
                && References.isCaption(signs.passage(next))
                && signs.passage(next).text().length() <= LONGEST_LABEL
                && wording.saysToPayOrGive(next);
    }

    /** Whether a heading or a longer text parts what stands before it from what stands behind. */
    private boolean isBreak(int index) {
        Passage passage = signs.passage(index);
        return passage.field() == Field.HEADING
                || passage.field() == Field.TEXT && passage.text().length() > LONGEST_LABEL;
    }

    /** Whether it is the icon of a button that signs in by an account with the brand: {@code Log in with PayPal}. */
    private boolean isSignIn(int index) {
        int last = Math.min(signs.passages.size() - 1, index + LABEL_REACH);
        for (int near = Math.max(0, index - LABEL_REACH); near <= last; near++) {
            Passage label = signs.passage(near);
            boolean seen = switch (label.field()) {
                case TEXT -> true;
                case LINK -> !label.detail().equals("href");
                default -> References.isCaption(label);
            };
            if (seen
                    && !label.hidden()
                    && label.text().length() <= LONGEST_LABEL
                    && signs.words.speakOfSigningInWith(label.text())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a share or an amount belongs to it, as in a chart, a ledger or a list of offers. */
    private boolean isFigure(int index) {
        return labels(index, FEW_LABELS).stream()
                .map(label -> signs.passage(label).text())
                .anyMatch(text -> text.length() <= LONGEST_LABEL
                        && (text.indexOf('%') >= 0 || SPENT.matcher(text).find() || Prices.isIn(text)));
    }

    /** Whether the reference itself is written beside the picture, as a gallery of icons does: {@code fa-cc-visa}. */
    private boolean isWrittenOut(int index, Passage passage) {
        int space = passage.text().lastIndexOf(' ');
        String name = passage.text().substring(Math.max(space, passage.text().lastIndexOf('/')) + 1);
        return name.length() >= SHORTEST_WRITTEN
                && labels(index, FEW_LABELS).stream()
                        .anyMatch(label -> signs.passage(label).text().contains(name));
    }

    private boolean isStoredCard(int index) {
        if (signs.credentials) {
            return false;
        }
        return index > 0 && StoredCards.isLastDigits(signs.passage(index - 1).text(), wording.of(index - 1))
                || labels(index, TEXTS_OF_CARD).stream()
                        .anyMatch(label ->
                                StoredCards.isOfStoredCard(signs.passage(label).text(), wording.of(label)));
    }

    /** Returns the first texts behind a picture. */
    private List<Integer> labels(int mark, int most) {
        List<Integer> labels = new ArrayList<>();
        int last = Math.min(signs.passages.size() - 1, mark + BESIDE);
        for (int index = mark + 1; index <= last && labels.size() < most; index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.TEXT && !passage.hidden()) {
                labels.add(index);
            } else if (passage.field() == Field.IMAGE && passage.detail().equals("src")) {
                break;
            }
        }
        return labels;
    }

    // ---- of the mark

    private void ofMark(LogoAt at, Passage passage, FeatureValues features) {
        Logo logo = at.logo();
        boolean bank = brands.get(logo.brand()).bank();
        switch (logo.trust()) {
            case ALONE -> features.set(UseFeature.MARK);
            case ON_COMMERCE_PAGE -> features.set(UseFeature.MARK_MAIN_NAME);
            case BESIDE_LOGO -> features.set(UseFeature.MARK_ABBREVIATION);
            default -> {}
        }
        features.set(UseFeature.MARK_OF_PAYING, logo.payment());
        features.set(UseFeature.BANK, bank);
        BitSet beside = new BitSet();
        boolean apart = false;
        int last = Math.min(signs.passages.size() - 1, at.passage() + BESIDE);
        for (int index = Math.max(0, at.passage() - BESIDE); index <= last; index++) {
            BitSet there = drawn.get(index);
            if (there != null && isInLine(Math.min(index, at.passage()), Math.max(index, at.passage()))) {
                beside.or(there);
            } else {
                apart |= there != null;
            }
        }
        beside.clear(logo.brand());
        features.set(UseFeature.BESIDE_A_MARK, !beside.isEmpty());
        features.set(UseFeature.BESIDE_MARKS, beside.cardinality() > 1);
        features.set(UseFeature.BESIDE_OTHER_MARK, isBesideOtherMark(at, passage));
        boolean onlyBanks =
                bank && beside.stream().allMatch(brand -> brands.get(brand).bank());
        features.set(UseFeature.NOT_OFFERED, !logo.plain() || onlyBanks || apart && beside.isEmpty());
        features.set(UseFeature.LABELLED_OTHERWISE, isUsedOtherwise(at));
        features.setShare(UseFeature.HOMONYM, logo.trust() == Trust.ALONE ? 0 : signs.homonymShare());
    }

    /** Whether no more than short labels stand between two passages. */
    private boolean isInLine(int first, int last) {
        int labels = 0;
        for (int index = first + 1; index < last; index++) {
            if (isBreak(index)) {
                return false;
            }
            labels += signs.passage(index).field() == Field.TEXT ? 1 : 0;
        }
        return labels <= FEW_LABELS;
    }

    /** Whether a picture near by is named after a mark that no brand pack covers: {@code f/visa.png}, {@code f/rupay.png}. */
    private boolean isBesideOtherMark(LogoAt at, Passage passage) {
        String prefix = passage.text().substring(0, at.logo().start());
        int last = Math.min(signs.passages.size() - 1, at.passage() + BESIDE);
        for (int index = Math.max(0, at.passage() - BESIDE); index <= last; index++) {
            Passage beside = signs.passage(index);
            if (index == at.passage()
                    || beside.field() != Field.IMAGE
                    || !beside.detail().equals(passage.detail())) {
                continue;
            }
            String text = beside.text();
            int from = text.startsWith(prefix) ? prefix.length() : text.lastIndexOf('/') + 1;
            if (Tokens.of(text, from, text.length()).stream()
                    .limit(FIRST_WORDS)
                    .anyMatch(token -> signs.words.isOtherMark(token.word()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether words near by use the name of a mark in another sense: an icon before 'Visa information'. */
    private boolean isUsedOtherwise(LogoAt at) {
        for (int index = at.passage() - LABEL_REACH; index <= at.passage() + LABEL_REACH; index++) {
            for (Name name : ambiguousNames.getOrDefault(index, List.of())) {
                if (name.brand() == at.logo().brand()
                        && !NameRow.isBrandLike(
                                signs.words, signs.passage(index).text(), name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
