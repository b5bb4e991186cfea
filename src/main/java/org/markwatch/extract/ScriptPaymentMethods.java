package org.markwatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.extract.ScriptKeywords.Keyword;

/**
 * Finds payment methods in the literals of a script, for pages whose footer or checkout is drawn in the browser: URLs
 * of images whose path mentions payment, classes of icons, and calls to wallet APIs. {@link LiteralLists} has the lists.
 *
 * <p>Scripts are not run, and strings are not concatenated. The names and calls are those of programs and libraries, the same in
 * all languages, so they are no part of the lexicon.
 */
final class ScriptPaymentMethods {
    private ScriptPaymentMethods() {}

    private static final int MAX_RESULTS = 60;
    private static final int MAX_URL_LENGTH = 200;
    /** Characters of the options of a call that are read. */
    private static final int MAX_OPTIONS_CHARS = 2_000;

    private static final Pattern CLASS_ASSIGNMENT = Pattern.compile("class(Name)?\\\\?[\"']?\\s?[=:]\\s?\\\\?['\"`]$");
    private static final int MAX_CLASS_ASSIGNMENT_LENGTH = 16;

    /** Maximum images in a row. */
    private static final int MAX_ROW_IMAGES = 16;

    /** Maximum characters between two images of a row. */
    private static final int MAX_GAP_CHARS = 40;

    private static final int MAX_VALUE_LENGTH = 40;
    private static final Keyword[] IMAGE_EXTENSIONS = {Keyword.SVG, Keyword.PNG, Keyword.WEBP, Keyword.GIF};
    /** An image URL that contains one of these mentions payment. URLs of product photographs rarely do. */
    private static final String[] PAYMENT_WORDS = {"pay", "card", "/cc", "-cc", "_cc"};
    /** Calls and URLs of wallet APIs. */
    private static final Pattern WALLET_CALL = Pattern.compile(
            "new ApplePaySession\\(|google\\.payments\\.api\\.PaymentsClient"
                    + "|\\.(apple|google)Pay\\(|\\bpaypal\\.Buttons\\(|https://(apple|google)\\.com/(apple-)?pay(?=[\"'])");
    /** Parts of {@link #WALLET_CALL}; each match has one of them. */
    private static final Keyword[] WALLET_CALL_HINTS = {
        Keyword.APPLE_PAY_SESSION,
        Keyword.PAYMENTS_CLIENT,
        Keyword.WALLET_BUTTON,
        Keyword.PAYPAL_BUTTONS,
        Keyword.WALLET_HOST
    };

    /** Maximum characters of a match of {@link #WALLET_CALL} before its hint. */
    private static final int MAX_CALL_BEFORE_HINT = 24;
    /** Maximum characters of a match of {@link #WALLET_CALL} from its hint on. */
    private static final int MAX_CALL_FROM_HINT = 40;

    /** Payment methods among the options of a call that creates a checkout ({@link Keyword#CHECKOUT}). */
    private static final Pattern CHECKOUT_METHOD = Pattern.compile("\\b(paypal(Credit)?|applePay|googlePay) ?: ?\\{");

    /**
     * Finds image URLs that mention payment, and URLs of the same folder in the same row as one that does.
     *
     * @param urls receives each URL, unescaped
     */
    static void findImageUrls(ScriptKeywords keywords, Consumer<String> urls) {
        String script = keywords.script();
        int limit = keywords.limit();
        int[] found = {0};
        for (Keyword extension : IMAGE_EXTENSIONS) {
            ImageRow row = new ImageRow();
            int at = keywords.next(extension, 0);
            while (at >= 0 && found[0] < MAX_RESULTS) {
                int end = at + extension.text.length();
                if (end < script.length() && "'\"`?#\\%".indexOf(script.charAt(end)) >= 0) {
                    String url = imageUrl(script, at, end);
                    if (!row.isContinuedBy(url, end)) {
                        row.emit(urls, found);
                        row = new ImageRow();
                    }
                    row.add(url, end);
                }
                at = keywords.next(extension, end);
            }
            row.emit(urls, found);
        }
    }

    /**
     * Image URLs of one folder with few characters between them: {@code ["/logos/visa.svg", "/logos/mastercard.svg"]}.
     */
    private static final class ImageRow {
        private final List<String> urls = new ArrayList<>();
        private String folder = "";
        private int end;

        boolean isContinuedBy(String url, int end) {
            return urls.size() < MAX_ROW_IMAGES
                    && end - this.end <= url.length() + MAX_GAP_CHARS
                    && folder(url).equals(folder);
        }

        void add(String url, int end) {
            urls.add(url);
            folder = folder(url);
            this.end = end;
        }

        void emit(Consumer<String> consumer, int[] found) {
            if (!urls.isEmpty() && urls.stream().anyMatch(ScriptPaymentMethods::mentionsPayment)) {
                for (String url : urls) {
                    if (found[0]++ < MAX_RESULTS) {
                        consumer.accept(url);
                    }
                }
            }
        }

        private static String folder(String url) {
            return url.substring(0, url.lastIndexOf('/') + 1);
        }
    }

    private static String imageUrl(String script, int at, int end) {
        int start = at;
        while (start > 0 && at - start < MAX_URL_LENGTH && "'\"`(, \t\n>".indexOf(script.charAt(start - 1)) < 0) {
            start--;
        }
        String url = script.substring(start, end);
        if (url.contains("%22")) {
            // JSON in a percent-encoded string
            url = UrlReference.decode(url.substring(url.lastIndexOf("%22") + 3));
        }
        return url.replace("\\/", "/").replace("\\u002F", "/").replace("\\u002f", "/");
    }

    private static boolean mentionsPayment(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        for (String word : PAYMENT_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Finds class attributes of card icons in markup that a script generates: {@code <i class="fab fa-cc-visa">}. */
    static void findCardIconClasses(ScriptKeywords keywords, Consumer<String> classes) {
        String script = keywords.script();
        int limit = keywords.limit();
        int found = 0;
        int at = keywords.next(Keyword.CARD_ICON, 0);
        while (at >= 0 && found < MAX_RESULTS) {
            int start = at;
            while (start > 0 && at - start < MAX_VALUE_LENGTH && "'\"`".indexOf(script.charAt(start - 1)) < 0) {
                start--;
            }
            int end = at + Keyword.CARD_ICON.text.length();
            while (end < limit && end - at < MAX_VALUE_LENGTH && "'\"`\\<".indexOf(script.charAt(end)) < 0) {
                end++;
            }
            if (CLASS_ASSIGNMENT
                    .matcher(script)
                    .region(Math.max(0, start - MAX_CLASS_ASSIGNMENT_LENGTH), start)
                    .find()) {
                classes.accept(script.substring(start, end));
                found++;
            }
            at = keywords.next(Keyword.CARD_ICON, end);
        }
    }

    /** Finds calls to wallet APIs, and the payment methods that a checkout is created with. */
    static void findWalletCalls(ScriptKeywords keywords, Consumer<String> calls) {
        String script = keywords.script();
        int limit = keywords.limit();
        Matcher call = WALLET_CALL.matcher(script).useTransparentBounds(true);
        int found = 0;
        int end = 0;
        for (int at = nextHint(keywords, 0); at >= 0 && found < MAX_RESULTS; at = nextHint(keywords, at + 1)) {
            call.region(Math.max(end, at - MAX_CALL_BEFORE_HINT), Math.min(limit, at + MAX_CALL_FROM_HINT));
            if (call.find()) {
                calls.accept(call.group());
                found++;
                end = call.end();
                at = Math.max(at, end - 1);
            }
        }
        int checkout = keywords.next(Keyword.CHECKOUT, 0);
        if (checkout >= 0) {
            find(CHECKOUT_METHOD, script, checkout, Math.min(limit, checkout + MAX_OPTIONS_CHARS), calls);
        }
    }

    private static int nextHint(ScriptKeywords keywords, int from) {
        int first = -1;
        for (Keyword hint : WALLET_CALL_HINTS) {
            int next = keywords.next(hint, from);
            first = next >= 0 && (first < 0 || next < first) ? next : first;
        }
        return first;
    }

    private static void find(Pattern pattern, String script, int from, int to, Consumer<String> found) {
        if (from < to) {
            pattern.matcher(script)
                    .region(from, to)
                    .results()
                    .limit(MAX_RESULTS)
                    .forEach(one -> found.accept(one.group()));
        }
    }
}
