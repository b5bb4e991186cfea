package org.markwatch.crawl;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which links of a site to visit first: pages where things are paid for, by the words of their URL. */
final class LinkPriority {
    /** Words of paths and queries by weight; the languages are those of the shipped indicators that write so in URLs. */
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

    /** Priority of what a night had to leave because its host asked for a pause: above everything else. */
    static final int DEFERRED = 3;
    /** Priority of everything else. */
    static final int ORDINARY = 0;
    /** Priority of what comes in suspicious numbers, like the months of an endless calendar. */
    static final int SUSPECTED_TRAP = -1;

    private LinkPriority() {}

    private static void words(int weight, String words) {
        for (String word : words.split(" ", -1)) {
            WORDS.put(word, weight);
        }
    }

    /** From {@link #ORDINARY} to 2, higher first. */
    static int of(URI url) {
        String query = url.getRawQuery();
        int path = heaviest(url.getRawPath());
        return query == null ? path : Math.max(path, heaviest(query));
    }

    private static int heaviest(String text) {
        int heaviest = ORDINARY;
        int start = 0;
        String previous = "";
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isLetter(text.charAt(i))) {
                continue;
            }
            if (i > start) {
                String word = text.substring(start, i).toLowerCase(Locale.ROOT);
                heaviest = Math.max(heaviest, WORDS.getOrDefault(word, ORDINARY));
                heaviest = Math.max(heaviest, WORDS.getOrDefault(previous + word, ORDINARY)); // sign-up, top_up
                previous = word;
            }
            start = i + 1;
        }
        return heaviest;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
