package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;

class PageSearchTest {
    private static final List<Indicator> RULES = List.of(
            rule("phrase", Indicator.Type.PHRASE, "card accepted"),
            rule("accent", Indicator.Type.PHRASE, "paiement sécurisé"),
            rule("unspaced", Indicator.Type.PHRASE, "万事达"),
            rule("host", Indicator.Type.HOST, "pay.example"),
            rule("word", Indicator.Type.REGEX, "\\bonly [0-9]{1,3} left\\b"),
            rule("sign", Indicator.Type.REGEX, "€ ?[0-9]{1,3}"),
            rule("account", Indicator.Type.ACCOUNT, "iban"),
            rule("coin", Indicator.Type.ACCOUNT, "litecoin"),
            rule("price", Indicator.Type.PRICE, "EUR 5-20"));
    private static final List<String> PIECES = List.of(
            "card accepted",
            "c a r d accepted",
            "c4rd accepted",
            "card — accepted",
            "paiement sécurisé",
            "万事达",
            "https://pay.example/a",
            "–pay.example",
            "only 3 left",
            "€ 12",
            "12 EUR",
            "DE89 3704 0044 0532 0130 00",
            "IBAN:",
            "LNxznbRYqqiNVKeagYBiGDLraGKaGxjKPf",
            "Visa",
            "we accept",
            "V1SA",
            "a b",
            "x",
            "»",
            "…",
            "\u200b",
            "the quick brown fox ");
    private static final Field[] FIELDS = {Field.TEXT, Field.TEXT, Field.HEADING, Field.LINK, Field.IMAGE, Field.META};

    private static Indicator rule(String id, Indicator.Type type, String pattern) {
        return Watchlists.indicator("test." + id, type, pattern, "checkout", 5, EnumSet.allOf(Field.class));
    }

    /** Most passages are passed over at a glance; an expression without a literal makes each of them be read. */
    @Test
    void findsInPassagesThatItPassesOverWhatItFindsWhenItReadsThem() {
        Random random = new Random(7);
        int found = 0;
        for (List<Brand> brands : List.of(List.<Brand>of(), List.of(Watchlists.VISA))) {
            for (int set = 0; set < 1 << RULES.size(); set += 1 + random.nextInt(14)) {
                int chosen = set;
                List<Indicator> some = IntStream.range(0, RULES.size())
                        .filter(rule -> (chosen & 1 << rule) != 0)
                        .mapToObj(RULES::get)
                        .toList();
                List<Indicator> all = new ArrayList<>(some);
                all.add(rule("anything", Indicator.Type.REGEX, "[\\x01\\x02]"));
                Matcher quick = Matcher.compile(Watchlists.of(brands, some), Watchlists.TODAY);
                Matcher thorough = Matcher.compile(Watchlists.of(brands, all), Watchlists.TODAY);
                for (int round = 0; round < 20; round++) {
                    PageText page = page(random);
                    List<Match> matches = quick.match(page);
                    assertThat(matches).as("%s", page.passages()).isEqualTo(thorough.match(page));
                    found += matches.size();
                }
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    private static final Watchlist OF_BRANDS = Watchlists.of(Watchlists.BRANDS, List.of());
    private static final List<String> WEIGHED_TEXTS = List.of(
            "PayPal",
            "19.90 USD",
            "account number",
            "12345678",
            "visamc",
            "visamc.png",
            "Add to cart",
            "mypassword",
            "mycardnumber",
            "Contact",
            "wide header visamc figure lead",
            "payment methods: visamc, mastercardvisa");
    private static final List<String> WEIGHED_DETAILS =
            List.of("p", "class", "alt", "src", "href", "value", "price", "paymentMethods[]", "article:published_time");
    private static final List<Field> WEIGHED_FIELDS = List.of(
            Field.TEXT,
            Field.HEADING,
            Field.LINK,
            Field.IMAGE,
            Field.FORM,
            Field.JSON_LD,
            Field.META,
            Field.SCRIPT_DATA);

    private static Pages claim() {
        return Pages.page().text("the quick brown fox ".repeat(20)).text("Pay us by PayPal");
    }

    /** What a passage says may depend on its detail and on the passage before it. */
    @Test
    void weighsAPassageTheSameWhateverWasReadOfItsTextBefore() {
        Matcher kept = Matcher.compile(OF_BRANDS, Watchlists.TODAY);
        for (String before : List.of("Contact", "account number")) {
            for (String detail : WEIGHED_DETAILS) {
                Matcher once = Matcher.compile(OF_BRANDS, Watchlists.TODAY);
                for (Field field : WEIGHED_FIELDS) {
                    for (String text : WEIGHED_TEXTS) {
                        PageText page =
                                claim().text(before).with(field, detail, text).build();
                        assertThat(kept.evidence(page))
                                .as("%s", page.passages())
                                .isEqualTo(once.evidence(page));
                    }
                }
            }
        }
    }

    @Test
    void weighsEachPageAsAMatcherThatHasSeenNoOther() {
        Matcher kept = Matcher.compile(OF_BRANDS, Watchlists.TODAY);
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            Pages page = claim();
            for (int n = random.nextInt(6); n >= 0; n--) {
                page.with(one(WEIGHED_FIELDS, random), one(WEIGHED_DETAILS, random), one(WEIGHED_TEXTS, random));
            }
            PageText text = page.build();
            assertThat(kept.evidence(text))
                    .as("%s", text.passages())
                    .isEqualTo(Matcher.compile(OF_BRANDS, Watchlists.TODAY).evidence(text));
        }
    }

    @Test
    void findsOnALaterPageWhatOnAnEarlierOneHadAnotherDetailOrType() {
        Matcher selector = matcher(rule("typed", Indicator.Type.SELECTOR, "jsonld:Offer.price"));
        Matcher phrase = matcher(rule("phrase", Indicator.Type.PHRASE, "card accepted"));
        Pages price = Pages.page().with(Field.JSON_LD, "price", "5");
        PageText address =
                Pages.page().with(Field.LINK, "href", "c4rd accepted").build();
        PageText words = Pages.page().with(Field.LINK, "a", "c4rd accepted").build();

        assertThat(selector.match(price.build())).isEmpty();
        assertThat(selector.match(price.with(Field.JSON_LD, "@type", "Offer").build()))
                .hasSize(1);
        assertThat(phrase.match(address)).isEmpty();
        assertThat(phrase.match(words)).hasSize(1);
        assertThat(phrase.match(words)).hasSize(1);
    }

    private static Matcher matcher(Indicator indicator) {
        return Matcher.compile(Watchlists.of(List.of(), List.of(indicator)), Watchlists.TODAY);
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static PageText page(Random random) {
        Pages page = Pages.page();
        for (int n = random.nextInt(8); n >= 0; n--) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(4); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "" : " ");
            }
            Field field = FIELDS[random.nextInt(FIELDS.length)];
            page.with(field, field == Field.LINK ? "a" : "", text.toString().strip());
        }
        return page.build();
    }
}
