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
final class ScriptPayments {
    private ScriptPayments() {}

    private static final int MAX_SCRIPT = 1 << 18;
    private static final int MAX_FOUND = 60;
    private static final int MAX_ADDRESS = 200;
    /** Characters of a list, within which it must end. */
    private static final int MAX_LIST = 2_000;

    /** In the names of icons of cards. */
    private static final String CARD_ICON = "-cc-";

    private static final Pattern CLASS = Pattern.compile("class(Name)?\\\\?[\"']?\\s?[=:]\\s?\\\\?['\"`]$");
    private static final int LONGEST_CLASS = 16;

    /** Pictures side by side, and characters between them. */
    private static final int LONGEST_ROW = 16;

    private static final int GAP = 40;

    private static final int MAX_VALUE = 40;
    private static final String[] PICTURES = {".svg", ".png", ".webp", ".gif"};
    /** In the address of a picture. Product photographs have none of them. */
    private static final String[] SPEAKS_OF_PAYING = {"pay", "card", "/cc", "-cc", "_cc"};
    /** Where the names of lists are looked for: each has one of these. */
    private static final String[] STEMS = {"ayment", "ard", "etworks", "ypes", "rands", "AYMENT", "CARD"};

    /** What the names of lists of ways to pay are made of: {@code acceptedCardBrands}, {@code payment_method_types}. */
    private static final Pattern LIST_WORDS =
            Pattern.compile("(accepted|allowed|available|enabled|supported|credit|debit|cards?|payments?"
                    + "|methods?|types?|brands?|networks?|icons|logos|options|systems?)+(s|accepted)");
    /** In such a name, it says that it is about paying. */
    private static final Pattern OF_PAYING = Pattern.compile("card|payment|network");
    /** In such a name, it says that it is no list of somebody's own cards. */
    private static final Pattern OF_WAYS = Pattern.compile(
            "accepted|allowed|available|enabled|supported|method|type|brand|networks|icons|logos|options|systems");

    /** Lists whose names say less: of the types of a till, and of {@link #NETWORKS}. */
    private static final String TYPES = "availabletypes";

    private static final String BRANDS = "brands";
    /** Two of them make a list of {@code brands} one of cards. */
    private static final Set<String> NETWORKS =
            Set.of("visa", "mc", "mastercard", "master", "master-card", "amex", "maestro", "jcb");

    /** What wallets give shops to call. */
    private static final Pattern CALL = Pattern.compile(
            "new ApplePaySession\\(|google\\.payments\\.api\\.PaymentsClient"
                    + "|\\.(apple|google)Pay\\(|\\bpaypal\\.Buttons\\(|https://(apple|google)\\.com/(apple-)?pay(?=[\"'])");
    /** Of each of them some letters. */
    private static final String[] CALLS = {"ApplePaySession(", "PaymentsClient", "lePay(", "paypal.Buttons(", "le.com/"
    };
    /** Where a till of several ways is put together, and the ways that it is told. */
    private static final String TILL = ".dropin.create(";

    private static final Pattern WAY_OF_TILL = Pattern.compile("\\b(paypal(Credit)?|applePay|googlePay) ?: ?\\{");

    /** Names that are given one way to pay, where each offer has its own: {@code "PaymentSystemName": "Diners"}. */
    private static final Set<String> SINGLE = Set.of("paymentsystemname");

    /** Addresses of pictures that speak of paying, or stand beside one that does in the same folder, unescaped. */
    static void pictures(String script, Consumer<String> addresses) {
        int limit = Math.min(script.length(), MAX_SCRIPT);
        int[] found = {0};
        for (String extension : PICTURES) {
            Row row = new Row();
            int at = script.indexOf(extension);
            while (at >= 0 && at < limit && found[0] < MAX_FOUND) {
                int end = at + extension.length();
                if (end < script.length() && "'\"`?#\\%".indexOf(script.charAt(end)) >= 0) {
                    String address = address(script, at, end);
                    if (!row.isContinuedBy(address, end)) {
                        row.tell(addresses, found);
                        row = new Row();
                    }
                    row.add(address, end);
                }
                at = script.indexOf(extension, end);
            }
            row.tell(addresses, found);
        }
    }

    /** Pictures of one folder that stand side by side: {@code ["/logos/visa.svg", "/logos/mastercard.svg"]}. */
    private static final class Row {
        private final List<String> addresses = new ArrayList<>();
        private String folder = "";
        private int end;

        boolean isContinuedBy(String address, int end) {
            return addresses.size() < LONGEST_ROW
                    && end - this.end <= address.length() + GAP
                    && folder(address).equals(folder);
        }

        void add(String address, int end) {
            addresses.add(address);
            folder = folder(address);
            this.end = end;
        }

        void tell(Consumer<String> consumer, int[] found) {
            if (addresses.stream().anyMatch(ScriptPayments::speaksOfPaying)) {
                for (String address : addresses) {
                    if (found[0]++ < MAX_FOUND) {
                        consumer.accept(address);
                    }
                }
            }
        }

        private static String folder(String address) {
            return address.substring(0, address.lastIndexOf('/') + 1);
        }
    }

    private static String address(String script, int at, int end) {
        int start = at;
        while (start > 0 && at - start < MAX_ADDRESS && "'\"`(, \t\n>".indexOf(script.charAt(start - 1)) < 0) {
            start--;
        }
        String address = script.substring(start, end);
        if (address.contains("%22")) {
            // JSON within a percent-encoded string
            address = Reference.decode(address.substring(address.lastIndexOf("%22") + 3));
        }
        return address.replace("\\/", "/").replace("\\u002F", "/").replace("\\u002f", "/");
    }

    private static boolean speaksOfPaying(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        for (String word : SPEAKS_OF_PAYING) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Classes of icons of cards in markup that a script writes: {@code <i class="fab fa-cc-visa">}. */
    static void icons(String script, Consumer<String> classes) {
        int limit = Math.min(script.length(), MAX_SCRIPT);
        int found = 0;
        int at = script.indexOf(CARD_ICON);
        while (at >= 0 && at < limit && found < MAX_FOUND) {
            int start = at;
            while (start > 0 && at - start < MAX_VALUE && "'\"`".indexOf(script.charAt(start - 1)) < 0) {
                start--;
            }
            int end = at + CARD_ICON.length();
            while (end < limit && end - at < MAX_VALUE && "'\"`\\<".indexOf(script.charAt(end)) < 0) {
                end++;
            }
            if (CLASS.matcher(script)
                    .region(Math.max(0, start - LONGEST_CLASS), start)
                    .find()) {
                classes.accept(script.substring(start, end));
                found++;
            }
            at = script.indexOf(CARD_ICON, end);
        }
    }

    /** Strings in lists of ways to pay. */
    static void lists(String script, Consumer<String> values) {
        int limit = Math.min(script.length(), MAX_SCRIPT);
        int[] found = {0};
        for (int s = 0; s < STEMS.length; s++) {
            String stem = STEMS[s];
            int at = script.indexOf(stem);
            while (at >= 0 && at < limit && found[0] < MAX_FOUND) {
                int start = at;
                while (start > 0 && at - start < MAX_VALUE && isOfName(script.charAt(start - 1))) {
                    start--;
                }
                int end = at + stem.length();
                while (end < limit && end - at < MAX_VALUE && isOfName(script.charAt(end))) {
                    end++;
                }
                String name = script.substring(start, end);
                String plain = name.toLowerCase(Locale.ROOT).replace("_", "");
                if (isFoundFirst(name, s) && (SINGLE.contains(plain) || isList(plain))) {
                    Consumer<String> counted = value -> {
                        if (found[0]++ < MAX_FOUND) {
                            values.accept(value);
                        }
                    };
                    int value = valueStart(script, end, limit);
                    if (SINGLE.contains(plain)) {
                        single(script, value, limit, counted);
                    } else if (plain.equals(BRANDS)) {
                        brands(script, value, limit, counted);
                    } else {
                        list(script, value, limit, counted);
                    }
                }
                at = script.indexOf(stem, end);
            }
        }
    }

    private static boolean isList(String plain) {
        return plain.equals(TYPES)
                || plain.equals(BRANDS)
                || LIST_WORDS.matcher(plain).matches()
                        && OF_PAYING.matcher(plain).find()
                        && OF_WAYS.matcher(plain).find();
    }

    /** A list of brands, if these are cards': {@code brands: ["mc", "visa"]}. */
    private static void brands(String script, int at, int limit, Consumer<String> values) {
        List<String> brands = new ArrayList<>();
        list(script, at, limit, brands::add);
        if (brands.stream()
                        .filter(brand -> NETWORKS.contains(brand.toLowerCase(Locale.ROOT)))
                        .count()
                > 1) {
            brands.forEach(values);
        }
    }

    /** Calls by which a shop has a wallet paid with, and ways that a till of several is told. */
    static void calls(String script, Consumer<String> calls) {
        int limit = Math.min(script.length(), MAX_SCRIPT);
        if (Arrays.stream(CALLS).anyMatch(script::contains)) {
            find(CALL, script, 0, limit, calls);
        }
        int till = script.indexOf(TILL);
        if (till >= 0) {
            find(WAY_OF_TILL, script, till, Math.min(limit, till + MAX_LIST), calls);
        }
    }

    private static void find(Pattern pattern, String script, int from, int to, Consumer<String> found) {
        if (from < to) {
            pattern.matcher(script)
                    .region(from, to)
                    .results()
                    .limit(MAX_FOUND)
                    .forEach(one -> found.accept(one.group()));
        }
    }

    /** Whether no earlier stem has found the name already. */
    private static boolean isFoundFirst(String name, int stem) {
        for (int earlier = 0; earlier < stem; earlier++) {
            if (name.contains(STEMS[earlier])) {
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
    private static void single(String script, int at, int limit, Consumer<String> values) {
        int end = at;
        while (end < limit && end - at <= MAX_VALUE && "\"'\\".indexOf(script.charAt(end)) < 0) {
            end++;
        }
        if (end < limit && end > at && end - at <= MAX_VALUE && "\"'".indexOf(script.charAt(at - 1)) >= 0) {
            values.accept(script.substring(at, end));
        }
    }

    /** The strings of an array or object that the name is given: {@code : ["VISA", "AMEX"]}. */
    private static void list(String script, int at, int limit, Consumer<String> values) {
        int depth = 0;
        int stop = Math.min(limit, at + MAX_LIST);
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
                if (depth > 0 && end - i > 2 && end - i <= MAX_VALUE) {
                    values.accept(script.substring(i + 1, end));
                }
                i = end;
            }
            if (depth <= 0) {
                return;
            }
        }
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
