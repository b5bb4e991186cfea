package org.markwatch.match;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;

/** Small watchlists for tests of matching and scoring. */
public final class Watchlists {
    private Watchlists() {}

    public static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    public static final Brand VISA = new Brand(
            "visa",
            "Visa",
            List.of("Visa Card", "Visa Debit", "Visa Electron", "VISAカード", "ビザ"),
            List.of("Visa", "ビザ"),
            List.of("visa", "visa-logo", "verified-by-visa", "visa-1", "cc-visa", "icon-visa"),
            List.of("fa-cc-visa", "pf-visa", "visa", "cc-visa"),
            List.of("visa.com", "visa.co.uk"),
            List.of(new Brand.AuthorisedMerchant("shop.example", "brand desk", LocalDate.of(2026, 12, 31))),
            false);
    public static final Brand MASTERCARD = new Brand(
            "mastercard",
            "Mastercard",
            List.of("Master Card", "万事达卡"),
            List.of("mc", "master"),
            List.of("mastercard", "master-card", "mc", "master"),
            List.of("fa-cc-mastercard", "pf-mastercard", "mc", "mastercard"),
            List.of("mastercard.com"),
            List.of(),
            false);
    public static final Brand PAYPAL = new Brand(
            "paypal",
            "PayPal",
            List.of("Pay Pal"),
            List.of(),
            List.of("paypal", "paypal-mark-color"),
            List.of("fa-paypal", "fa-cc-paypal", "paypal"),
            List.of("paypal.com", "paypalobjects.com"),
            List.of(),
            false);
    public static final Brand AMEX = new Brand(
            "amex",
            "American Express",
            List.of("Amex"),
            List.of(),
            List.of("amex", "american-express"),
            List.of("fa-cc-amex"),
            List.of("americanexpress.com"),
            List.of(),
            false);
    public static final Brand DISCOVER = new Brand(
            "discover",
            "Discover",
            List.of("Discover Card"),
            List.of("Discover"),
            List.of("discover"),
            List.of("fa-cc-discover", "discover"),
            List.of("discover.com"),
            List.of(),
            false);
    public static final Brand MAESTRO = new Brand(
            "maestro",
            "Maestro",
            List.of("Maestro Card"),
            List.of("Maestro"),
            List.of("maestro"),
            List.of("pf-maestro"),
            List.of("maestrocard.com"),
            List.of(),
            false);
    public static final Brand UNIONPAY = new Brand(
            "unionpay",
            "UnionPay",
            List.of("Union Pay", "银联"),
            List.of("cup", "cup-fill"),
            List.of("unionpay", "cup", "cup-fill"),
            List.of("pf-unionpay"),
            List.of("unionpay.com"),
            List.of(),
            false);
    public static final Brand JCB = new Brand(
            "jcb",
            "JCB",
            List.of("J/Secure"),
            List.of("global"),
            List.of("jcb"),
            List.of("fa-cc-jcb", "jcb"),
            List.of("jcb.jp", "jcbusa.com", "global.jcb"),
            List.of(),
            false);

    public static final Brand GOOGLE_PAY = new Brand(
            "google-pay",
            "Google Pay",
            List.of("GooglePay"),
            List.of("gpay"),
            List.of("google-pay", "gpay"),
            List.of("fa-google-pay"),
            List.of("pay.google.com"),
            List.of(),
            false);

    public static final List<Brand> BRANDS = List.of(VISA, MASTERCARD, PAYPAL, AMEX, DISCOVER, MAESTRO, UNIONPAY, JCB);

    public static final Policy POLICY = new Policy(
            Map.of(
                    "marks", new Policy.Group("Marks", 40),
                    "acceptance", new Policy.Group("Acceptance", 15, Policy.Effect.ACCEPTANCE_WORDING),
                    "crypto", new Policy.Group("Crypto", 35),
                    "voucher", new Policy.Group("Vouchers", 30),
                    "news", new Policy.Group("News", 20, Policy.Effect.DESCRIBES_MARKS),
                    "travel-visa", new Policy.Group("Travel", 25, Policy.Effect.OTHER_MEANING)),
            Map.of(
                    "acceptance", 15,
                    "logo", 12,
                    "impersonation", 40,
                    "lookalike-host", 35,
                    "asset", 15,
                    "mention", 2),
            25,
            List.of(new Policy.Band("low", 25, 1), new Policy.Band("medium", 40, 1), new Policy.Band("high", 60, 2)),
            List.of(
                    new Policy.Lane("child-safety", List.of(), List.of(), true),
                    new Policy.Lane("appeal", List.of(), List.of()),
                    new Policy.Lane("brand", List.of("impersonation", "lookalike-host"), List.of()),
                    new Policy.Lane("payment", List.of(), List.of("crypto", "voucher")),
                    new Policy.Lane("general", List.of(), List.of())),
            100,
            List.of(
                    new Policy.PaymentMethod("cards", "Payment cards", Set.of(), Set.of("visa")),
                    new Policy.PaymentMethod("voucher", "Vouchers", Set.of("voucher"), Set.of())));

    public static Indicator indicator(String id, Indicator.Type type, String pattern, String group, int weight) {
        return indicator(id, type, pattern, group, weight, EnumSet.allOf(Field.class));
    }

    public static Indicator indicator(
            String id, Indicator.Type type, String pattern, String group, int weight, Set<Field> scope) {
        return new Indicator(
                id,
                1,
                type,
                pattern,
                group,
                weight,
                scope,
                "",
                Indicator.State.LIVE,
                null,
                null,
                "test",
                List.of(),
                List.of());
    }

    public static Indicator in(
            Indicator indicator, Indicator.State state, @Nullable LocalDate from, @Nullable LocalDate until) {
        return new Indicator(
                indicator.id(),
                indicator.version(),
                indicator.type(),
                indicator.pattern(),
                indicator.group(),
                indicator.weight(),
                indicator.scope(),
                indicator.language(),
                state,
                from,
                until,
                indicator.source(),
                indicator.match(),
                indicator.noMatch());
    }

    /** Returns the brands without indicators, with other points of acceptance claims. */
    static Watchlist with(EvidenceTable acceptance) {
        EvidenceTables evidence = new EvidenceTables(
                acceptance,
                EvidenceTables.builtIn().logo(),
                EvidenceTables.builtIn().impersonation());
        Watchlist plain = of(BRANDS, List.of());
        return new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                plain.policy(),
                plain.lexicon(),
                evidence,
                plain.rulesetSha256(),
                null);
    }

    public static Watchlist of(List<Brand> brands, List<Indicator> indicators) {
        Settings settings = new Settings(
                new Settings.ScheduleSettings("", ZoneOffset.UTC),
                new Settings.CrawlSettings(
                        "markwatch",
                        "",
                        1,
                        Duration.ofSeconds(1),
                        1,
                        1,
                        1,
                        Duration.ofSeconds(1),
                        1,
                        Set.of(80),
                        Map.of(),
                        List.of(),
                        Settings.PolitenessSettings.DEFAULTS),
                new Settings.ReviewSettings("127.0.0.1", 0, Duration.ofMinutes(1)));
        return new Watchlist(settings, List.of(), brands, indicators, POLICY, "0".repeat(64));
    }
}
