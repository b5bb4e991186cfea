package org.markwatch.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.markwatch.text.Tokens;
import org.markwatch.text.Tokens.Token;

/** Recognises logos in class lists, element ids and symbol names. For any number of threads. */
final class ClassLogos {
    private static final int LONGEST_PREFIX = 3;

    private final LogoNames names;
    private final PaymentWords words;

    ClassLogos(LogoNames names, PaymentWords words) {
        this.names = names;
        this.words = words;
    }

    /** Returns the logos in class lists, element ids and symbol names, which white space separates. */
    List<Logo> read(String text) {
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
                icon |= words.isIcon(word.word());
                other |= !pays && !words.isDecoration(word.word());
            }
            if (payment && icon && !other) {
                return true;
            }
        }
        return false;
    }

    /** Adds the logos of one class between two places. */
    void inClass(String text, int start, int end, List<Logo> logos) {
        String token = text.substring(start, end).toLowerCase(Locale.ROOT);
        List<LogoNames.Stem> exact =
                names.ofClass(token.startsWith("#") || token.startsWith(".") ? token.substring(1) : token);
        if (!exact.isEmpty()) {
            boolean payment = Tokens.of(text, start, end).stream().anyMatch(one -> words.isPayment(one.word()));
            for (LogoNames.Stem stem : exact) {
                Trust trust = payment || !stem.ambiguous() && !stem.decorated()
                        ? Trust.ALONE
                        : stem.ambiguous() ? Trust.BESIDE_LOGO : Trust.ON_COMMERCE_PAGE;
                logos.add(new Logo(stem.brand(), start, end, trust, true, payment));
            }
            return;
        }
        LogoNames.Reading reading = names.read(withoutPrefix(Tokens.of(text, start, end)));
        for (LogoNames.Found found : reading.found()) {
            Trust trust;
            if (found.stem().decorated() && !reading.clean()) {
                trust = Trust.IN_SERIES;
            } else if (found.stem().decorated()
                    && !found.stem().ambiguous()
                    && !reading.payment()
                    && !reading.isSet()) {
                trust = Trust.ON_COMMERCE_PAGE;
            } else if (isCardOf(text, found)) {
                trust = Trust.BESIDE_LOGO;
            } else if (!found.stem().ambiguous() || reading.payment() && reading.clean() || reading.isSet()) {
                trust = Trust.ALONE;
            } else {
                trust = reading.clean() ? Trust.BESIDE_LOGO : Trust.IN_SERIES;
            }
            logos.add(new Logo(
                    found.stem().brand(),
                    found.start(),
                    found.end(),
                    trust,
                    true,
                    reading.payment() && reading.terse()));
        }
    }

    /** Whether a class may be what frameworks call a box of something: {@code master-card}. */
    private boolean isCardOf(String text, LogoNames.Found found) {
        return text.regionMatches(true, found.end() - "-card".length(), "-card", 0, "-card".length());
    }

    /** Without the prefix of a font that nobody knows: {@code gf-cc-visa}. */
    private List<Token> withoutPrefix(List<Token> tokens) {
        boolean prefixed = tokens.size() > 2
                && tokens.getFirst().word().length() <= LONGEST_PREFIX
                && words.isPayment(tokens.get(1).word());
        return prefixed ? tokens.subList(1, tokens.size()) : tokens;
    }
}
