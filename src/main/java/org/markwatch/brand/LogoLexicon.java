package org.markwatch.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.markwatch.text.FoldedBytes;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Tokens;
import org.markwatch.watchlist.Brand;

/**
 * Recognises a brand's logo by how it is referred to: file names, classes, sprite ids, captions. For any number
 * of threads.
 *
 * <p>A name that is a common word too ({@code cup}, {@code master}, {@code discover}) needs more than itself; how much more is
 * said by {@link Trust}, and decided with the rest of the page by {@link BrandUses}.
 */
final class LogoLexicon {
    private static final int CAPTION_WORDS = 3;

    /** References that are kept, and characters of the longest one. */
    private static final int MOST_KNOWN = 4_096;

    private static final int LONGEST_KNOWN = 200;

    private final LogoNames names;
    private final ClassLogos classes;
    private final FileLogos files;
    /** Logos in references that have been read, if there are any: a site repeats its classes and files on every page. */
    private final Map<String, List<Logo>> captions = new ConcurrentHashMap<>();

    private final Map<String, List<Logo>> classNames = new ConcurrentHashMap<>();
    private final Map<String, List<Logo>> fileNames = new ConcurrentHashMap<>();

    LogoLexicon(List<Brand> brands, PaymentWords words) {
        names = new LogoNames(brands, words);
        classes = new ClassLogos(names, words);
        files = new FileLogos(names, classes, words);
    }

    /** Whether a reference may have a logo at all; most have none, and need not be taken to pieces. */
    boolean mayBeIn(FoldedText text) {
        return names.mayBeIn(text);
    }

    /** The same of a part of a page. */
    boolean mayBeIn(FoldedBytes bytes, int from, int to) {
        return names.mayBeIn(bytes, from, to);
    }

    private static List<Logo> read(String text, Map<String, List<Logo>> known, Function<String, List<Logo>> reader) {
        List<Logo> read = known.get(text);
        if (read == null) {
            read = List.copyOf(reader.apply(text));
            if (!read.isEmpty() && text.length() <= LONGEST_KNOWN && known.size() < MOST_KNOWN) {
                known.put(text, read);
            }
        }
        return read;
    }

    /** Logos in a caption: {@code alt}, {@code title}, {@code aria-label} and the like. */
    List<Logo> inCaption(String text) {
        return read(text, captions, this::readCaption);
    }

    private List<Logo> readCaption(String text) {
        LogoNames.Reading reading = names.read(Tokens.of(text, 0, text.length()));
        List<Logo> logos = new ArrayList<>();
        boolean caption = reading.clean() || reading.payment() || reading.words() <= CAPTION_WORDS;
        for (LogoNames.Found found : reading.found()) {
            Trust trust;
            if (found.stem().decorated() && !reading.clean()) {
                continue;
            }
            if (!found.stem().ambiguous()) {
                trust = caption ? Trust.ALONE : Trust.NAMED_ONLY;
            } else if (reading.isSet() && reading.words() - reading.found().size() <= 1
                    || reading.payment()
                            && (reading.clean()
                                    || reading.words()
                                            <= CAPTION_WORDS + reading.found().size())) {
                trust = Trust.ALONE;
            } else if (reading.clean()) {
                trust = found.stem().mainName() ? Trust.ON_COMMERCE_PAGE : Trust.BESIDE_LOGO;
            } else {
                continue;
            }
            logos.add(new Logo(
                    found.stem().brand(),
                    found.start(),
                    found.end(),
                    trust,
                    reading.clean() || reading.payment(),
                    false));
        }
        return logos;
    }

    /** Logos in class lists, element ids and symbol names, which white space separates. */
    List<Logo> inClasses(String text) {
        return read(text, classNames, classes::read);
    }

    /** Logos in the path of a picture; several of them, as in {@code srcset}, are separated by white space or commas. */
    List<Logo> inFileNames(String text) {
        return read(text, fileNames, files::read);
    }

    /** Whether a reference has a logo, whatever refers by it. */
    boolean isIn(String text) {
        return !(inCaption(text).isEmpty()
                && inClasses(text).isEmpty()
                && inFileNames(text).isEmpty());
    }

    /** Whether a list has nothing but names of marks, of any payment methods. */
    boolean isOnlyMarks(String list) {
        return names.read(Tokens.of(list, 0, list.length())).clean();
    }

    /** Brands named in a value that lists ways to pay: no more trust is needed. */
    List<Logo> inPaymentValue(String text) {
        List<Logo> logos = new ArrayList<>();
        for (LogoNames.Found found :
                names.read(Tokens.of(text, 0, text.length())).found()) {
            logos.add(new Logo(found.stem().brand(), found.start(), found.end(), Trust.ALONE, true, true));
        }
        return logos;
    }
}
