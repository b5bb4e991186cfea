package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "gift card~[card]",
                "giftcard~[giftcard]",
                "\\bgift cards?\\b~[gift card]",
                "[0-9]+ ?(?:usd|eur|gbp)~[ usd,  eur,  gbp, usd, eur, gbp]",
                "(?i)\\bOrder No\\. [^0]+~[order no. ]",
                "\\bplan (for )?[xy]~[plan for x, plan for y, plan x, plan y]",
                "membership (for )?[0-9]+ days~[days]",
                "a|membership~[]",
                "[a-z]+~[]",
                "x*membershi(p)~[membership]",
                "(?P<price>[^x]+) coins{2,}~[coins]",
                "\\x{20AC}[0-9]+ monthly~[monthly]",
                "[]x] tokens~[tokens]",
                "[]x]tokens~[]tokens, xtokens]",
                "(接受|支持)(信用卡|银行卡)~[接受信用卡, 接受银行卡, 支持信用卡, 支持银行卡]",
                "\\$[0-9x]~[$]",
                "pay(?:ment)?~[pay]",
                "\\b(pay|send) (by|via) .*wire~[pay by , pay via , send by , send via ]",
                "\\b[1-9][0-9]% (off|discount)~[off, discount]",
                "\\Qpay.me\\E~[]"
            })
    void findsWhatEveryMatchContains(String regex, String literals) {
        assertThat(RequiredLiterals.of(regex).strings().toString()).isEqualTo(literals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\\bgift card~true",
                "gift card~false",
                "^gift card~true",
                "\\b(?:gift|store) card~true",
                "\\b(?:gift|.store) card~false",
                "\\Bgift card~false",
                "\\b!gift card~false",
                "x?gift card~false"
            })
    void tellsWhetherEachMatchBeginsWithOneThatOpensAWord(String regex, boolean expected) {
        RequiredLiterals literals = RequiredLiterals.of(regex);

        assertThat(literals.openWords() && literals.lead()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"day [0-9]{2}~true", "day \\d~true", "day [0-9]?x~false", "day (5|x)~false", "day (5|6)~true"})
    void tellsWhetherEachMatchHasADigit(String regex, boolean expected) {
        assertThat(RequiredLiterals.of(regex).needsDigit()).isEqualTo(expected);
    }

    /** Makes an expression and, with the same choices, a text that it matches. */
    private static final class Made {
        private static final String[] LITERALS = {"pay", "gift", "a", " ", "-", "9", "card ", "支付", "é"};
        private final Random random;
        final StringBuilder regex = new StringBuilder();
        final StringBuilder match = new StringBuilder();

        Made(Random random, int depth) {
            this.random = random;
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                item(depth);
            }
        }

        private void item(int depth) {
            String regexItem;
            String one;
            String other;
            switch (random.nextInt(depth > 0 ? 6 : 5)) {
                case 0 -> {
                    regexItem = "[0-9]";
                    one = "" + random.nextInt(10);
                    other = "" + random.nextInt(10);
                }
                case 1 -> {
                    regexItem = "[ax-]";
                    one = "-";
                    other = "a";
                }
                case 2 -> {
                    regexItem = ".";
                    one = "q";
                    other = "!";
                }
                case 5 -> {
                    Made first = new Made(random, depth - 1);
                    Made second = new Made(random, depth - 1);
                    boolean swap = random.nextBoolean();
                    regexItem = "(" + first.regex + "|" + second.regex + ")";
                    one = (swap ? first : second).match.toString();
                    other = first.match.toString();
                }
                default -> {
                    regexItem = LITERALS[random.nextInt(LITERALS.length)];
                    one = regexItem;
                    other = regexItem;
                    if (regexItem.length() > 1) {
                        regexItem = "(?:" + regexItem + ")";
                    }
                }
            }
            regex.append(random.nextInt(4) == 0 ? "\\b" : "").append(regexItem);
            match.append(
                    switch (random.nextInt(6)) {
                        case 0 -> {
                            regex.append('?');
                            yield random.nextBoolean() ? one : "";
                        }
                        case 1 -> {
                            regex.append('+');
                            yield one + other;
                        }
                        case 2 -> {
                            regex.append('*');
                            yield random.nextBoolean() ? one + other : "";
                        }
                        default -> one;
                    });
        }
    }

    /** The expression itself decides: what it finds must be found through the literals too. */
    @Test
    void neverMissesAMatch() {
        Random random = new Random(11);
        int matches = 0;
        for (int round = 0; round < 5_000; round++) {
            Made made = new Made(random, 2);
            RequiredLiterals literals = RequiredLiterals.of(made.regex.toString());
            String text = (random.nextBoolean() ? "x" : " ") + made.match + (random.nextBoolean() ? "x" : " ");
            com.google.re2j.Matcher matcher =
                    Pattern.compile(made.regex.toString()).matcher(text);
            if (literals.strings().isEmpty() || !matcher.find()) {
                continue;
            }
            matches++;
            String found = matcher.group();
            String as = made.regex + " in '" + text + "' by " + literals;
            assertThat(literals.strings()).as(as).anyMatch(found::contains);
            if (literals.lead()) {
                assertThat(literals.strings()).as(as).anyMatch(found::startsWith);
            }
            if (literals.needsDigit()) {
                assertThat(found).as(as).matches("(?s).*[0-9].*");
            }
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            if (literals.openWords() && ascii) {
                assertThat(literals.strings()).as(as).anyMatch(one -> opensWord(text, one));
            }
        }
        assertThat(matches).isGreaterThan(500);
    }

    private static boolean opensWord(String text, String literal) {
        for (int at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
            if (Character.isLetterOrDigit(text.charAt(at))
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
                return true;
            }
        }
        return false;
    }
}
