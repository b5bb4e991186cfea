package org.markwatch.extract;

import java.util.Locale;
import java.util.function.Consumer;

/** What a picture of a QR code says, where its address says it already: {@code /qr?data=bitcoin%3A1Boat…}. Nothing is decoded. */
final class QrCode {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 500;

    private QrCode() {}

    /** Gives the long parameters of an address that speaks of QR codes. */
    static void read(String ref, Consumer<String> texts) {
        int query = ref.indexOf('?');
        if (query < 0 || !speaksOfCodes(ref)) {
            return;
        }
        for (String parameter : ref.substring(query + 1).split("&", 20)) {
            String text = Reference.decode(parameter.substring(parameter.indexOf('=') + 1));
            if (text.length() >= SHORTEST && text.length() <= LONGEST) {
                texts.accept(text);
            }
        }
    }

    private static boolean speaksOfCodes(String ref) {
        String lower = ref.toLowerCase(Locale.ROOT);
        return lower.contains("qr") || lower.contains("chl=") || lower.contains("barcode");
    }
}
