package org.markwatch.review.team;

import java.util.List;
import java.util.Optional;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;

/** Finds one rule in each page. Keeps the text of pages on {@code kept.example} and of {@code kept-apart.example}. */
public final class StubRuleTrial implements RuleTrial {
    static final String SNIPPET = "buy with a voucher\u202E at https://shop.example/<b>";

    @Override
    public TriedPage html(Watchlist watchlist, HttpUrl url, String html, boolean masked) {
        return page("payment");
    }

    @Override
    public Optional<TriedPage> kept(Watchlist watchlist, HttpUrl url, boolean masked) {
        return switch (url.host()) {
            case "kept.example", "kept-apart.example" -> Optional.of(page("payment"));
            case "restricted.example" -> Optional.of(page("child-safety"));
            default -> Optional.empty();
        };
    }

    private static TriedPage page(String lane) {
        return new TriedPage(
                true,
                "",
                10,
                "low",
                lane,
                true,
                List.of(new UsedBrand("visa", "mention")),
                List.of(new TriedReason("voucher-only@2", "voucher", "text", 10, 1, false, 0, SNIPPET, 11, 18)),
                List.of(new TriedMatch("help-page@1", "text", "help")),
                List.of(new TriedUse("visa", "acceptance", 20, 40, false, List.of("+20 says 'we accept Visa'"))),
                List.of(new TriedMiss("review_from", "10 of 25 points")));
    }

    @Override
    public TriedChange compare(Watchlist before, Watchlist after, int most) {
        return new TriedChange(
                most,
                List.of(
                        changed("https://open.example/secret-path", "payment"),
                        changed("https://kept-apart.example/", "payment"),
                        changed("https://restricted.example/", "child-safety")));
    }

    private static ChangedPage changed(String url, String lane) {
        return new ChangedPage(
                HttpUrl.of(url), 20, 30, false, true, List.of("none", lane), List.of("+10 voucher-only@2"));
    }
}
