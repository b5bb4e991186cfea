package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.action.Action;
import org.markwatch.queue.action.Actions;
import org.markwatch.queue.cluster.BulkPlans;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What becomes of actions after decisions. */
@SpringBootTest(classes = ConsoleApplication.class)
@AutoConfigureMockMvc
class ActionPagesIT {
    @Autowired
    private MockMvc mvc;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Actions actions;

    @Autowired
    private BulkPlans plans;

    @Autowired
    private StubRecrawls recrawls;

    @Autowired
    private DataSource database;

    @Test
    void makesThePageOfAnUndeterminedItemDue() throws Exception {
        queue.admit(1, List.of(SampleFindings.flagged("https://recrawl-one.example/", "x")));
        Item item = all("recrawl-one").getFirst();
        decide("ana", item, "undetermined");

        assertThat(recrawls.due()).contains(item.url());
        assertThat(actions.done(item.id())).extracting(Action::doneBy).containsExactly("system");
    }

    @Test
    void makesThePagesOfAClusterDueOnceASecondPersonAgrees() throws Exception {
        queue.admit(
                1,
                IntStream.range(0, 3)
                        .mapToObj(n -> SampleFindings.flagged("https://recrawl-many.example/" + n, "x"))
                        .toList());
        List<Item> found = all("recrawl-many");
        long cluster = JdbcClient.create(database)
                .sql("select id from cluster where kind = 'host' and value = 'recrawl-many.example'")
                .query(Long.class)
                .single();

        decideTogether("ana", cluster, found);
        assertThat(recrawls.due()).doesNotContain(found.getFirst().url());
        decideTogether("ben", cluster, found);

        assertThat(recrawls.due()).containsAll(found.stream().map(Item::url).toList());
        assertThat(found).allSatisfy(item -> assertThat(actions.done(item.id())).hasSize(1));
    }

    @Test
    void showsAnActionUntilItIsDoneThoughTheEvidenceChanges() throws Exception {
        String url = "https://dispatch.example/";
        queue.admit(1, List.of(SampleFindings.flagged(url, "x")));
        Item item = all("dispatch").getFirst();
        decide("ana", item, "acceptance_suspected");
        queue.admit(2, List.of(SampleFindings.flagged(url, "y")));

        assertThat(page("/actions")).contains("dispatch[.]example", "evidence changed since");
        assertThat(page("/items/" + item.id())).contains("evidence changed since");
        assertThat(page("/items/" + item.id() + "/packet"))
                .contains("SHA-256 of the evidence: " + item.evidenceSha256(), "has changed since the decision");
        mvc.perform(post("/items/" + item.id() + "/action/done")
                .param("receipt", "sent as 4711")
                .with(ConsoleApplication.account("ana", Role.REVIEWER))
                .with(csrf()));

        assertThat(page("/actions")).doesNotContain("dispatch[.]example");
        assertThat(page("/items/" + item.id())).contains("sent as 4711");
        decide("ana", all("dispatch").getFirst(), "false_positive");
        assertThat(page("/items/" + item.id())).contains("sent as 4711");
    }

    private void decide(String reviewer, Item item, String verdict) throws Exception {
        claims.claim(item.id(), reviewer);
        send(reviewer, "/items/" + item.id() + "/decide", verdict, item.evidenceSha256());
    }

    private void decideTogether(String reviewer, long cluster, List<Item> sample) throws Exception {
        for (Item item : sample) {
            mvc.perform(get("/items/" + item.id()).with(ConsoleApplication.account(reviewer, Role.REVIEWER)));
        }
        send(
                reviewer,
                "/clusters/" + cluster + "/decide",
                "undetermined",
                plans.plan(cluster, "", reviewer, LaneAccess.ALL).token());
    }

    private void send(String reviewer, String path, String verdict, String evidence) throws Exception {
        MockHttpServletRequestBuilder decision = post(path)
                .param("verdict", verdict)
                .param("severity", "medium")
                .param("confidence", "low")
                .param("reason", "login or age check")
                .param("evidence", evidence);
        assertThat(mvc.perform(decision.with(ConsoleApplication.account(reviewer, Role.REVIEWER))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(302);
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(path).with(ConsoleApplication.account("ana", Role.REVIEWER)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private List<Item> all(String word) {
        return items.page(new ItemFilter(ItemFilter.Show.ALL, "", LaneAccess.ALL).with(ItemTerm.TEXT, word), null, 10)
                .items();
    }
}
