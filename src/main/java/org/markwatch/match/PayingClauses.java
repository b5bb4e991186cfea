package org.markwatch.match;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by the build of a clause, not by a list of sentences, that a name in it is a way to pay: behind a verb of paying and a
 * preposition, behind an amount, or in line with cash and bank transfer. Looks at the clause only, at most {@value #REACH}
 * characters to each side.
 */
final class PayingClauses {
    private PayingClauses() {}

    private static final int REACH = 64;
    /** How far before an amount somebody may begin to tell what it was spent on. */
    private static final int STORY = 200;
    /** Characters between two ways to pay of one list. */
    private static final int LIST_GAP = 24;

    /** Where words begin and end; {@code \b} would do, but with Unicode's words it costs ten times as much. */
    private static final String BEGIN = "(?<![\\p{L}\\p{N}_])";

    private static final String END = "(?![\\p{L}\\p{N}_])";

    private static final String WITH =
            "(via|lewat|by|through|with|using|in|per|par|avec|par carte|por|con|mediante|mit|über|mittels|tramite|com|através de"
                    + "|met|med|przez|za pomocą|через|с помощью|ile|qua|bằng|dengan|melalui)";
    /** What stands between a preposition and a name: {@code your}, {@code carta}. */
    private static final String ARTICLE =
            "( (a|any|your|our|the|you|ihrer|deiner|der|tu|su|la|votre|une|sua|o|uma|un|una|carta|carte|tarjeta|card|karte))*";

    private static final String NOT =
            "never|not|don.t|cannot|can.t|nicht|kein\\p{L}*|weder|ne|pas|ni|nie|não|не|нельзя|niet|geen|inte|ikke|değil";

    private static final Pattern AMOUNT = Pattern.compile(
            "(?i)([$€£฿¥] ?\\d[\\d.,]*|\\d[\\d.,]* ?([$€£฿¥]|usd|eur|gbp|aud|cad|thb|dollars?|euros?))( [\\p{L}]+){0,2}( (via|by|through|with|per|par|con|mit|using)|,) $");
    private static final String PAY = "(?iU)" + BEGIN
            + "(pay|wysła\\p{L}*|przesła\\p{L}*|wpłac\\p{L}*|env[ií](ar|a|e|ad)|envoyez|versez|senden sie|schicken sie|отправ\\p{L}*|gönder\\p{L}*|kirim|send (the |your )?(money|payment|funds|deposit|amount|total|fee)|payable|settle|settled|order|reserve|zahl\\p{L}*|bezahl\\p{L}*|begleich\\p{L}*|überweis\\p{L}*"
            + "|pag(ar|a|ue|o|ando|amento|ará|uen|are|hi|ate|abile)|abonar|abone|payer|payez|payable|régl(er|ez|ement)|versare|saldare|betal\\p{L}*|afrekenen"
            + "|[zo]?płac\\p{L}*|płatn\\p{L}*|(о|рас|вы)?плат\\p{L}*|לשלם|תשלום|ادفع|الدفع|öde\\p{L}*|zaplat\\p{L}*|platit|fizet\\p{L}*|plăt\\p{L}*|thanh toán|bayar|pembayaran)";
    private static final Pattern SAID = Pattern.compile(PAY + END);
    private static final Pattern SAID_OF_IT = Pattern.compile(PAY + END + "[^.!?]{0,40}[ ,(]" + WITH + ARTICLE + " $");
    private static final Pattern CHARGED = Pattern.compile(
            "(?iU)" + BEGIN + "(charged?|billed|debited|deducted) (it |this )?(to|from)" + ARTICLE + " $");

    private static final Pattern OTHER_WAY = Pattern.compile("(?iU)" + BEGIN
            + "(cash|((bank|wire) )?transfers?|direct debit|invoice|cheques?|money orders?|gift cards?|(e-?)?vouchers?"
            + "|bar|barzahlung|bargeld|rechnung|vorkasse|(bank)?überweisung|lastschrift|nachnahme|virement|espèces|chèques?|transferencia|efectivo|reembolso"
            + "|bonifico|contanti|contrassegno|transferência|boleto|pix|dinheiro|multibanco|przelew\\p{L}*|gotówk\\p{L}*|pobraniem|наличн\\p{L}*|перевод\\p{L}*"
            + "|безналичн\\p{L}*|havale|eft|kapıda|overboeking|overschrijving|contant|factuur|faktura|kontant|dobírk\\p{L}*|převod\\p{L}*|utánvét|átutalás|ramburs"
            + "|ideal|klarna|sofort|giropay|bancontact|swish|mobilepay|vipps|blik|twint|bizum|skrill|neteller|venmo|zelle|stripe|revolut|wise|gcash|paytm|upi|momo"
            + "|bitcoin|crypto|tunai|chuyển khoản|tiền mặt)(?![\\p{L}\\p{N}])"
            + "|代金引換|銀行振込|コンビニ|現金|货到付款|微信|银行转账|現金|현금|계좌이체|무통장|เงินสด|โอน|الاستلام|نقد|מזומן");
    private static final Pattern BILL = Pattern.compile("(?i) (invoice|money request|payment (link|request))" + END);
    private static final Pattern LISTED = Pattern.compile(
            "(?iU)^[^.!?。]*([,/;&+·•|、，]|(?<!\\p{L})(and|or|und|oder|sowie|et|ou|y|o|u|e|oppure|lub|albo|i|czy|или|и|veya|ve|of|en|eller|och|og|a|nebo|vagy|sau|și|atau|dan|hoặc|và|ja)(?!\\p{L})|[和或及]|หรือ|และ|및|또는|أو| و| או )[^.!?。]*$");

    /** Somebody tells what was spent, or whose money moved. */
    private static final Pattern SPENT = Pattern.compile("(?iU)" + BEGIN
            + "((i|we|they) pay|sent|paid|lost|transferred|wired|spent|stole|raised|bought|earned|tried|say|said|used to|pagó|überwies|zahlte|envoyé)"
            + END);
    /** The clause is about somebody else, or about what might be. */
    private static final Pattern OTHERS = Pattern.compile("(?iU)" + BEGIN
            + "(if|when|whether|wenn|falls|si (vous|tu|usted|on)|quando|cuando|lorsque|jeśli|если|när|als je|they|he|she|people|users|consumers|shoppers|tourists|travell?ers"
            + "|merchants|retailers|sellers|businesses|companies|lets|let|allows?|enables?|scammers?|fraudsters|criminals|händler|kunden können|comerciantes|commerçants"
            + "|no|non|noch|" + NOT + ")" + END);

    /** Said to those who sell: {@code Accept Visa in your store}. */
    private static final Pattern TO_MERCHANTS = Pattern.compile(
            "(?i)\\b(your (online )?(store|shop|site|website|customers|clients|business)|(ihre[mn]?|deine[mn]?) (online-?)?shop|votre boutique"
                    + "|(tu|su) tienda)" + END);

    private static final int NEGATION_REACH = 16;
    /** Right before wording: {@code we cannot }, {@code do not yet }. */
    private static final Pattern NEGATION = Pattern.compile(
            "(?iU)(" + BEGIN
                    + "(not|no|no longer|never|cannot|unable to|nicht|keine?|ne|nie|não|non|niet)|n[’']t) ?([\\p{L}\\p{N}_]+ )?$|(不|ไม่)$");

    private static final Pattern REFUSED = Pattern.compile("(?iU)" + BEGIN + "(" + NOT + ")" + END);

    /** Whether a text speaks to those who sell. */
    static boolean isSaidToMerchants(String text) {
        return TO_MERCHANTS.matcher(text).find();
    }

    /** Whether an amount stands right before a name: {@code 25 USD via}. */
    static boolean followsAmount(String text, int name) {
        return AMOUNT.matcher(before(text, name)).find()
                && !SPENT.matcher(text).region(Math.max(0, name - STORY), name).find();
    }

    /**
     * Whether a clause says to pay by it, or lists it with other ways to pay.
     *
     * @param till whether money is taken on the page; where that is not known, the clause must do both
     */
    static boolean isWayToPay(String text, int start, int end, boolean till) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        boolean told = to < text.length() && text.charAt(to) == '?'
                || SPENT.matcher(text.substring(from, to)).find()
                || OTHERS.matcher(before).find();
        if (told) {
            return false;
        }
        if (!till) {
            return SAID.matcher(before).find() && isListedWithOthers(text, from, to, start, end);
        }
        return SAID_OF_IT.matcher(before).find()
                || CHARGED.matcher(before).find()
                || isListedWithOthers(text, from, to, start, end)
                || isBill(text, end, to);
    }

    /** Whether a text speaks of paying, in whatever form. */
    static boolean speaksOfPaying(String text) {
        return SAID.matcher(text).find();
    }

    /** Whether the clause says before the name that it is not taken: {@code weder Visa}. */
    static boolean isRefused(String text, int start) {
        return REFUSED.matcher(text.substring(clauseStart(text, start), start)).find();
    }

    /** Whether what is said from a place on is denied right before it: {@code we do not }. */
    static boolean isNegated(String text, int at) {
        return NEGATION.matcher(text)
                .region(Math.max(0, at - NEGATION_REACH), at)
                .useTransparentBounds(true)
                .find();
    }

    private static boolean isBill(String text, int end, int to) {
        return BILL.matcher(text).region(end, to).lookingAt();
    }

    private static boolean isListedWithOthers(String text, int from, int to, int start, int end) {
        Matcher other = OTHER_WAY.matcher(text).region(from, to);
        while (other.find()) {
            String between = other.end() <= start
                    ? text.substring(other.end(), start)
                    : other.start() >= end ? text.substring(end, other.start()) : "";
            if (between.length() <= LIST_GAP && LISTED.matcher(between).find()) {
                return true;
            }
        }
        return false;
    }

    private static String before(String text, int name) {
        return text.substring(Math.max(0, name - REACH), name);
    }

    private static int clauseStart(String text, int name) {
        int from = name;
        while (from > 0 && name - from < REACH && !isEnd(text, from - 1)) {
            from--;
        }
        return from;
    }

    private static int clauseEnd(String text, int name) {
        int to = name;
        while (to < text.length() && to - name < REACH && !isEnd(text, to)) {
            to++;
        }
        return to;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '!' || c == '?' || c == '。' || c == '.' && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
    }
}
