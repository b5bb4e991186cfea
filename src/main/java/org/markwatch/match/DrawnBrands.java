package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.markwatch.extract.Passage;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.text.Prices;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** Decides which references to pictures are logos, by what stands beside them, and which of those say that the brand is taken. */
final class DrawnBrands {
    /** References on each side that are siblings of a logo. */
    private static final int SIBLINGS = 6;
    /** Passages between an icon and the words that label it. */
    private static final int LABEL_REACH = 3;
    /** Passages between a label above a row of marks and one of them. */
    private static final int LABEL_ABOVE = 8;

    private static final int LONGEST_LABEL = 40;
    /** Labels between two marks of one row. */
    private static final int TEXTS_BETWEEN = 2;
    /** Texts about a card that somebody has. */
    private static final int TEXTS_OF_CARD = 4;
    /** Brands that are drawn each for itself, from which a page compares them. */
    private static final int COMPARED = 2;

    /** Letters of an icon's name that stands for another: {@code mc} and {@code cup} do not. */
    private static final int SHORTEST_PEER = 4;
    /** An amount that was taken from an account. */
    private static final Pattern SPENT = Pattern.compile("[-−–] ?[$€£¥₹₩]\\d");
    /** Fonts of icons for everything have such short names: {@code bi}, {@code fas}, {@code mdi}. */
    private static final int LONGEST_FONT = 3;

    private final PageSigns signs;
    private final UsesFound uses;
    private final List<Brand> brands;
    /** Brands that the page's own title or first heading has. */
    private final BitSet namesOfPage = new BitSet();
    /** Passages that say how to pay, and no more. */
    private final BitSet labels;

    /** Captions that say more than a mark's name. */
    private final BitSet wordyCaptions = new BitSet();

    private final FirmRows firms;
    /** By passage, names in words that are common ones too. */
    private final Map<Integer, List<Name>> commonWords = new HashMap<>();

    DrawnBrands(PageSigns signs, UsesFound uses, List<Brand> brands) {
        this.signs = signs;
        this.uses = uses;
        this.brands = brands;
        this.labels = labels(signs);
        this.firms = new FirmRows(signs);
        for (LogoAt at : signs.logos) {
            if (!at.logo().plain() && References.isCaption(signs.passage(at.passage()))) {
                wordyCaptions.set(at.passage());
            }
        }
        for (Name name : signs.names) {
            Passage passage = signs.passage(name.passage());
            if (PageSigns.isHeadline(passage)) {
                namesOfPage.set(name.brand());
            }
            if (name.ambiguous() && passage.field() != Field.IMAGE) {
                commonWords
                        .computeIfAbsent(name.passage(), p -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    void judge() {
        List<LogoAt> images = new ArrayList<>();
        for (LogoAt at : signs.logos) {
            Passage passage = signs.passage(at.passage());
            if (passage.field() == Field.IMAGE) {
                images.add(at);
            }
        }
        boolean sure = images.stream().anyMatch(at -> at.logo().trust() == Trust.ALONE);
        boolean commerce = sure || signs.commerce || signs.credentials || signs.shop || !uses.claimed.isEmpty();
        List<LogoAt> believedOnes = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            LogoAt at = images.get(i);
            Passage passage = signs.passage(at.passage());
            boolean believed = switch (at.logo().trust()) {
                case ALONE -> true;
                case ON_COMMERCE_PAGE ->
                    !isLabelledOtherwise(at)
                            && (hasSibling(images, i)
                                    || hasPayingPeer(images, i)
                                    || hasMate(images, i)
                                    || isIntroduced(at)
                                    || isBesideOtherMark(at)
                                    || !isUsedOtherwise(at)
                                            && !isNameOfPage(at.logo().brand())
                                            && !signs.homonym
                                            && (commerce || signs.saysSoPlainly() && !isCaption(passage)));
                case BESIDE_LOGO ->
                    !isLabelledOtherwise(at)
                            && !isThing(at)
                            && (hasSibling(images, i)
                                    || hasPayingPeer(images, i)
                                    || isIntroduced(at)
                                    || isBesideOtherMark(at));
                case IN_SERIES -> isInSeries(images, i);
                case NAMED_ONLY -> false;
            };
            believed |= !PassageShape.isIcon(passage)
                    && isOfProgramme(at)
                    && (signs.takesMoney() || hasNeighbour(images, i, this::isOfProgramme));
            if (believed) {
                uses.drawn.set(at.logo().brand());
                believedOnes.add(at);
            } else if (at.logo().trust() == Trust.NAMED_ONLY) {
                uses.add(passage, at.logo().start(), at.logo().end(), at.logo().brand(), Kind.MENTION, "name");
            }
        }
        List<LogoAt> offered = offered(believedOnes);
        // what nobody says is taken is spoken of, however many there are of it; where the page writes about marks, it
        // shows them
        boolean plain = signs.contexts.isEmpty();
        boolean told = plain && offered.isEmpty() && uses.claimed.isEmpty() && uses.drawn.cardinality() >= COMPARED;
        for (int i = 0; i < believedOnes.size(); i++) {
            LogoAt at = believedOnes.get(i);
            // side by side they are banks to compare or to choose from, or clients
            boolean named = told
                    || plain && isFirm(at) && hasNeighbour(believedOnes, i, this::isFirm)
                    || isOneOfBanks(believedOnes, i) && hasNeighbour(believedOnes, i, this::isBank);
            uses.add(
                    signs.passage(at.passage()),
                    at.logo().start(),
                    at.logo().end(),
                    at.logo().brand(),
                    named ? Kind.MENTION : Kind.LOGO,
                    named ? "name" : "logo");
        }
        for (LogoAt at : offered) {
            uses.claim(AcceptanceClaim.ofLogo(signs.passage(at.passage()), at, "icons", ClaimRoute.MARKS));
        }
    }

    /** Marks where people pay, marks that say so themselves, and marks in a row: they say that they are taken. */
    private List<LogoAt> offered(List<LogoAt> images) {
        List<LogoAt> offered = new ArrayList<>();
        boolean plainly = signs.isSaidToBePaid();
        boolean paying = plainly || !isApart(images) && signs.saysSoPlainly();
        for (int i = 0; i < images.size(); i++) {
            LogoAt at = images.get(i);
            if (isFirm(at)) {
                uses.firms.set(at.logo().brand());
            } else if (!isStoredCard(at)
                    && !isToSignInWith(at)
                    && !isFigure(at)
                    && !isOneOfBanks(images, i)
                    && (at.logo().payment()
                            || at.logo().plain()
                                    && (paying && (plainly || !isSomethingOf(at) && !hasAmount(at))
                                            || hasNeighbour(images, i, other -> isInLine(at, other))
                                            || isBesideOtherMark(at)))) {
                offered.add(at);
            }
        }
        return offered;
    }

    /** Whether the page's own title has the name, which is a common word: an app called Maestro. */
    private boolean isNameOfPage(int brand) {
        return namesOfPage.get(brand);
    }

    /** Captions have common words more often than file names do: {@code alt="Discover"}. */
    private static boolean isCaption(Passage passage) {
        return switch (passage.detail()) {
            case "alt", "title", "aria-label" -> true;
            default -> false;
        };
    }

    /** Whether the words beside an icon use its name in a common sense: an icon before 'Visa information'. */
    private boolean isLabelledOtherwise(LogoAt at) {
        return PassageShape.isIcon(signs.passage(at.passage())) && isUsedOtherwise(at);
    }

    /** The same of any picture. */
    private boolean isUsedOtherwise(LogoAt at) {
        for (int index = at.passage() - LABEL_REACH; index <= at.passage() + LABEL_REACH; index++) {
            for (Name name : commonWords.getOrDefault(index, List.of())) {
                if (name.brand() == at.logo().brand()
                        && !NamesInText.isBrandLike(
                                signs.words, signs.passage(index).text(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it is a file of a mark alone that stands below a label such as 'Payment methods', maybe behind others. */
    private boolean isIntroduced(LogoAt at) {
        if (!at.logo().plain() || PassageShape.isIcon(signs.passage(at.passage()))) {
            return false;
        }
        for (int index = at.passage() - 1; index >= Math.max(0, at.passage() - LABEL_ABOVE); index--) {
            if (signs.passage(index).field() != Field.IMAGE) {
                return labels.get(index);
            }
        }
        return false;
    }

    /** Short texts and headings of which half or more says how to pay. */
    private static BitSet labels(PageSigns signs) {
        BitSet labels = new BitSet();
        for (PageSigns.Cue cue : signs.cues) {
            Passage passage = signs.passage(cue.passage());
            if ((cue.strength() != PageSigns.Strength.WEAK || signs.shop && PageSigns.isAllOf(cue, passage.text()))
                    && passage.text().length() <= Math.min(LONGEST_LABEL, 2 * (cue.end() - cue.start()))
                    && (passage.field() == Field.TEXT || passage.field() == Field.HEADING)) {
                labels.set(cue.passage());
            }
        }
        return labels;
    }

    /** Whether a logo of another brand that can be believed is among the neighbouring references. */
    private boolean hasSibling(List<LogoAt> images, int index) {
        return hasNeighbour(
                images,
                index,
                other -> other.logo().trust() == Trust.ALONE
                        || other.logo().trust() == Trust.ON_COMMERCE_PAGE
                                && !isLabelledOtherwise(other)
                                && !isNameOfPage(other.logo().brand()));
    }

    /**
     * Whether an icon that is a common word too has one of its kind beside it, where people pay: {@code ico-visa}, {@code ico-amex};
     * an abbreviation needs two.
     */
    private boolean hasPayingPeer(List<LogoAt> images, int index) {
        LogoAt at = images.get(index);
        if (signs.homonym || !signs.isAboutPaying() || !isPlainIcon(at)) {
            return false;
        }
        int needed = isPeer(at) ? 1 : 2;
        BitSet peers = new BitSet();
        return hasNeighbour(images, index, other -> {
            if (isPeer(other)) {
                peers.set(other.logo().brand());
            }
            return peers.cardinality() >= needed || isOfOneSet(at, other);
        });
    }

    /** Whether two icons are called alike but for the name, and one of these is no abbreviation: {@code pm--visa}, {@code pm--mc}. */
    private boolean isOfOneSet(LogoAt one, LogoAt other) {
        return isCalledAlike(one, other) && (isPeer(one) || isPeer(other));
    }

    /** Whether it is an icon of a font for everything and called as a thing is: {@code bi bi-cup}, even beside {@code bi bi-paypal}. */
    private boolean isThing(LogoAt at) {
        Passage passage = signs.passage(at.passage());
        String font = PassageShape.iconFont(passage);
        return PassageShape.isIcon(passage)
                && font.length() <= LONGEST_FONT
                && at.logo().end() - at.logo().start() < SHORTEST_PEER
                && !signs.words.isPayment(font)
                && passage.text().startsWith(font + ' ' + font + '-');
    }

    /** Whether it is drawn as the mark of a programme that asks payers who they are: {@code vbv.gif}. */
    private boolean isOfProgramme(LogoAt at) {
        return signs.words.isMarkOfProgramme(drawn(at));
    }

    private String drawn(LogoAt at) {
        return signs.passage(at.passage())
                .text()
                .substring(at.logo().start(), at.logo().end());
    }

    /** Whether a picture near by is called alike but for the name, which is a mark that nobody watches: {@code f/visa.png}, {@code f/rupay.png}. */
    private boolean isBesideOtherMark(LogoAt at) {
        Passage passage = signs.passage(at.passage());
        int from = at.logo().start();
        if (from == 0 || isCaption(passage)) {
            return false;
        }
        int last = Math.min(signs.passages.size() - 1, at.passage() + SIBLINGS);
        for (int index = Math.max(0, at.passage() - SIBLINGS); index <= last; index++) {
            Passage beside = signs.passage(index);
            if (beside.field() == Field.IMAGE
                    && beside.detail().equals(passage.detail())
                    && beside.text().startsWith(passage.text().substring(0, from))
                    && Tokens.of(beside.text(), from, beside.text().length()).stream()
                            .limit(1)
                            .anyMatch(first -> signs.words.isOtherMark(first.word()))) {
                return true;
            }
        }
        return false;
    }

    private boolean isPlainIcon(LogoAt at) {
        return PassageShape.isIcon(signs.passage(at.passage())) && at.logo().plain();
    }

    private boolean isPeer(LogoAt at) {
        return isPlainIcon(at) && at.logo().end() - at.logo().start() >= SHORTEST_PEER;
    }

    /** Whether an abbreviation lies in the same folder, and so a common word is no common word: {@code visa.gif}, {@code mc.gif}. */
    private boolean hasMate(List<LogoAt> images, int index) {
        if (signs.homonym) {
            return false;
        }
        String folder = folder(images.get(index));
        return !folder.isEmpty()
                && hasNeighbour(
                        images,
                        index,
                        other -> other.logo().trust() == Trust.BESIDE_LOGO
                                && other.logo().plain()
                                && folder.equals(folder(other)));
    }

    /** Whether a sure logo beside it is called alike but for the name, or two others: {@code ico_pg_visa.gif}, {@code ico_pg_paypal.gif}. */
    private boolean isInSeries(List<LogoAt> images, int index) {
        LogoAt at = images.get(index);
        boolean paying = !signs.homonym && signs.isAboutPaying();
        boolean common = PaymentWords.isOfRowsOnly(drawn(at));
        BitSet others = new BitSet();
        return hasNeighbour(images, index, other -> {
            if (isCalledAlike(at, other)) {
                others.set(other.logo().brand());
            }
            return others.cardinality() > 1
                    || paying && isOfOneSet(at, other)
                    || !common
                            && other.logo().trust() == Trust.ALONE
                            && others.get(other.logo().brand());
        });
    }

    private boolean isCalledAlike(LogoAt one, LogoAt other) {
        Passage passage = signs.passage(one.passage());
        Passage beside = signs.passage(other.passage());
        String prefix = passage.text().substring(0, one.logo().start());
        return passage.detail().equals(beside.detail())
                && prefix.equals(beside.text().substring(0, other.logo().start()))
                && (prefix.endsWith("/")
                        ? passage.text()
                                .substring(one.logo().end())
                                .equals(beside.text().substring(other.logo().end()))
                        : !prefix.isEmpty());
    }

    /** Detail and folder of a file that is called as a logo is, or empty. */
    private String folder(LogoAt at) {
        Passage passage = signs.passage(at.passage());
        return PassageShape.isIcon(passage) || isCaption(passage)
                ? ""
                : passage.detail() + ' ' + passage.text().substring(0, at.logo().start());
    }

    /** Whether it is somebody's own card that is drawn: an icon beside {@code **** 4242}, where no card is asked for. */
    private boolean isStoredCard(LogoAt at) {
        if (signs.credentials) {
            return false;
        }
        return at.passage() > 0
                        && signs.holders.isLastDigits(
                                signs.passage(at.passage() - 1).text())
                || labels(at, TEXTS_OF_CARD).stream().anyMatch(signs.holders::isOfOwnCard);
    }

    /** Whether it is the icon of a button that signs in by an account with the brand: {@code Log in with PayPal}. */
    private boolean isToSignInWith(LogoAt at) {
        int last = Math.min(signs.passages.size() - 1, at.passage() + LABEL_REACH);
        for (int index = Math.max(0, at.passage() - LABEL_REACH); index <= last; index++) {
            Passage label = signs.passage(index);
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

    /** Whether an amount belongs to it, as to a transfer, an account or an offer of its own. */
    private boolean hasAmount(LogoAt at) {
        return labels(at, TEXTS_BETWEEN).stream().anyMatch(text -> text.length() <= LONGEST_LABEL && Prices.isIn(text));
    }

    /** The first texts behind a picture. */
    private List<String> labels(LogoAt at, int most) {
        List<String> texts = new ArrayList<>();
        int last = Math.min(signs.passages.size() - 1, at.passage() + LABEL_ABOVE);
        for (int index = at.passage() + 1; index <= last && texts.size() < most; index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.TEXT) {
                texts.add(passage.text());
            } else if (passage.field() == Field.IMAGE && passage.detail().equals("src")) {
                break;
            }
        }
        return texts;
    }

    /** Whether the caption says that it is no mark but something of the brand's: {@code PayPal settings}. */
    private boolean isSomethingOf(LogoAt at) {
        return wordyCaptions.get(at.passage() + 1);
    }

    /** Whether it stands in the legend of a chart or in a ledger, before a share or what was spent: {@code Visa 58 %}, {@code -$12}. */
    private boolean isFigure(LogoAt at) {
        List<String> labels = labels(at, TEXTS_BETWEEN);
        return !labels.isEmpty()
                        && labels.getFirst().length() <= LONGEST_LABEL
                        && labels.getFirst().indexOf('%') >= 0
                || labels.stream()
                        .anyMatch(text -> text.length() <= LONGEST_LABEL
                                && SPENT.matcher(text).find());
    }

    /** Whether it is one firm among others. */
    private boolean isFirm(LogoAt at) {
        return !at.logo().payment()
                && !PassageShape.isIcon(signs.passage(at.passage()))
                && (firms.has(at) && !isIntroduced(at) || !signs.shop && firms.isLabelled(at));
    }

    /** Whether marks of several brands are drawn, and none beside another: each has its own text, as in tables and reviews. */
    private boolean isApart(List<LogoAt> images) {
        BitSet drawn = new BitSet();
        LogoAt last = null;
        for (LogoAt at : images) {
            if (last != null && last.logo().brand() != at.logo().brand() && isInLine(last, at)) {
                return false;
            }
            drawn.set(at.logo().brand());
            last = at;
        }
        return drawn.cardinality() > 1;
    }

    /** Whether no more than names and labels stand between two marks. */
    private boolean isInLine(LogoAt one, LogoAt other) {
        int first = Math.min(one.passage(), other.passage());
        int last = Math.max(one.passage(), other.passage());
        int texts = 0;
        for (int index = first + 1; index < last && texts <= TEXTS_BETWEEN; index++) {
            Passage passage = signs.passage(index);
            if (passage.field() == Field.HEADING) {
                return false;
            }
            if (passage.field() == Field.TEXT) {
                texts += passage.text().length() > LONGEST_LABEL ? TEXTS_BETWEEN + 1 : 1;
            }
        }
        return texts <= TEXTS_BETWEEN;
    }

    /** Whether it is a bank's, and no card's or wallet's is beside it: banks to choose from, clients, comparisons. */
    private boolean isOneOfBanks(List<LogoAt> images, int index) {
        return isBank(images.get(index)) && !hasNeighbour(images, index, other -> !isBank(other));
    }

    private boolean isBank(LogoAt at) {
        return brands.get(at.logo().brand()).bank();
    }

    private static boolean hasNeighbour(List<LogoAt> images, int index, Predicate<LogoAt> voucher) {
        LogoAt at = images.get(index);
        for (int step = -1; step <= 1; step += 2) {
            for (int i = index + step; i >= 0 && i < images.size(); i += step) {
                LogoAt other = images.get(i);
                if (Math.abs(other.passage() - at.passage()) > SIBLINGS) {
                    break;
                }
                if (other.logo().brand() != at.logo().brand() && voucher.test(other)) {
                    return true;
                }
            }
        }
        return false;
    }
}
