package org.markwatch.brand;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.markwatch.extract.Passage;
import org.markwatch.text.FoldedBytes;
import org.markwatch.text.FoldedText;
import org.markwatch.url.HostPlace;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/**
 * Reads what refers to something rather than says it: pictures, scripts, forms, values that list ways to pay. What it finds
 * becomes signs, which {@link BrandUses} weighs. For any number of threads.
 */
final class References {
    private static final Set<String> CAPTIONS =
            Set.of("alt", "title", "aria-label", "aria-description", "svg-title", "svg-desc");
    /** Letters around a name, up to which a caption names a mark and says no more. */
    private static final int CAPTION_AROUND = 14;
    /** The first character after those of Latin. */
    private static final char OTHER_SCRIPTS = 0x250;

    /** Characters of an address in a text. */
    private static final int LONGEST_ADDRESS = 60;

    /** In the address of a link to a brand's own host. */
    private static final List<String> PAID_AT = List.of(
            ".me/",
            "/paypalme/",
            "/cgi-bin/webscr",
            "/donate",
            "/ncp/payment/",
            "/checkoutnow",
            "/pools/c/",
            "/smart/button",
            "/btn/btn_");

    /** Fields of which a passage may be a reference, or says something of the page. */
    static final Set<Field> READ = EnumSet.of(
            Field.IMAGE,
            Field.SCRIPT,
            Field.SCRIPT_DATA,
            Field.FORM,
            Field.JSON_LD,
            Field.LINK,
            Field.META,
            Field.OPEN_GRAPH);

    /** Of those, fields of which a passage says something if it may have the name of a logo. */
    static final Set<Field> READ_FOR_LOGOS = EnumSet.of(Field.IMAGE, Field.SCRIPT_DATA);

    /** Of those, fields of which each passage may say something, whatever words it has. */
    static final Set<Field> READ_ALWAYS = EnumSet.of(Field.FORM, Field.JSON_LD, Field.META, Field.OPEN_GRAPH);

    /** What the detail of a list in the data of scripts ends with. */
    private static final String LIST = "[]";

    private final PaymentWords words;
    private final LogoLexicon logoLexicon;
    private final HostSuffixes<Integer> officialHosts = new HostSuffixes<>();

    References(List<Brand> brands, PaymentWords words) {
        this.words = words;
        logoLexicon = new LogoLexicon(brands, words);
        for (int b = 0; b < brands.size(); b++) {
            for (String host : brands.get(b).officialHosts()) {
                officialHosts.add(host, b);
            }
        }
    }

    /**
     * Reads one passage.
     *
     * @param index  of the passage in the page
     * @param text   the passage's text, folded
     * @param official whether a brand's own host stands in it
     * @param signs  takes what is found
     * @param names  the names found in the passage's words
     */
    void read(
            Passage passage,
            int index,
            FoldedText text,
            boolean official,
            PageSigns signs,
            List<PageSigns.Name> names) {
        if (official) {
            ownHosts(passage, index, signs);
        }
        switch (passage.field()) {
            case IMAGE -> {
                if (logoLexicon.mayBeIn(text)) {
                    add(logos(passage, isCaption(passage)), index, signs);
                }
                add(logosInOtherScripts(passage, names), index, signs);
            }
            case FORM -> {
                if (passage.detail().equals("value")) {
                    add(logoLexicon.inFileNames(passage.text()), index, signs);
                }
                String asked = text.toString();
                signs.password = signs.password || words.asksForPassword(asked);
                signs.credentials = signs.credentials || signs.password || words.asksForCard(asked);
            }
            case JSON_LD -> {
                add(paymentValue(passage), index, signs);
                signs.price |= passage.detail().endsWith("price");
            }
            case SCRIPT_DATA -> {
                if (passage.detail().endsWith(LIST) && logoLexicon.mayBeIn(text)) {
                    methods(passage, index, signs);
                }
            }
            case META, OPEN_GRAPH -> {
                if (passage.detail().equals("article:published_time")) {
                    signs.contexts.add(index);
                }
            }
            default -> {}
        }
    }

    /**
     * Whether a passage may say anything on some page, with some detail, beside the names in it.
     *
     * @param text the passage's text, folded
     */
    boolean maySay(Passage passage, FoldedText text) {
        return switch (passage.field()) {
            case IMAGE -> logoLexicon.mayBeIn(text) && logoLexicon.isIn(passage.text());
            case FORM ->
                words.asksForPassword(text.toString())
                        || words.asksForCard(text.toString())
                        || logoLexicon.mayBeIn(text)
                                && !logoLexicon.inFileNames(passage.text()).isEmpty();
            case SCRIPT_DATA -> logoLexicon.mayBeIn(text);
            case JSON_LD, META, OPEN_GRAPH -> true;
            default -> false;
        };
    }

    /** References to hosts of brands. */
    private void ownHosts(Passage reference, int index, PageSigns signs) {
        String detail = reference.detail();
        switch (reference.field()) {
            case IMAGE -> {
                owned(reference, index, signs.assets);
                paidAt(reference, index, signs);
            }
            case SCRIPT -> {
                owned(reference, index, signs.assets);
                if (detail.equals("src")) {
                    owned(reference, index, signs.scripts);
                } else if (detail.equals("frame")) {
                    paidAt(reference, index, signs);
                }
            }
            case FORM -> {
                if (detail.endsWith("action")) {
                    owned(reference, index, signs.actions);
                }
            }
            case LINK -> {
                if (detail.equals("href")) {
                    paidAt(reference, index, signs);
                } else if (detail.equals("canonical") || detail.equals("saved-from")) {
                    owned(reference, index, signs.ownAddresses);
                }
            }
            default -> {}
        }
    }

    /**
     * Whether a part of a page may name a logo: a file name, a class, a caption. Most do not.
     *
     * @param from offset of its first character
     * @param to   offset after its last character
     */
    boolean mayShowLogo(FoldedBytes bytes, int from, int to) {
        return logoLexicon.mayBeIn(bytes, from, to);
    }

    /** Whether it is what a picture is said to show. */
    static boolean isCaption(Passage passage) {
        return passage.field() == Field.IMAGE && CAPTIONS.contains(passage.detail());
    }

    private List<Logo> logos(Passage picture, boolean caption) {
        return switch (picture.detail()) {
            case "class", "id", "labelledby", "name", "icon", "svgicon", "element", "data-framer-name" ->
                logoLexicon.inClasses(picture.text());
            // a part of another file, or of the page's own
            case "use" ->
                picture.text().indexOf('#') < 0
                        ? logoLexicon.inClasses(picture.text())
                        : logoLexicon.inFileNames(picture.text());
            default -> caption ? logoLexicon.inCaption(picture.text()) : logoLexicon.inFileNames(picture.text());
        };
    }

    /** Whether a name in what refers to a picture is read as words: all of a caption, and other scripts in a file's name. */
    static boolean isWord(Passage passage, int start) {
        return isCaption(passage)
                || passage.field() == Field.IMAGE
                        && passage.detail().endsWith("src")
                        && isInOtherScript(passage.text(), start);
    }

    private static boolean isInOtherScript(String text, int start) {
        return text.charAt(start) >= OTHER_SCRIPTS;
    }

    /** The lexicon reads Latin letters; names in others are found as words, and a caption or file of hardly more is a logo. */
    private static List<Logo> logosInOtherScripts(Passage picture, List<PageSigns.Name> names) {
        List<Logo> logos = new ArrayList<>();
        String text = picture.text();
        int length = isCaption(picture) ? text.length() : text.length() - text.lastIndexOf('/') - 1;
        for (PageSigns.Name name : names) {
            if (!isInOtherScript(text, name.start())) {
                continue;
            }
            boolean terse = length - (name.end() - name.start()) <= CAPTION_AROUND;
            Trust trust = !terse ? Trust.NAMED_ONLY : name.ambiguous() ? Trust.ON_COMMERCE_PAGE : Trust.ALONE;
            logos.add(new Logo(name.brand(), name.start(), name.end(), trust, terse, false));
        }
        return logos;
    }

    private List<Logo> paymentValue(Passage value) {
        List<Logo> logos = new ArrayList<>();
        String detail = value.detail().toLowerCase(Locale.ROOT);
        if (detail.contains("payment") || detail.contains("goodrelations")) {
            for (Logo logo : logoLexicon.inPaymentValue(value.text())) {
                logos.add(new Logo(logo.brand(), logo.start(), logo.end(), Trust.ALONE, true, true));
            }
        }
        return logos;
    }

    /** Reads a list in the data of scripts. A name of one word, {@code brands}, needs two brands and nothing else. */
    private void methods(Passage list, int index, PageSigns signs) {
        List<Logo> logos = logoLexicon.inPaymentValue(list.text());
        boolean several = logos.stream().map(Logo::brand).distinct().limit(2).count() > 1
                && logoLexicon.isOnlyMarks(list.text().substring(list.text().indexOf(':') + 1));
        String path = list.detail().substring(0, list.detail().length() - LIST.length());
        for (String property : path.split("\\.")) {
            if (words.isMethodList(property, several ? 1 : 2)) {
                add(logos, index, signs);
                signs.methods.set(index);
                return;
            }
        }
    }

    private static void add(List<Logo> logos, int passage, PageSigns signs) {
        for (Logo logo : logos) {
            signs.logos.add(new PageSigns.LogoAt(passage, logo));
        }
    }

    private void owned(Passage reference, int passage, List<PageSigns.Owned> into) {
        HostPlace host = HostPlace.of(reference.text());
        if (host == null) {
            return;
        }
        for (int brand : new LinkedHashSet<>(officialHosts.of(host.host()))) {
            into.add(new PageSigns.Owned(passage, brand, host.start(), host.end()));
        }
    }

    /** Whether an address at which somebody is paid begins at a place of a text: {@code paypal.me/shop}. */
    static boolean isPaidAt(String text, int place) {
        int end = place;
        while (end < text.length() && end - place < LONGEST_ADDRESS && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return PaymentWords.isAnyIn(PAID_AT, text.substring(place, end));
    }

    /** An address of a brand that somebody is paid at, or of the button for it: {@code paypal.me/shop}, {@code …/donate/?id=}. */
    private void paidAt(Passage reference, int passage, PageSigns signs) {
        if (PaymentWords.isAnyIn(PAID_AT, reference.text())) {
            owned(reference, passage, signs.payLinks);
        }
    }
}
