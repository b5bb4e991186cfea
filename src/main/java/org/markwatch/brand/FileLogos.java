package org.markwatch.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.markwatch.text.Tokens;
import org.markwatch.text.Tokens.Token;
import org.markwatch.url.HostPlace;

/** Recognises logos in the paths of pictures. For any number of threads. */
final class FileLogos {
    private static final int SHORTEST_DIGEST = 6;
    /** Several file names with their sizes, as in {@code srcset}; of one alone, a space is a part. */
    private static final Pattern CANDIDATES = Pattern.compile(" [0-9.]+[wx](?:,|$)|, ?(?:https?:)?/");

    private final LogoNames names;
    private final ClassLogos classes;
    private final PaymentWords words;

    FileLogos(LogoNames names, ClassLogos classes, PaymentWords words) {
        this.names = names;
        this.classes = classes;
        this.words = words;
    }

    /** Returns the logos in one or several paths of pictures; white space or commas separate those of {@code srcset}. */
    List<Logo> read(String text) {
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
            classes.inClass(text, start, end, logos);
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
        LogoNames.Reading reading = names.read(Tokens.of(text, name, nameEnd));
        boolean ofPayment = aboutPaying || reading.payment();
        if (reading.found().isEmpty() && reading.clean() && slash > start) {
            // brands/visa/logo.svg
            int folder = text.lastIndexOf('/', slash - 1);
            reading = names.read(Tokens.of(text, Math.max(folder + 1, start), slash));
        }
        if (reading.found().isEmpty()) {
            inRow(text, name, nameEnd, logos);
        }
        for (LogoNames.Found found : reading.found()) {
            Trust trust;
            if (reading.isVouchedFor(found)) {
                trust = Trust.ALONE;
            } else if (found.stem().decorated() && !reading.clean() && !reading.isSet()) {
                trust = Trust.IN_SERIES;
            } else if (found.stem().decorated()
                    && !found.stem().ambiguous()
                    && !reading.payment()
                    && !aboutPaying
                    && !reading.isSet()) {
                trust = photo ? Trust.BESIDE_LOGO : Trust.ON_COMMERCE_PAGE;
            } else if (!found.stem().ambiguous()) {
                trust = reading.clean() || reading.payment() || !photo ? Trust.ALONE : Trust.NAMED_ONLY;
            } else if (photo ? reading.clean() && reading.brands() > 2 : reading.isSet()) {
                trust = photo ? Trust.ON_COMMERCE_PAGE : Trust.ALONE;
            } else if (!reading.clean()) {
                trust = Trust.IN_SERIES;
            } else if (aboutPaying || !photo && reading.payment()) {
                trust = Trust.ALONE;
            } else {
                trust = found.stem().mainName() && !photo ? Trust.ON_COMMERCE_PAGE : Trust.BESIDE_LOGO;
            }
            logos.add(new Logo(
                    found.stem().brand(),
                    found.start(),
                    found.end(),
                    trust,
                    !photo || reading.clean() || reading.isSet(),
                    !photo && reading.clean() && (reading.payment() || aboutPaying)));
        }
        // sprite.svg#visa
        if (stop < end && text.charAt(stop) == '#') {
            List<Logo> parts = new ArrayList<>();
            classes.inClass(text, stop + 1, end, parts);
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
            LogoNames.Stem stem = names.ofRow(token.word());
            if (stem != null) {
                logos.add(new Logo(stem.brand(), token.start(), token.end(), Trust.IN_SERIES, true, false));
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
}
