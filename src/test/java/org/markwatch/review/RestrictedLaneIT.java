package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.LaneMoves;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.welfare.Exposure;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@SpringBootTest(
        classes = ConsoleApplication.class,
        // gives the class a database of its own
        properties = "database-of=restricted-lane")
@AutoConfigureMockMvc
@DirtiesContext
class RestrictedLaneIT {
    private static final RequestPostProcessor SUE = ConsoleApplication.account("sue", Role.SUPERVISOR);
    private static final RequestPostProcessor CLEO = ConsoleApplication.account("cleo", Role.CHILD_SAFETY_REVIEWER);
    private static final RequestPostProcessor ADA =
            ConsoleApplication.account("ada", Role.SUPERVISOR, Role.CHILD_SAFETY_REVIEWER);

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private LaneMoves moves;

    @Autowired
    private Claims claims;

    @Autowired
    private Audit audit;

    @Autowired
    private Exposure exposure;

    private long hidden;

    @BeforeEach
    void admit() {
        queue.admit(1, List.of(SampleFindings.flagged("https://kept-apart.example/", "high", "child-safety", 90)));
        hidden = item("kept").id();
        audit.append("ana", "item.view", "item:" + hidden, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/queue",
                "/queue?show=all",
                "/queue?show=all&list=item",
                "/queue?show=all&lane=child-safety",
                "/queue?show=all&text=kept",
                "/queue?show=all&host=kept-apart.example",
                "/held-back",
                "/audit",
                "/audit?action=item.view",
                "/load",
                "/trends",
                "/runs"
            })
    void leavesNoTraceForASupervisorWithoutTheRole(String path) throws Exception {
        assertThat(body(path, SUE))
                .contains("<h1")
                .doesNotContain("hxxps://kept-apart", "/items/" + hidden + "\"", "child-safety</a>");
        assertThat(body(path.startsWith("/queue?show=all") ? path : "/queue", CLEO))
                .contains("/items/" + hidden);
    }

    @Test
    void answers404ForItsItems() throws Exception {
        for (String action :
                List.of("claim", "reveal", "draft", "decide", "free", "assign", "move", "undo", "reopen")) {
            assertThat(mvc.perform(post("/items/" + hidden + "/" + action)
                                    .with(SUE)
                                    .with(csrf())
                                    .param("part", "url")
                                    .param("decision", "1"))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(mvc.perform(get("/items/" + hidden).with(SUE))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(mvc.perform(get("/items/" + hidden).with(CLEO))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
    }

    /** Spring reads 0x1f, #1f and +31 as numbers too. */
    @Test
    void answers404ForAnotherSpellingOfItsNumber() throws Exception {
        String hex = Long.toHexString(hidden);
        for (String spelling : List.of("0x" + hex, "0X" + hex, "#" + hex, "+" + hidden, " " + hidden, "-" + hidden)) {
            assertThat(mvc.perform(post("/items/{id}/claim", spelling).with(SUE).with(csrf()))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(spelling)
                    .isEqualTo(404);
        }
    }

    @Test
    void takesNoNextItemFromIt() throws Exception {
        MvcResult next = mvc.perform(post("/queue/next")
                        .param("lane", "child-safety")
                        .with(SUE)
                        .with(csrf()))
                .andReturn();

        assertThat(next.getResponse().getRedirectedUrl()).isEqualTo("/queue");
    }

    @Test
    void showsItsAuditEntriesToThoseWhoMaySeeIt() throws Exception {
        assertThat(body("/audit?subject=" + hidden, ADA)).contains("opened it");
        assertThat(body("/audit?subject=" + hidden, SUE)).contains("No entry matches", "are left out");
    }

    @Test
    void getsMovedItemsAndKeepsThemWhenARunFlagsThemAgain() throws Exception {
        queue.admit(1, List.of(SampleFindings.flagged("https://moved.example/", "medium", "payment", 50)));
        long id = item("moved").id();
        claims.claim(id, "sue");
        mvc.perform(post("/items/" + id + "/move")
                .param("lane", "child-safety")
                .with(SUE)
                .with(csrf()));
        queue.admit(2, List.of(SampleFindings.flagged("https://moved.example/", "high", "payment", 80)));

        Item moved = item("moved");
        assertThat(moved.lane()).isEqualTo("child-safety");
        assertThat(moved.claim()).isNull();
        assertThat(moved.score()).isEqualTo(80);
        assertThat(audit.entriesOf("item:" + id, 1).getFirst().details())
                .isEqualTo("{\"from\":\"payment\",\"to\":\"child-safety\"}");
        moves.move(id, "payment", "ada");
    }

    /** Whoever may not see the lane sees every page as if the item did not exist, except that the item is gone from it. */
    @Test
    void hidesMovedItemsFromEveryCountAndList() throws Exception {
        RequestPostProcessor sue = ConsoleApplication.account("sue", Role.SUPERVISOR, Role.BRAND_EDITOR);
        List<String> paths = List.of(
                "/queue",
                "/queue?list=item",
                "/queue?list=template",
                "/queue?show=all",
                "/queue?show=all&text=by-hand",
                "/queue?show=all&host=by-hand.example",
                "/queue?show=all&brand=visa",
                "/queue?show=all&group=membership",
                "/queue?show=all&severity=medium",
                "/clusters",
                "/clusters?lane=payment",
                "/held-back",
                "/watchlist/entry?kind=indicator&key=voucher-only",
                "/actions",
                "/agreement",
                "/load",
                "/trends",
                "/runs");
        exposure.record("cleo");
        queue.admit(1, List.of(SampleFindings.flagged("https://stays.example/", "medium", "payment", 50)));
        Map<String, String> before = new LinkedHashMap<>();
        for (String path : paths) {
            before.put(path, text(path, sue));
        }

        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://by-hand.example/1", "medium", "payment", 50),
                        SampleFindings.flagged("https://by-hand.example/2", "medium", "payment", 50)));
        assertThat(text("/queue?show=all", sue)).isNotEqualTo(before.get("/queue?show=all"));
        assertThat(text("/clusters", sue)).isNotEqualTo(before.get("/clusters"));
        for (Item item : items.page(
                        new ItemFilter(ItemFilter.Show.ALL, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, "by-hand"),
                        null,
                        5)
                .items()) {
            moves.move(item.id(), "child-safety", "ada");
            claims.claim(item.id(), "cleo");
        }
        claims.skip(item("by-hand").id(), "cleo");

        assertThat(text("/load", ADA)).contains("cleo 1 item", "have skipped 1 item");
        for (String path : paths) {
            assertThat(text(path, sue)).as(path).isEqualTo(before.get(path));
        }
        assertThat(text("/queue?show=all&text=by-hand", CLEO)).contains("by-hand");
    }

    /** Returns the main part of a page as text. */
    private String text(String path, RequestPostProcessor account) throws Exception {
        return Jsoup.parse(body(path, account)).select("main").text();
    }

    @Test
    void getsReferredItems() throws Exception {
        queue.admit(1, List.of(SampleFindings.flagged("https://referred.example/", "medium", "payment", 50)));
        Item item = item("referred");
        refer(item, "sue");
        assertThat(item("referred").lane()).as("during the second review").isEqualTo("payment");

        refer(item, "tom");

        assertThat(item("referred").lane()).isEqualTo("child-safety");
        assertThat(body("/queue?show=all&text=referred", SUE)).doesNotContain("/items/" + item.id());
    }

    private void refer(Item item, String reviewer) throws Exception {
        claims.claim(item.id(), reviewer);
        mvc.perform(post("/items/" + item.id() + "/decide")
                .param("verdict", "child_safety_referral")
                .param("severity", "high")
                .param("confidence", "low")
                .param("reason", "wording suggests it")
                .param("evidence", item.evidenceSha256())
                .with(ConsoleApplication.account(reviewer, Role.SUPERVISOR))
                .with(csrf()));
    }

    private Item item(String word) {
        return items.page(new ItemFilter(ItemFilter.Show.ALL, "ana", LaneAccess.ALL).with(ItemTerm.TEXT, word), null, 1)
                .items()
                .getFirst();
    }

    private String body(String path, RequestPostProcessor account) throws Exception {
        return mvc.perform(get(path).with(account)).andReturn().getResponse().getContentAsString();
    }
}
