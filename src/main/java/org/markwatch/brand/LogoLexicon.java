package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.markwatch.text.FoldedBytes;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.NameTraces;
import org.markwatch.text.Tokens;
import org.markwatch.text.Tokens.Token;
import org.markwatch.text.Typos;
import org.markwatch.url.HostPlace;
import org.markwatch.watchlist.Brand;

/**
 * Recognises a brand's logo by how it is referred to: file names, classes, sprite ids, captions. For any number
 * of threads.
 *
 * <p>A name that is a common word too ({@code cup}, {@code master}, {@code discover}) needs more than itself; how much more is
 * said by {@link Trust}, and decided with the rest of the page by {@link BrandUses}.
 */
final class LogoLexicon {
    /** Shorter names are met by chance in hashes and abbreviations. */
    private static final int SAFE_LENGTH = 4;

    private static final int TYPO_LENGTH = NameTraces.TYPO_LENGTH;
    private static final int MOST_WORDS = 5;
    private static final int CAPTION_WORDS = 3;
    private static final int SHORTEST_DIGEST = 6;
    private static final int LONGEST_PREFIX = 3;
    private static final int LONGEST_SCRAP = 2;
    /** What a maker puts before everything: {@code xyz_visa_master}. */
    private static final int LONGEST_INITIALS = 3;

    /** References that are kept, and characters of the longest one. */
    private static final int MOST_KNOWN = 4_096;

    private static final int LONGEST_KNOWN = 200;
    private static final int LONGEST_PART = 24;
    /** Several file names with their sizes, as in {@code srcset}; of one alone, a space is a part. */
    private static final Pattern CANDIDATES = Pattern.compile(" [0-9.]+[wx](?:,|$)|, ?(?:https?:)?/");
    /** Words that are written onto a name. */
    private static final Set<String> GLUE = Set.of(
            "logo",
            "logos",
            "icon",
            "icons",
            "card",
            "cards",
            "btn",
            "payment",
            "payments",
            "gif",
            "jpg",
            "png",
            "svg",
            "webp");

    private static final Set<String> ICON_WORDS = Set.of(
            "icon", "icons", "ico", "logo", "logos", "sprite", "badge", "badges", "img", "image", "symbol", "mark");

    private final PaymentWords words;
    private final Map<String, List<Stem>> stems = new HashMap<>();
    private final Map<String, List<Stem>> classes = new HashMap<>();
    /** Names of files that are known by their neighbours only. */
    private final Map<String, Stem> rows = new HashMap<>();

    private final Typos<Stem> typos = new Typos<>();
    /** The first letter, and the first two, of stems and glue: what most words do not begin with. */
    private final BitSet openings = new BitSet();

    private final NameTraces traces = new NameTraces();
    private final Known captions = new Known();
    private final Known classNames = new Known();
    private final Known fileNames = new Known();

    private int longestStem;

    /** How far a reference can be believed by itself. Strongest first. */
    enum Trust {
        /** Says it alone. */
        ALONE,
        /** A brand's main name that is a common word, drawn as an icon and nothing else: on a page about buying. */
        ON_COMMERCE_PAGE,
        /** An abbreviation or a common word: beside another brand's logo. */
        BESIDE_LOGO,
        /** The same with words around it that nobody knows: beside a sure logo that is called alike, {@code ico_pg_visa.gif}. */
        IN_SERIES,
        /** A name in a caption or the file name of a photograph. */
        NAMED_ONLY
    }

    /**
     * @param brand index of the brand
     * @param start offset in the passage
     * @param end   offset after the last character
     * @param plain   whether it names the mark and hardly anything else, unlike 'Mastercard headquarters'
     * @param payment whether the reference itself says that it is about paying: {@code fa-cc-visa}, {@code payment/visa.svg}
     */
    record Logo(int brand, int start, int end, Trust trust, boolean plain, boolean payment) {}

    /** @param decorated whether it is a common word with a decoration, {@code icon-visa}: sure only where nothing else is said */
    private record Stem(int brand, boolean ambiguous, boolean mainName, boolean decorated) {}

    LogoLexicon(List<Brand> brands, PaymentWords words) {
        this.words = words;
        GLUE.forEach(this::opens);
        for (int b = 0; b < brands.size(); b++) {
            Brand brand = brands.get(b);
            Set<String> ambiguous = new HashSet<>();
            for (String word : brand.ambiguous()) {
                ambiguous.add(key(word));
            }
            String mainName = key(brand.name());
            Set<String> decorated = new HashSet<>();
            for (String name : brand.logoNames()) {
                if (isDecorated(name, ambiguous)) {
                    decorated.add(key(name));
                }
            }
            Set<String> names = new HashSet<>();
            names.add(mainName);
            brand.aliases().forEach(alias -> names.add(key(alias)));
            brand.logoNames().forEach(name -> names.add(key(name)));
            for (String name : names) {
                if (name.isEmpty() || !isLatin(name)) {
                    continue;
                }
                boolean risky = isRisky(name, ambiguous);
                Stem stem = new Stem(b, risky, name.equals(mainName), decorated.contains(name));
                if (PaymentWords.isOfRowsOnly(name)) {
                    rows.put(name, stem);
                    traces.add(name);
                    continue;
                }
                stems.computeIfAbsent(name, n -> new ArrayList<>()).add(stem);
                opens(name);
                traces.add(name);
                if (name.length() >= TYPO_LENGTH && !risky) {
                    typos.add(name, stem);
                }
            }
            for (String token : brand.logoClasses()) {
                String exact = token.toLowerCase(Locale.ROOT);
                String key = key(token);
                boolean risky = isRisky(key, ambiguous);
                traces.add(key);
                classes.computeIfAbsent(exact, n -> new ArrayList<>())
                        .add(new Stem(b, risky, key.equals(mainName), isDecorated(token, ambiguous)));
            }
        }
    }

    private boolean isDecorated(String name, Set<String> ambiguous) {
        List<Token> tokens = Tokens.of(name, 0, name.length());
        return tokens.stream().anyMatch(token -> ambiguous.contains(token.word()))
                && tokens.stream()
                        .allMatch(token -> ambiguous.contains(token.word())
                                || words.isDecoration(token.word())
                                        && !words.isPayment(token.word())
                                        && !words.isOfProgramme(token.word()));
    }

    /** Whether a reference may have a logo at all; most have none, and need not be taken to pieces. */
    boolean mayBeIn(FoldedText text) {
        return traces.mayBeIn(text);
    }

    /** The same of a part of a page. */
    boolean mayBeIn(FoldedBytes bytes, int from, int to) {
        return traces.mayBeIn(bytes, from, to);
    }

    private static List<Logo> read(String text, Known known, Function<String, List<Logo>> reader) {
        if (known.quiet.has(text)) {
            return List.of();
        }
        List<Logo> read = known.logos.get(text);
        if (read == null) {
            read = List.copyOf(reader.apply(text));
            if (read.isEmpty()) {
                known.quiet.add(text);
            } else if (text.length() <= LONGEST_KNOWN && known.logos.size() < MOST_KNOWN) {
                known.logos.put(text, read);
            }
        }
        return read;
    }

    /** References that have been read: a site repeats its classes and files on every page. */
    private static final class Known {
        final Quiet quiet = new Quiet();
        final Map<String, List<Logo>> logos = new ConcurrentHashMap<>();
    }

    private void opens(String part) {
        longestStem = Math.max(longestStem, part.length());
        openings.set(part.charAt(0));
        if (part.length() > 1) {
            openings.set(opening(part.charAt(0), part.charAt(1)));
        }
    }

    /** Whether a stem or glue may begin at a place of a word. */
    private boolean mayOpen(String word, int at) {
        return at + 1 < word.length()
                ? openings.get(opening(word.charAt(at), word.charAt(at + 1)))
                : openings.get(word.charAt(at));
    }

    private static int opening(char first, char second) {
        return (1 << Character.SIZE) + ((first * 0x9E5 ^ second) & Character.MAX_VALUE);
    }

    /** A number after a common word does not make it less common: {@code visa-1}. */
    private static boolean isRisky(String key, Set<String> ambiguous) {
        String letters = key.replaceAll("\\d+$", "");
        return letters.length() < SAFE_LENGTH || ambiguous.contains(letters);
    }

    private static String key(String name) {
        StringBuilder key = new StringBuilder();
        String folded = Folding.fold(name);
        for (int i = 0; i < folded.length(); i++) {
            if (Folding.CLASSES[folded.charAt(i)] != Folding.SEPARATOR) {
                key.append(folded.charAt(i));
            }
        }
        return key.toString();
    }

    private static boolean isLatin(String name) {
        return name.chars().allMatch(c -> Folding.CLASSES[c] == Folding.WORD);
    }

    /** Logos in a caption: {@code alt}, {@code title}, {@code aria-label} and the like. */
    List<Logo> inCaption(String text) {
        return read(text, captions, this::readCaption);
    }

    private List<Logo> readCaption(String text) {
        Reading reading = read(Tokens.of(text, 0, text.length()));
        List<Logo> logos = new ArrayList<>();
        boolean caption = reading.clean || reading.payment || reading.words <= CAPTION_WORDS;
        for (Found found : reading.found) {
            Trust trust;
            if (found.stem.decorated && !reading.clean) {
                continue;
            }
            if (!found.stem.ambiguous) {
                trust = caption ? Trust.ALONE : Trust.NAMED_ONLY;
            } else if (reading.isSet() && reading.words - reading.found.size() <= 1
                    || reading.payment && (reading.clean || reading.words <= CAPTION_WORDS + reading.found.size())) {
                trust = Trust.ALONE;
            } else if (reading.clean) {
                trust = found.stem.mainName ? Trust.ON_COMMERCE_PAGE : Trust.BESIDE_LOGO;
            } else {
                continue;
            }
            logos.add(
                    new Logo(found.stem.brand, found.start, found.end, trust, reading.clean || reading.payment, false));
        }
        return logos;
    }

    /** Logos in class lists, element ids and symbol names, which white space separates. */
    List<Logo> inClasses(String text) {
        return read(text, classNames, this::readClasses);
    }

    private List<Logo> readClasses(String text) {
        List<Logo> logos = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != ' ') {
                end++;
            }
            if (end > start) {
                inClass(text, start, end, logos);
            }
            start = end + 1;
        }
        if (logos.stream().anyMatch(logo -> !logo.payment()) && isIconOfPayment(text)) {
            logos.replaceAll(logo -> new Logo(logo.brand(), logo.start(), logo.end(), Trust.ALONE, true, true));
        }
        return logos;
    }

    /** Whether one class of a list says that it is an icon for paying, and so what another is called: {@code sprite-cc visa}. */
    private boolean isIconOfPayment(String classes) {
        for (String token : classes.split(" ")) {
            boolean payment = false;
            boolean icon = false;
            boolean other = false;
            for (Token word : Tokens.of(token, 0, token.length())) {
                boolean pays = words.isPayment(word.word());
                // what frameworks call a box
                payment |= pays && !word.word().equals("card");
                icon |= ICON_WORDS.contains(word.word());
                other |= !pays && !words.isDecoration(word.word());
            }
            if (payment && icon && !other) {
                return true;
            }
        }
        return false;
    }

    private void inClass(String text, int start, int end, List<Logo> logos) {
        String token = text.substring(start, end).toLowerCase(Locale.ROOT);
        List<Stem> exact = classes.get(token.startsWith("#") || token.startsWith(".") ? token.substring(1) : token);
        if (exact != null) {
            boolean payment = Tokens.of(text, start, end).stream().anyMatch(one -> words.isPayment(one.word()));
            for (Stem stem : exact) {
                Trust trust = payment || !stem.ambiguous && !stem.decorated
                        ? Trust.ALONE
                        : stem.ambiguous ? Trust.BESIDE_LOGO : Trust.ON_COMMERCE_PAGE;
                logos.add(new Logo(stem.brand, start, end, trust, true, payment));
            }
            return;
        }
        Reading reading = read(withoutPrefix(Tokens.of(text, start, end)));
        for (Found found : reading.found) {
            Trust trust;
            if (found.stem.decorated && !reading.clean) {
                trust = Trust.IN_SERIES;
            } else if (found.stem.decorated && !found.stem.ambiguous && !reading.payment && !reading.isSet()) {
                trust = Trust.ON_COMMERCE_PAGE;
            } else if (isCardOf(text, found)) {
                trust = Trust.BESIDE_LOGO;
            } else if (!found.stem.ambiguous || reading.payment && reading.clean || reading.isSet()) {
                trust = Trust.ALONE;
            } else {
                trust = reading.clean ? Trust.BESIDE_LOGO : Trust.IN_SERIES;
            }
            logos.add(
                    new Logo(found.stem.brand, found.start, found.end, trust, true, reading.payment && reading.terse));
        }
    }

    /** Whether a class may be what frameworks call a box of something: {@code master-card}. */
    private boolean isCardOf(String text, Found found) {
        return text.regionMatches(true, found.end - "-card".length(), "-card", 0, "-card".length());
    }

    /** Without the prefix of a font that nobody knows: {@code gf-cc-visa}. */
    private List<Token> withoutPrefix(List<Token> tokens) {
        boolean prefixed = tokens.size() > 2
                && tokens.getFirst().word().length() <= LONGEST_PREFIX
                && words.isPayment(tokens.get(1).word());
        return prefixed ? tokens.subList(1, tokens.size()) : tokens;
    }

    /** Logos in the path of a picture; several of them, as in {@code srcset}, are separated by white space or commas. */
    List<Logo> inFileNames(String text) {
        return read(text, fileNames, this::readFileNames);
    }

    private List<Logo> readFileNames(String text) {
        List<Logo> logos = new ArrayList<>();
        if (!CANDIDATES.matcher(text).find()) {
            inFileName(text, 0, text.length(), logos);
            return logos;
        }
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && " ,".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end > start) {
                inFileName(text, start, end, logos);
            }
            start = end + 1;
        }
        return logos;
    }

    private void inFileName(String text, int start, int end, List<Logo> logos) {
        int stop = start;
        while (stop < end && "?#".indexOf(text.charAt(stop)) < 0) {
            stop++;
        }
        if (stop == start && stop < end && text.charAt(stop) == '#') {
            inClass(text, start, end, logos);
            return;
        }
        int slash = text.lastIndexOf('/', stop - 1);
        int name = slash >= start ? slash + 1 : start;
        int dot = text.lastIndexOf('.', stop - 1);
        int nameEnd = dot > name && stop - dot <= 6 ? dot : stop;
        boolean photo = text.regionMatches(true, nameEnd, ".jp", 0, 3) && !isPicture(text, name, nameEnd);
        nameEnd = withoutDigest(text, name, nameEnd);
        boolean aboutPaying = false;
        if (name > start) {
            HostPlace host = HostPlace.of(text.substring(start, end));
            int folders = host == null || host.end() + start >= name ? start : start + host.end();
            for (Token token : Tokens.of(text, folders, name)) {
                aboutPaying |= words.isPayment(token.word());
            }
        }
        Reading reading = read(Tokens.of(text, name, nameEnd));
        boolean ofPayment = aboutPaying || reading.payment;
        if (reading.found.isEmpty() && reading.clean && slash > start) {
            // brands/visa/logo.svg
            int folder = text.lastIndexOf('/', slash - 1);
            reading = read(Tokens.of(text, Math.max(folder + 1, start), slash));
        }
        if (reading.found.isEmpty()) {
            inRow(text, name, nameEnd, logos);
        }
        for (Found found : reading.found) {
            Trust trust;
            if (reading.isVouchedFor(found)) {
                trust = Trust.ALONE;
            } else if (found.stem.decorated && !reading.clean && !reading.isSet()) {
                trust = Trust.IN_SERIES;
            } else if (found.stem.decorated
                    && !found.stem.ambiguous
                    && !reading.payment
                    && !aboutPaying
                    && !reading.isSet()) {
                trust = photo ? Trust.BESIDE_LOGO : Trust.ON_COMMERCE_PAGE;
            } else if (!found.stem.ambiguous) {
                trust = reading.clean || reading.payment || !photo ? Trust.ALONE : Trust.NAMED_ONLY;
            } else if (photo ? reading.clean && reading.brands() > 2 : reading.isSet()) {
                trust = photo ? Trust.ON_COMMERCE_PAGE : Trust.ALONE;
            } else if (!reading.clean) {
                trust = Trust.IN_SERIES;
            } else if (aboutPaying || !photo && reading.payment) {
                trust = Trust.ALONE;
            } else {
                trust = found.stem.mainName && !photo ? Trust.ON_COMMERCE_PAGE : Trust.BESIDE_LOGO;
            }
            logos.add(new Logo(
                    found.stem.brand,
                    found.start,
                    found.end,
                    trust,
                    !photo || reading.clean || reading.isSet(),
                    !photo && reading.clean && (reading.payment || aboutPaying)));
        }
        // sprite.svg#visa
        if (stop < end && text.charAt(stop) == '#') {
            List<Logo> parts = new ArrayList<>();
            inClass(text, stop + 1, end, parts);
            // payment-icons.svg#visa
            if (ofPayment) {
                parts.replaceAll(part -> part.trust() == Trust.IN_SERIES
                        ? part
                        : new Logo(part.brand(), part.start(), part.end(), Trust.ALONE, true, true));
            }
            logos.addAll(parts);
        }
    }

    /** A word of a file's name that only a row of such files gives a meaning: {@code pay/express.png}. */
    private void inRow(String text, int name, int end, List<Logo> logos) {
        for (Token token : Tokens.of(text, name, end)) {
            Stem stem = rows.get(token.word());
            if (stem != null) {
                logos.add(new Logo(stem.brand, token.start(), token.end(), Trust.IN_SERIES, true, false));
            }
        }
    }

    /** Whether a name ends as one of a drawing before its last extension: {@code visa.png.jpg}. */
    private boolean isPicture(String text, int name, int end) {
        return end - name > 4
                && (text.regionMatches(true, end - 4, ".png", 0, 4)
                        || text.regionMatches(true, end - 4, ".gif", 0, 4)
                        || text.regionMatches(true, end - 4, ".svg", 0, 4));
    }

    /** Where a name ends that a bundler gave a digest: {@code visa.5Ltb_tmQ.svg}. */
    private int withoutDigest(String text, int name, int end) {
        int dot = text.lastIndexOf('.', end - 1);
        if (dot <= name || end - dot <= SHORTEST_DIGEST) {
            return end;
        }
        for (int i = dot + 1; i < end; i++) {
            if (Character.isDigit(text.charAt(i))) {
                return dot;
            }
        }
        return end;
    }

    /** Brands named in a value that lists ways to pay: no more trust is needed. */
    List<Logo> inPaymentValue(String text) {
        List<Logo> logos = new ArrayList<>();
        for (Found found : read(Tokens.of(text, 0, text.length())).found) {
            logos.add(new Logo(found.stem.brand, found.start, found.end, Trust.ALONE, true, true));
        }
        return logos;
    }

    private record Found(Stem stem, int start, int end) {}

    /**
     * @param clean   whether all other words are decoration, numbers, words of paying or other marks
     * @param payment whether a word of paying is among them
     * @param terse   whether all of those are, or initials
     * @param words   words that are no numbers
     */
    private record Reading(List<Found> found, boolean clean, boolean payment, boolean terse, int words) {
        private long brands() {
            return found.stream().map(one -> one.stem.brand).distinct().count();
        }

        /**
         * Whether nothing but several brands is named, {@code visa-mc.png}, or three. They vouch for each other, though not if all
         * are abbreviations: {@code mc_cup.jpg}.
         */
        boolean isSet() {
            return brands() > (terse ? 1 : 2) && found.stream().anyMatch(one -> one.end - one.start >= SAFE_LENGTH);
        }

        /** Whether a name stands right beside another brand's sure one: {@code cb_visa_mastercard}. */
        boolean isVouchedFor(Found one) {
            return found.stream()
                    .anyMatch(other -> other.stem.brand != one.stem.brand
                            && !other.stem.ambiguous
                            && (Math.abs(other.start - one.end) <= 1 || Math.abs(one.start - other.end) <= 1));
        }
    }

    private Reading read(List<Token> tokens) {
        List<Found> found = new ArrayList<>();
        boolean payment = false;
        int longestUnknown = 0;
        int counted = 0;
        int at = 0;
        while (at < tokens.size()) {
            int length = longest(tokens, at, found);
            if (length > 0) {
                // cc-visa, card-mastercard; visa-card is the card's own name, and PayPal begins with a word of paying
                payment |= length > 1
                        && words.isPayment(tokens.get(at).word())
                        && stems.containsKey(Tokens.join(tokens, at + 1, at + length));
                counted += length;
                at += length;
                continue;
            }
            Token token = tokens.get(at++);
            if (token.isNumber() || token.hash()) {
                continue;
            }
            counted++;
            if (words.isPayment(token.word())) {
                payment = true;
            } else if (!words.isDecoration(token.word())
                    && !words.isOtherMark(token.word())
                    && !isMachineMade(token.word())) {
                longestUnknown = Math.max(longestUnknown, token.word().length());
            }
        }
        // what two letters mean nobody knows, but beside a word of paying they mean nothing else
        boolean clean = longestUnknown <= (payment ? LONGEST_SCRAP : 0);
        return new Reading(found, clean, payment, longestUnknown <= LONGEST_INITIALS, counted);
    }

    /** Hexadecimal digests of bundlers, where no digit came before a letter. */
    private static boolean isMachineMade(String word) {
        return word.length() == 1 || word.length() >= 6 && word.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** Adds the brands of the longest run of words that is a name, and gives its length. */
    private int longest(List<Token> tokens, int at, List<Found> found) {
        boolean opens = mayOpen(tokens.get(at).word(), 0);
        for (int length = Math.min(MOST_WORDS, tokens.size() - at); length > 0; length--) {
            if (length > 2 && !opens || isTooLong(tokens, at, length)) {
                continue;
            }
            String joined = Tokens.join(tokens, at, at + length);
            Token first = tokens.get(at);
            Token last = tokens.get(at + length - 1);
            List<Stem> known = opens ? stems.get(joined) : null;
            if (known == null
                    && length <= 2
                    && joined.length() >= shortestTypo(length)
                    && !first.hash()
                    && !words.isPayment(joined)) {
                known = typos.near(joined);
            }
            if (known == null || known.isEmpty() || isByChance(tokens, at, length, joined)) {
                continue;
            }
            for (Stem stem : known) {
                found.add(new Found(stem, first.start(), last.end()));
            }
            return length;
        }
        return glued(tokens.get(at), found) ? 1 : 0;
    }

    /** Two words are one with a slip by chance more easily than one is: {@code bank-city}, {@code union-bay}. */
    private static int shortestTypo(int words) {
        return words == 1 ? TYPO_LENGTH - 1 : TYPO_LENGTH + 1;
    }

    /** Whether words are longer together than any stem with a letter too many. */
    private boolean isTooLong(List<Token> tokens, int at, int length) {
        int letters = 0;
        for (int i = at; i < at + length; i++) {
            letters += tokens.get(i).word().length();
        }
        return letters > longestStem + 1;
    }

    /** Adds the brands of a word that is names and nothing else, written without a sign between: {@code visamc}. */
    private boolean glued(Token token, List<Found> found) {
        String word = token.word();
        if (!mayOpen(word, 0)) {
            return false;
        }
        List<Found> parts = new ArrayList<>();
        int at = 0;
        while (at < word.length()) {
            int end = Math.min(word.length(), at + LONGEST_PART);
            while (end > at + 1
                    && !stems.containsKey(word.substring(at, end))
                    && !GLUE.contains(word.substring(at, end))) {
                end--;
            }
            if (end <= at + 1) {
                return false;
            }
            for (Stem stem : stems.getOrDefault(word.substring(at, end), List.of())) {
                parts.add(new Found(stem, token.start(), token.end()));
            }
            at = end;
        }
        return !token.hash() && found.addAll(parts);
    }

    /** Scraps that happen to spell a short name, as {@code vi-sa}, and pieces of a hash. */
    private boolean isByChance(List<Token> tokens, int at, int length, String joined) {
        if (joined.length() >= 6) {
            return false;
        }
        // g_pay
        return length > 1 && !words.isPayment(tokens.get(at + length - 1).word())
                || tokens.get(at).hash();
    }
}
