package org.markwatch.brand;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.brand.PageSigns.Cue;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The features of a page that count for all claims on it. What speaks against is measured as a share of what visitors
 * see, from 0 to 1, so that one added sentence changes little. One use per page.
 */
final class PageFeatures {
    /** A page is in a context if this times the share of its passages in it is 1 or more. */
    private static final double CONTEXT_SCALE = 4;
    /** How much of a context metadata are, which cost their owner nothing. */
    private static final double METADATA_SHARE = 0.1;
    /** Characters and headings of a smaller page: below them, one sentence or heading would be most of it. */
    private static final int LEAST_TEXT = 300;

    private static final int LEAST_HEADINGS = 5;
    /** Headlines of a page with fewer: below them, one that is added would be most of them. */
    private static final int LEAST_HEADLINES = 4;
    /** Texts that a page is in a context by, at least. */
    private static final int LEAST_TEXTS = 6;
    /** Passages about paying of a page that is full of them. */
    private static final double MANY_PAYMENTS = 6;
    /** Passages about cards, about firms, or with quotations of a page that is full of them. */
    private static final double MANY_TOLD = 6;
    /** Characters from which it is told what the page is for. */
    private static final int BEGINNING = 4_000;
    /** Title and texts that say so of a page that is nothing else. */
    private static final double FEW_TELLING = 6;
    /** Purposes that one text tells of, at most: a sentence with words of all of them tells of none. */
    private static final double MOST_PURPOSES = 1.5;
    /** Title and texts that speak of cards of a page that is about them, if its title does. */
    private static final double FEW_OF_TITLE = 3;
    /** The title and a text that says the same. */
    private static final double TITLE_AND_TEXT = 2;
    /** Passages that name brands on any page that says what it takes. */
    private static final int FEW_MENTIONS = 1;
    /** Further ones of a page that is about brands. */
    private static final double MANY_MENTIONS = 6;

    private static final int LONGEST_TITLE = 60;
    private static final int SHORT_TITLE = 40;
    /** How many times as long as wording of paying a headline may be that is about nothing else. */
    private static final int MOST_OF_HEADLINE = 4;
    /** Characters of a title beside the wording that it is: a number, a colon. */
    private static final int BEYOND_WORDING = 3;

    private static final Map<LexiconCategory, UseFeature> PURPOSES = Map.of(
            LexiconCategory.MADE_UP, UseFeature.MADE_UP,
            LexiconCategory.ENDED, UseFeature.ENDED,
            LexiconCategory.REPORTED, UseFeature.REPORTED,
            LexiconCategory.AT_WORK, UseFeature.AT_WORK,
            LexiconCategory.GUIDE, UseFeature.GUIDE);

    /** Words of banks, cards, accounts and devices. */
    private static final Set<LexiconCategory> OF_CARDS = EnumSet.of(
            LexiconCategory.BANK_WAY,
            LexiconCategory.ACCOUNT_HELD,
            LexiconCategory.CARD_WORD,
            LexiconCategory.DEVICE,
            LexiconCategory.HANDING_OVER);

    private final PageSigns signs;
    private final PageWording wording;
    private final FeatureValues features = new FeatureValues();
    /** By brand, headlines that name it. */
    private final Map<Integer, Set<Integer>> headlined = new HashMap<>();

    private final long headlines;

    PageFeatures(PageSigns signs, PageWording wording) {
        this.signs = signs;
        this.wording = wording;
        this.headlines = signs.passages.stream()
                .filter(passage -> PageSigns.isHeadline(passage) && !passage.hidden())
                .count();
        commerce();
        purpose();
        shares(brandsInText());
        mentions();
    }

    /** Returns the features of the page. */
    FeatureValues features() {
        return features;
    }

    /** Returns the share of the titles and headings of the first rank that name a brand, from 0 to 1. */
    double headlineShare(int brand) {
        return (double) headlined.getOrDefault(brand, Set.of()).size() / Math.max(LEAST_HEADLINES, headlines);
    }

    // ---- commerce

    private void commerce() {
        features.set(UseFeature.CART, signs.shop || signs.credentials && !signs.password);
        features.set(UseFeature.PRICE, signs.price);
        TextSample sample = wording.sample();
        features.setShare(UseFeature.SPEAKS_OF_PAYING, sample.payments() / MANY_PAYMENTS);
        features.setShare(UseFeature.SPEAKS_OF_CARDS, sample.cards() / MANY_TOLD);
        features.setShare(UseFeature.SPEAKS_OF_FIRMS, sample.firms() / MANY_TOLD);
        features.setShare(UseFeature.QUOTES, sample.quoting() / MANY_TOLD);
        features.set(UseFeature.PRICE_TAG, signs.priceTag);
        features.setShare(UseFeature.MERCHANT_SHARE, 2 * sample.merchants());
        for (int index = 0; index < signs.passages.size(); index++) {
            Passage passage = signs.passage(index);
            if (PageSigns.isHeadline(passage)) {
                WordingSpans title = wording.of(index);
                boolean ordering = title.has(LexiconCategory.ORDERING);
                boolean terms = passage.text().length() <= LONGEST_TITLE
                        && (isTermsOfSale(passage.text(), title)
                                || ordering && passage.text().indexOf('?') < 0);
                features.set(UseFeature.ORDER_TITLE, ordering && !passage.hidden());
                features.set(UseFeature.TERMS_OF_SALE, terms);
            }
        }
        features.set(UseFeature.PAYMENT_TITLE, signs.cues.stream().anyMatch(this::titles));
    }

    /** Whether a title begins with a name of terms of sale, and goes on with a sign at most. */
    private static boolean isTermsOfSale(String title, WordingSpans spans) {
        int terms = spans.first(LexiconCategory.TERMS, 0, title.length());
        if (terms == WordingSpans.NONE || spans.start(terms) > 0) {
            return false;
        }
        int next = spans.end(terms);
        while (next < title.length() && title.charAt(next) == ' ') {
            next++;
        }
        return next == title.length() || "-–—|:·,(".indexOf(title.charAt(next)) >= 0;
    }

    /** Whether a title or heading says what is taken, and not where or how others take it. */
    private boolean titles(Cue cue) {
        Passage passage = signs.passage(cue.passage());
        if (!PageSigns.isTitle(passage) || cue.side() == Side.NAME_BEFORE) {
            return false;
        }
        String text = passage.text();
        int length = cue.end() - cue.start();
        boolean mostOfTitle = !PageSigns.isHeadline(passage) || MOST_OF_HEADLINE * length >= text.length();
        if (!mostOfTitle || cue.strength() == Strength.WEAK && !isOfPaying(cue, text)) {
            return false;
        }
        WordingSpans title = wording.of(cue.passage());
        return !title.has(LexiconCategory.TO_MERCHANTS)
                && !title.has(LexiconCategory.GATEWAYS)
                && !isInPlace(text, title, cue.end());
    }

    private boolean isOfPaying(Cue cue, String title) {
        if (signs.sells() && title.length() - (cue.end() - cue.start()) <= BEYOND_WORDING) {
            return true;
        }
        WordingSpans spans = wording.of(cue.passage());
        return title.length() <= SHORT_TITLE
                && title.indexOf('?') < 0
                && (spans.has(LexiconCategory.PAYING) || spans.has(LexiconCategory.HANDING_OVER))
                && (signs.shop || spans.has(LexiconCategory.DELIVERY))
                && !signs.hasName(cue.passage());
    }

    /** Whether what comes next tells in which country or town: {@code  in Japan}. */
    private static boolean isInPlace(String text, WordingSpans spans, int from) {
        int place = spans.first(LexiconCategory.IN_PLACE, from, Math.min(text.length(), from + BEYOND_WORDING * 4));
        return place != WordingSpans.NONE
                && spans.start(place) <= from + 1
                && spans.end(place) + 1 < text.length()
                && Character.isUpperCase(text.charAt(spans.end(place) + 1));
    }

    // ---- what the page is for, where it sells nothing

    private void purpose() {
        Map<LexiconCategory, Double> telling = new EnumMap<>(LexiconCategory.class);
        int ofCards = 0;
        int title = signs.first(passage -> passage.field() == Field.TITLE);
        int read = 0;
        for (int index = 0; index < signs.passages.size() && read < BEGINNING; index++) {
            Passage passage = signs.passage(index);
            boolean text = passage.field() == Field.TEXT || passage.field() == Field.HEADING;
            if (!passage.hidden() && (text || index == title)) {
                read += passage.text().length();
                WordingSpans spans = wording.of(index);
                List<LexiconCategory> told = purposes(spans);
                double share = Math.min(1, MOST_PURPOSES / told.size());
                told.forEach(category -> telling.merge(category, share, Double::sum));
                ofCards += isOfCards(spans) ? 1 : 0;
            }
        }
        PURPOSES.forEach(
                (category, feature) -> features.setShare(feature, telling.getOrDefault(category, 0.0) / FEW_TELLING));
        if (title >= 0) {
            WordingSpans spans = wording.of(title);
            features.setShare(UseFeature.TITLE_SPEAKS_OF_CARDS, isOfCards(spans) ? ofCards / FEW_OF_TITLE : 0);
            double same = purposes(spans).stream()
                    .mapToDouble(category -> telling.getOrDefault(category, 0.0))
                    .max()
                    .orElse(0);
            features.setShare(UseFeature.TITLE_SAYS_PURPOSE, same / TITLE_AND_TEXT);
        }
    }

    private static boolean isOfCards(WordingSpans spans) {
        return OF_CARDS.stream().anyMatch(spans::has);
    }

    /** What a text tells the page is for. What speaks to merchants counts as such, and tells no more. */
    private static List<LexiconCategory> purposes(WordingSpans spans) {
        return spans.has(LexiconCategory.TO_MERCHANTS) || spans.has(LexiconCategory.GATEWAYS)
                ? List.of()
                : PURPOSES.keySet().stream().filter(spans::has).toList();
    }

    // ---- shares of what visitors see

    /** Returns the visible passages that name a brand. */
    private Set<Integer> brandsInText() {
        Set<Integer> naming = new HashSet<>();
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (passage.hidden() || name.ambiguous() && !signs.otherMeanings.isEmpty()) {
                continue;
            }
            naming.add(name.passage());
            if (PageSigns.isHeadline(passage)) {
                headlined
                        .computeIfAbsent(name.brand(), brand -> new HashSet<>())
                        .add(name.passage());
            }
        }
        return naming;
    }

    private void mentions() {
        long mentions = signs.namesByPassage().stream()
                .filter(names -> isMention(signs.passage(names.getFirst().passage()), names))
                .count();
        features.setShare(UseFeature.MENTIONS, (mentions - FEW_MENTIONS) / MANY_MENTIONS);
    }

    private static boolean isMention(Passage passage, List<Name> names) {
        return passage.field() == Field.TEXT
                && !passage.hidden()
                && NameRow.coverage(passage.text(), names) < NameRow.ONLY_NAMES
                && !names.stream().allMatch(name -> isAmount(passage.text(), name));
    }

    /** Whether a name is the unit of an amount, as that of a coin may be: {@code 0.005 BTC}. */
    private static boolean isAmount(String text, Name name) {
        int number = name.start() - (name.start() > 0 && text.charAt(name.start() - 1) <= ' ' ? 2 : 1);
        return number >= 0 && Character.isDigit(text.charAt(number));
    }

    private void shares(Set<Integer> naming) {
        Set<Integer> claiming = new HashSet<>();
        for (Cue cue : signs.cues) {
            if (cue.strength() != Strength.WEAK) {
                claiming.add(cue.passage());
            }
        }
        double all = 0;
        double paragraphs = 0;
        double code = 0;
        double context = 0;
        double headings = 0;
        double namingHeadings = 0;
        double cardHeadings = 0;
        double askingHeadings = 0;
        boolean inMetadata = false;
        int visible = visibleText();
        boolean shell = visible < LEAST_TEXT;
        int mostOfOne = Math.max(visible, LEAST_TEXT) / LEAST_TEXTS;
        for (int i = 0; i < signs.passages.size(); i++) {
            Passage passage = signs.passages.get(i);
            if (passage.hidden()) {
                continue;
            }
            int length = passage.text().length();
            boolean describes = signs.contexts.contains(i);
            boolean data = passage.field() == Field.SCRIPT_DATA;
            inMetadata |= describes && !data && !isRead(passage.field());
            if (passage.field() == Field.TEXT || passage.field() == Field.HEADING || data && shell) {
                all += length;
                paragraphs += PassageShape.isParagraph(passage) ? length : 0;
                code += PassageShape.isCode(passage) ? length : 0;
                context += describes ? Math.min(length, mostOfOne) : 0;
            }
            if (PageSigns.isTitle(passage)) {
                headings++;
                namingHeadings += naming.contains(i) && !claiming.contains(i) ? 1 : 0;
                cardHeadings += speaksOfCards(i) && !claiming.contains(i) ? 1 : 0;
                askingHeadings += passage.text().indexOf('?') >= 0 ? 1 : 0;
            }
        }
        double describing = Math.min(1, CONTEXT_SCALE * context / Math.max(1, all));
        double asking = askingHeadings / Math.max(1, headings);
        double article = paragraphs * Math.max(Math.max(describing, asking), inMetadata ? METADATA_SHARE : 0);
        features.setShare(
                UseFeature.ARTICLE_SHARE, Math.max(article, Math.max(code, context)) / Math.max(all, LEAST_TEXT));
        features.setShare(UseFeature.HEADINGS_NAME_BRANDS, namingHeadings / Math.max(headings, LEAST_HEADINGS));
        features.setShare(UseFeature.HEADINGS_SPEAK_OF_CARDS, cardHeadings / Math.max(headings, LEAST_HEADINGS));
    }

    private boolean speaksOfCards(int index) {
        WordingSpans spans = wording.of(index);
        return spans.hasAny(LexiconCategory.CARD_WORD, LexiconCategory.ANY_CARD, LexiconCategory.CARDS)
                && !spans.hasAny(LexiconCategory.PAYING, LexiconCategory.ACCEPTED, LexiconCategory.ACCEPTING);
    }

    /** Returns the characters of the markup's own text. Where there is little, scripts write the text from their data. */
    private int visibleText() {
        int characters = 0;
        for (Passage passage : signs.passages) {
            if (!passage.hidden() && (passage.field() == Field.TEXT || passage.field() == Field.HEADING)) {
                characters += passage.text().length();
            }
        }
        return characters;
    }

    private static boolean isRead(Field field) {
        return field == Field.TITLE || field == Field.HEADING || field == Field.TEXT || field == Field.LINK;
    }
}
