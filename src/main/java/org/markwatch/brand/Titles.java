package org.markwatch.brand;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.text.Folding;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** What a page calls itself: its titles, the first heading, the name of its site. One use of a page. */
final class Titles {
    /** Types of schema.org whose names are those of a site. */
    private static final Set<String> SITE_TYPES =
            Set.of("WebSite", "Organization", "Corporation", "BankOrCreditUnion", "FinancialService");

    private static final int SHORT_SEGMENT_WORDS = 6;
    /** Characters of a title around a name that are looked at. */
    private static final int LONGEST_SEGMENT = 100;

    /** Headlines of a smaller page: below them, one would be most of it. */
    private static final int LEAST_HEADLINES = 2;

    private static final int SHORTEST_SITE_NAME = 3;
    private static final int LONGEST_SITE_NAME = 60;
    /** What a title is worth as the site's own that only metadata have. */
    private static final double METADATA_ONLY = 0.5;
    /** Names that a page may give its site; each is looked for in the titles. */
    private static final int MOST_SITE_NAMES = 100;

    private final PageSigns signs;
    /** The title that browsers show, of which a page may have more; or -1. */
    private final int title;

    private final int firstHeading;
    /** Whether the outermost object of the structured data is a site or a firm, so that its name is theirs. */
    private final boolean siteIsTyped;

    Titles(PageSigns signs) {
        this.signs = signs;
        this.title = signs.first(passage -> passage.field() == Field.TITLE);
        this.siteIsTyped = signs.first(passage -> passage.field() == Field.JSON_LD
                        && passage.detail().equals("@type")
                        && SITE_TYPES.contains(passage.text()))
                >= 0;
        this.firstHeading = signs.first(passage -> passage.field() == Field.HEADING && !passage.hidden());
    }

    boolean isTitle(int index) {
        return index == title;
    }

    /** The title, a heading of the first rank that is seen, or the first of any rank. */
    boolean isHeadline(int index) {
        Passage passage = signs.passage(index);
        return index == title
                || index == firstHeading
                || passage.field() != Field.TITLE && !passage.hidden() && PageSigns.isHeadline(passage);
    }

    /** Whether metadata give the site its name. */
    boolean isSiteName(Passage passage) {
        return switch (passage.field()) {
            case OPEN_GRAPH -> passage.detail().equals("og:site_name");
            case META ->
                passage.detail().equals("application-name") || passage.detail().contains("web-app-title");
            case JSON_LD -> passage.detail().equals("name") && siteIsTyped;
            default -> false;
        };
    }

    /** Whether there is no title, or none that names anybody: {@code React App}, {@code Step 1}. */
    boolean areNameless() {
        return title < 0
                || tokens(signs.passage(title).text()).stream()
                        .allMatch(token -> token.isNumber() || signs.words.isNameless(token.word()));
    }

    /** Returns the share of the headlines that teach something or ask, from 0 to 1: {@code Build a PayPal clone}. */
    double teachingShare() {
        int headlines = 0;
        int teaching = 0;
        for (int index = 0; index < signs.passages.size(); index++) {
            if (isHeadline(index)) {
                String text = signs.passage(index).text();
                headlines++;
                teaching += text.indexOf('?') >= 0
                                || text.indexOf('\uff1f') >= 0
                                || words(text).anyMatch(signs.words::isTaught)
                        ? 1
                        : 0;
            }
        }
        return (double) teaching / Math.max(LEAST_HEADLINES, headlines);
    }

    /**
     * Whether a title has the brand's names, perhaps words of signing in, and nothing else; who says that he sends visitors to the
     * brand is somebody else.
     */
    boolean saysNothingElse(Name name) {
        return isAmong(withoutNames(name), word -> signs.words.isNameless(word) || signs.words.isPlace(word))
                && !CompanyWording.isDestination(
                        signs.book.trie, signs.passage(name.passage()).text(), name.start());
    }

    /** Whether the part of a text that has the name is the name, with no more than words of signing in around it. */
    boolean isIdentity(Name name) {
        String text = signs.passage(name.passage()).text();
        List<Tokens.Token> around = tokens(aroundInSegment(text, name));
        return around.size() <= SHORT_SEGMENT_WORDS
                && around.stream()
                        .noneMatch(token -> token.isNumber()
                                || !signs.words.isSignIn(token.word())
                                        && !signs.words.isPlace(token.word())
                                        && !isInitial(token.word(), text, name));
    }

    /** Whether a word is the first letter of a name, which logos made of text have before it: {@code P PayPal}. */
    private static boolean isInitial(String word, String text, Name name) {
        return word.length() == 1
                && Folding.fold(text.substring(name.start(), name.end())).startsWith(word);
    }

    /** Whether the caption of a picture is the name, perhaps with words of signing in or of drawing: {@code PayPal logo}. */
    boolean isCaption(Name name) {
        return isAmong(
                signs.passage(name.passage()).text(),
                name,
                word -> signs.words.isSignIn(word) || signs.words.isPlace(word) || signs.words.isDecoration(word));
    }

    /** Whether all words of a text around a name are of a kind. */
    static boolean isAmong(String text, Name name, Predicate<String> kind) {
        return isAmong(text.substring(0, name.start()) + " " + text.substring(name.end()), kind);
    }

    private static boolean isAmong(String text, Predicate<String> kind) {
        return words(text).allMatch(kind);
    }

    /** What a text says beside a brand's names, of which it may have more than one: {@code American Express - Amex}. */
    private String withoutNames(Name name) {
        StringBuilder text = new StringBuilder(signs.passage(name.passage()).text());
        for (Name other : signs.namesIn(name.passage())) {
            if (other.brand() == name.brand()) {
                for (int at = other.start(); at < other.end(); at++) {
                    text.setCharAt(at, ' ');
                }
            }
        }
        return text.toString();
    }

    /** What stands around a name in its part of a title. */
    private static String aroundInSegment(String text, Name name) {
        int from = name.start();
        int to = name.end();
        while (from > 0 && !isSegmentBound(text, from - 1) && name.start() - from <= LONGEST_SEGMENT) {
            from--;
        }
        while (to < text.length() && !isSegmentBound(text, to) && to - name.end() <= LONGEST_SEGMENT) {
            to++;
        }
        return text.substring(from, name.start()) + " " + text.substring(name.end(), to);
    }

    private static boolean isSegmentBound(String text, int at) {
        char c = text.charAt(at);
        boolean spaced = at > 0 && text.charAt(at - 1) == ' ' && at + 1 < text.length() && text.charAt(at + 1) == ' ';
        return "|\uff5c·•»«:\uff1a,!–—\n".indexOf(c) >= 0 || (c == '-' || c == '/') && spaced;
    }

    /**
     * Returns how sure the title has the site's own name, {@code PayPal | Example News}: 1 if the host has it, 0.5 if only
     * metadata have, which cost their owner nothing, 0 if neither. Names that are made of words of signing in are nobody's, those
     * that are made with a brand's prove nothing, and the last label of a host is not the site's.
     *
     * @param ofBrands names of brands as {@link #siteNames} gives them
     */
    double ownTitle(String host, List<String> ofBrands) {
        if (title < 0) {
            return 0;
        }
        Set<String> ofHost = new LinkedHashSet<>();
        String[] labels = host.split("[.]", -1);
        for (int label = 0; label < labels.length - 1; label++) {
            ofHost.add(labels[label].replace("-", ""));
        }
        if (hasAnyOf(ofHost, ofBrands)) {
            return 1;
        }
        Set<String> ofMetadata = new LinkedHashSet<>();
        for (Passage passage : signs.passages) {
            if (isSiteName(passage)
                    && passage.text().length() <= LONGEST_SITE_NAME
                    && ofMetadata.size() < MOST_SITE_NAMES) {
                ofMetadata.add(squeezed(passage.text()));
            }
        }
        return hasAnyOf(ofMetadata, ofBrands) ? METADATA_ONLY : 0;
    }

    /** Returns the names of brands without spaces and signs, as a site would be called after them. */
    static List<String> siteNames(List<Brand> brands) {
        return brands.stream()
                .flatMap(brand -> Stream.concat(Stream.of(brand.name()), brand.aliases().stream()))
                .map(Titles::squeezed)
                .filter(name -> name.length() >= SHORTEST_SITE_NAME)
                .toList();
    }

    private boolean hasAnyOf(Set<String> siteNames, List<String> ofBrands) {
        List<Tokens.Token> words = tokens(signs.passage(title).text());
        return siteNames.stream()
                .anyMatch(name -> name.length() >= SHORTEST_SITE_NAME
                        && isRunOf(words, name)
                        && ofBrands.stream().noneMatch(name::contains)
                        && !signs.words.isMadeOfSignIn(name));
    }

    /** Whether words of the title that name no brand read, one behind the other, as a site's name without spaces. */
    private boolean isRunOf(List<Tokens.Token> words, String name) {
        for (int first = 0; first < words.size(); first++) {
            int length = 0;
            for (int next = first; next < words.size() && length < name.length(); next++) {
                Tokens.Token word = words.get(next);
                if (!name.startsWith(word.word(), length) || isNamed(word)) {
                    break;
                }
                length += word.word().length();
                if (length == name.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isNamed(Tokens.Token word) {
        return signs.namesIn(title).stream()
                .anyMatch(name -> !name.ambiguous() && name.start() < word.end() && word.start() < name.end());
    }

    /** Whether the site goes by the very word, or by a longer name that the page spells out: 'Maestro', 'Discover Insights'. */
    boolean isOwnHost(String host, Name name) {
        String word = squeezed(signs.passage(name.passage()).text().substring(name.start(), name.end()));
        for (String label : host.split("[.]", -1)) {
            if (label.equals(word) || isLongerName(label, word) && isSpelt(label.replace("-", ""))) {
                return true;
            }
        }
        return false;
    }

    private boolean isLongerName(String label, String word) {
        return label.length() > word.length()
                && label.contains(word)
                && tokens(label.replace(word, " ")).stream()
                        .noneMatch(token -> token.isNumber() || signs.words.isSignIn(token.word()));
    }

    private boolean isSpelt(String name) {
        return signs.passages.stream()
                .filter(passage -> PageSigns.isTitle(passage)
                        || passage.field() == Field.IMAGE
                        || passage.field() == Field.TEXT && OwnerSigns.mayClaim(passage.text()))
                .anyMatch(passage -> squeezed(passage.text()).contains(name));
    }

    private static String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder();
        words(text).forEach(squeezed::append);
        return squeezed.toString();
    }

    private static Stream<String> words(String text) {
        return tokens(text).stream().map(Tokens.Token::word);
    }

    private static List<Tokens.Token> tokens(String text) {
        return Tokens.of(text, 0, text.length());
    }
}
