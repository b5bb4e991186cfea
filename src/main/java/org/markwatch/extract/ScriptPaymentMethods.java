package org.markwatch.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a script literally holds of ways to pay, where a page leaves its footer or checkout to be drawn in the browser: addresses
 * of pictures that speak of paying, lists under names such as {@code allowedCardNetworks} or {@code paymentMethods}, and calls of what
 * wallets give shops. Nothing is run, and nothing is pieced together.
 */
final class ScriptPaymentMethods {
    private ScriptPaymentMethods() {}

    private static final int MAX_SCRIPT_CHARS = 1 << 18;
    private static final int MAX_RESULTS = 60;
    private static final int MAX_URL_LENGTH = 200;
    /** Characters of a list, within which it must end. */
    private static final int MAX_LIST_CHARS = 2_000;

    /** In the names of icons of cards. */
    private static final String CARD_ICON_INFIX = "-cc-";

    private static final Pattern CLASS_ASSIGNMENT = Pattern.compile("class(Name)?\\\\?[\"']?\\s?[=:]\\s?\\\\?['\"`]$");
    private static final int MAX_CLASS_ASSIGNMENT_LENGTH = 16;

    /** Pictures side by side, and characters between them. */
    private static final int MAX_ROW_IMAGES = 16;

    private static final int MAX_GAP_CHARS = 40;

    private static final int MAX_VALUE_LENGTH = 40;
    private static final String[] IMAGE_EXTENSIONS = {".svg", ".png", ".webp", ".gif"};
    /** In the address of a picture. Product photographs have none of them. */
    private static final String[] PAYMENT_WORDS = {"pay", "card", "/cc", "-cc", "_cc"};
    /** Where the names of lists are looked for: each has one of these. */
    private static final String[] LIST_NAME_STEMS = {"ayment", "ard", "etworks", "ypes", "rands", "AYMENT", "CARD"};

    /** What the names of lists of ways to pay are made of: {@code acceptedCardBrands}, {@code payment_method_types}. */
    private static final Pattern LIST_NAME =
            Pattern.compile("(accepted|allowed|available|enabled|supported|credit|debit|cards?|payments?"
                    + "|methods?|types?|brands?|networks?|icons|logos|options|systems?)+(s|accepted)");
    /** In such a name, it says that it is about paying. */
    private static final Pattern PAYMENT_NAME = Pattern.compile("card|payment|network");
    /** In such a name, it says that it is no list of somebody's own cards. */
    private static final Pattern METHODS_NAME = Pattern.compile(
            "accepted|allowed|available|enabled|supported|method|type|brand|networks|icons|logos|options|systems");

    /** Lists whose names say less: of the types of a till, and of {@link #CARD_NETWORKS}. */
    private static final String AVAILABLE_TYPES = "availabletypes";

    private static final String BRANDS = "brands";
    /** Two of them make a list of {@code brands} one of cards. */
    private static final Set<String> CARD_NETWORKS =
            Set.of("visa", "mc", "mastercard", "master", "master-card", "amex", "maestro", "jcb");

    /** What wallets give shops to call. */
    private static final Pattern WALLET_CALL = Pattern.compile(
            "new ApplePaySession\\(|google\\.payments\\.api\\.PaymentsClient"
                    + "|\\.(apple|google)Pay\\(|\\bpaypal\\.Buttons\\(|https://(apple|google)\\.com/(apple-)?pay(?=[\"'])");
    /** Of each of them some letters. */
    private static final String[] WALLET_CALL_HINTS = {
        "ApplePaySession(", "PaymentsClient", "lePay(", "paypal.Buttons(", "le.com/"
    };
    /** Where a till of several ways is put together, and the ways that it is told. */
    private static final String CHECKOUT_CALL = ".dropin.create(";

    private static final Pattern CHECKOUT_METHOD = Pattern.compile("\\b(paypal(Credit)?|applePay|googlePay) ?: ?\\{");

    /** Names that are given one way to pay, where each offer has its own: {@code "PaymentSystemName": "Diners"}. */
    private static final Set<String> SINGLE_METHOD_NAMES = Set.of("paymentsystemname");

    /** Addresses of pictures that speak of paying, or stand beside one that does in the same folder, unescaped. */
    static void findImageUrls(String script, Consumer<String> addresses) {
        int limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        int[] found = {0};
        for (String extension : IMAGE_EXTENSIONS) {
            ImageRow row = new ImageRow();
            int at = script.indexOf(extension);
            while (at >= 0 && at < limit && found[0] < MAX_RESULTS) {
                int end = at + extension.length();
                if (end < script.length() && "'\"`?#\\%".indexOf(script.charAt(end)) >= 0) {
                    String address = imageUrl(script, at, end);
                    if (!row.isContinuedBy(address, end)) {
                        row.emit(addresses, found);
                        row = new ImageRow();
                    }
                    row.add(address, end);
                }
                at = script.indexOf(extension, end);
            }
            row.emit(addresses, found);
        }
    }

    /** Pictures of one folder that stand side by side: {@code ["/logos/visa.svg", "/logos/mastercard.svg"]}. */
    private static final class ImageRow {
        private final List<String> urls = new ArrayList<>();
        private String folder = "";
        private int end;

        boolean isContinuedBy(String address, int end) {
            return urls.size() < MAX_ROW_IMAGES
                    && end - this.end <= address.length() + MAX_GAP_CHARS
                    && folder(address).equals(folder);
        }

        void add(String address, int end) {
            urls.add(address);
            folder = folder(address);
            this.end = end;
        }

        void emit(Consumer<String> consumer, int[] found) {
            if (urls.stream().anyMatch(ScriptPaymentMethods::mentionsPayment)) {
                for (String address : urls) {
                    if (found[0]++ < MAX_RESULTS) {
                        consumer.accept(address);
                    }
                }
            }
        }

        private static String folder(String address) {
            return address.substring(0, address.lastIndexOf('/') + 1);
        }
    }

    private static String imageUrl(String script, int at, int end) {
        int start = at;
        while (start > 0 && at - start < MAX_URL_LENGTH && "'\"`(, \t\n>".indexOf(script.charAt(start - 1)) < 0) {
            start--;
        }
        String address = script.substring(start, end);
        if (address.contains("%22")) {
            // JSON within a percent-encoded string
            address = UrlReference.decode(address.substring(address.lastIndexOf("%22") + 3));
        }
        return address.replace("\\/", "/").replace("\\u002F", "/").replace("\\u002f", "/");
    }

    private static boolean mentionsPayment(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        for (String word : PAYMENT_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Classes of icons of cards in markup that a script writes: {@code <i class="fab fa-cc-visa">}. */
    static void findCardIconClasses(String script, Consumer<String> classes) {
        int limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        int found = 0;
        int at = script.indexOf(CARD_ICON_INFIX);
        while (at >= 0 && at < limit && found < MAX_RESULTS) {
            int start = at;
            while (start > 0 && at - start < MAX_VALUE_LENGTH && "'\"`".indexOf(script.charAt(start - 1)) < 0) {
                start--;
            }
            int end = at + CARD_ICON_INFIX.length();
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
            at = script.indexOf(CARD_ICON_INFIX, end);
        }
    }

    /** Strings in lists of ways to pay. */
    static void findPaymentMethods(String script, Consumer<String> values) {
        int limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        int[] found = {0};
        for (int s = 0; s < LIST_NAME_STEMS.length; s++) {
            String stem = LIST_NAME_STEMS[s];
            int at = script.indexOf(stem);
            while (at >= 0 && at < limit && found[0] < MAX_RESULTS) {
                int start = at;
                while (start > 0 && at - start < MAX_VALUE_LENGTH && isNameCharacter(script.charAt(start - 1))) {
                    start--;
                }
                int end = at + stem.length();
                while (end < limit && end - at < MAX_VALUE_LENGTH && isNameCharacter(script.charAt(end))) {
                    end++;
                }
                String name = script.substring(start, end);
                String plain = name.toLowerCase(Locale.ROOT).replace("_", "");
                if (isFirstStemIn(name, s) && (SINGLE_METHOD_NAMES.contains(plain) || isPaymentMethodList(plain))) {
                    Consumer<String> counted = value -> {
                        if (found[0]++ < MAX_RESULTS) {
                            values.accept(value);
                        }
                    };
                    int value = valueStart(script, end, limit);
                    if (SINGLE_METHOD_NAMES.contains(plain)) {
                        readSingleValue(script, value, limit, counted);
                    } else if (plain.equals(BRANDS)) {
                        readCardBrands(script, value, limit, counted);
                    } else {
                        readList(script, value, limit, counted);
                    }
                }
                at = script.indexOf(stem, end);
            }
        }
    }

    private static boolean isPaymentMethodList(String plain) {
        return plain.equals(AVAILABLE_TYPES)
                || plain.equals(BRANDS)
                || LIST_NAME.matcher(plain).matches()
                        && PAYMENT_NAME.matcher(plain).find()
                        && METHODS_NAME.matcher(plain).find();
    }

    /** A list of brands, if these are cards': {@code brands: ["mc", "visa"]}. */
    private static void readCardBrands(String script, int at, int limit, Consumer<String> values) {
        List<String> brands = new ArrayList<>();
        readList(script, at, limit, brands::add);
        if (brands.stream()
                        .filter(brand -> CARD_NETWORKS.contains(brand.toLowerCase(Locale.ROOT)))
                        .count()
                > 1) {
            brands.forEach(values);
        }
    }

    /** Calls by which a shop has a wallet paid with, and ways that a till of several is told. */
    static void findWalletCalls(String script, Consumer<String> calls) {
        int limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
        if (Arrays.stream(WALLET_CALL_HINTS).anyMatch(script::contains)) {
            find(WALLET_CALL, script, 0, limit, calls);
        }
        int till = script.indexOf(CHECKOUT_CALL);
        if (till >= 0) {
            find(CHECKOUT_METHOD, script, till, Math.min(limit, till + MAX_LIST_CHARS), calls);
        }
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

    /** Whether no earlier stem has found the name already. */
    private static boolean isFirstStemIn(String name, int stem) {
        for (int earlier = 0; earlier < stem; earlier++) {
            if (name.contains(LIST_NAME_STEMS[earlier])) {
                return false;
            }
        }
        return true;
    }

    /** Behind a name's end, a colon or equals sign, and a quote if there is one. */
    private static int valueStart(String script, int from, int limit) {
        int at = from;
        while (at < limit && at - from < 8 && "'\"\\ :=\n\t".indexOf(script.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The string that the name is given: {@code : "Visa"}. */
    private static void readSingleValue(String script, int at, int limit, Consumer<String> values) {
        int end = at;
        while (end < limit && end - at <= MAX_VALUE_LENGTH && "\"'\\".indexOf(script.charAt(end)) < 0) {
            end++;
        }
        if (end < limit && end > at && end - at <= MAX_VALUE_LENGTH && "\"'".indexOf(script.charAt(at - 1)) >= 0) {
            values.accept(script.substring(at, end));
        }
    }

    /** The strings of an array or object that the name is given: {@code : ["VISA", "AMEX"]}. */
    private static void readList(String script, int at, int limit, Consumer<String> values) {
        int depth = 0;
        int stop = Math.min(limit, at + MAX_LIST_CHARS);
        for (int i = at; i < stop; i++) {
            char c = script.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == '"' || c == '\'') {
                int end = script.indexOf(c, i + 1);
                if (end < 0 || end >= stop) {
                    return;
                }
                if (depth > 0 && end - i > 2 && end - i <= MAX_VALUE_LENGTH) {
                    values.accept(script.substring(i + 1, end));
                }
                i = end;
            }
            if (depth <= 0) {
                return;
            }
        }
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
