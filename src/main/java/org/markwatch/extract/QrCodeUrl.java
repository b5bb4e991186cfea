package org.markwatch.extract;

import java.util.Locale;
import java.util.function.Consumer;

/** Finds the payload of a QR code in the URL of its image: {@code /qr?data=bitcoin%3A1Boat…}. The image is not read. */
final class QrCodeUrl {
    private static final int MIN_PAYLOAD_LENGTH = 12;
    private static final int MAX_PAYLOAD_LENGTH = 500;

    private QrCodeUrl() {}

    /** Finds the parameters of plausible length in a URL that mentions QR codes. */
    static void findPayloads(String ref, Consumer<String> texts) {
        int query = ref.indexOf('?');
        if (query < 0 || !mentionsQrCode(ref)) {
            return;
        }
        for (String parameter : ref.substring(query + 1).split("&", 20)) {
            String text = UrlReference.decode(parameter.substring(parameter.indexOf('=') + 1));
            if (text.length() >= MIN_PAYLOAD_LENGTH && text.length() <= MAX_PAYLOAD_LENGTH) {
                texts.accept(text);
            }
        }
    }

    private static boolean mentionsQrCode(String ref) {
        String lower = ref.toLowerCase(Locale.ROOT);
        return lower.contains("qr") || lower.contains("chl=") || lower.contains("barcode");
    }
}
