package org.markwatch.crawl.scope;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.markwatch.url.HttpUrl;

/** Assigns priorities to links: pages about payment come first, by the words of their URLs. */
public final class LinkPriority {
    /**
     * Words of paths and queries with their priority, in those languages of the built-in indicators that use Latin
     * letters in URLs.
     */
    private static final Map<String, Integer> WORDS = new HashMap<>();

    static {
        words(
                2,
                "pay payment payments paying paynow checkout cart basket billing pricing price prices plan plans join joinnow"
                        + " signup register subscribe subscription subscriptions member members membership memberships"
                        + " upgrade premium buy order orders purchase deposit topup donate"
                        + " zahlung zahlungsarten kasse warenkorb preise paiement panier tarif tarifs precio precios pago"
                        + " pagos carrito pagamento pagamenti carrello prezzi preco precos carrinho betaling winkelwagen");
        words(
                1,
                "contact contactus support help faq terms tos conditions legal refund refunds refundpolicy shipping imprint"
                        + " about kontakt impressum agb contacto terminos contatto termos");
    }

    /** Highest priority: sitemaps on another host that robots.txt names. No other URL has it. */
    public static final int SITEMAP = 4;
    /** Priority of URLs that the previous nightly run deferred because their host asked for a long delay. */
    public static final int DEFERRED = 3;
    /** Priority of links without such words. */
    public static final int ORDINARY = 0;
    /** Lowest priority: URLs of a suspected crawler trap, such as an endless calendar. */
    static final int SUSPECTED_TRAP = -1;

    private LinkPriority() {}

    private static void words(int priority, String words) {
        for (String word : words.split(" ", -1)) {
            WORDS.put(word, priority);
        }
    }

    /** Returns the priority of a URL, from {@link #ORDINARY} to 2; higher values are visited first. */
    public static int of(HttpUrl url) {
        String query = url.query();
        int path = highestPriority(url.path());
        return query == null ? path : Math.max(path, highestPriority(query));
    }

    private static int highestPriority(String text) {
        int highest = ORDINARY;
        int start = 0;
        String previous = "";
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isLetter(text.charAt(i))) {
                continue;
            }
            if (i > start) {
                String word = text.substring(start, i).toLowerCase(Locale.ROOT);
                highest = Math.max(highest, WORDS.getOrDefault(word, ORDINARY));
                highest = Math.max(highest, WORDS.getOrDefault(previous + word, ORDINARY)); // sign-up, top_up
                previous = word;
            }
            start = i + 1;
        }
        return highest;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
