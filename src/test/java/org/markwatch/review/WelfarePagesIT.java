package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.queue.welfare.Exposure;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Which requests count as work, and what a break closes. */
@SpringBootTest(classes = ConsoleApplication.class)
@AutoConfigureMockMvc
class WelfarePagesIT {
    @Autowired
    private MockMvc mvc;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Exposure exposure;

    @Autowired
    private Drafts drafts;

    @Autowired
    private SettableClock clock;

    @Autowired
    private DataSource database;

    private long item;
    private long cluster;

    @BeforeEach
    void admit() {
        queue.admit(1, List.of(SampleFindings.flagged("https://work.example/", "x")));
        item = number("select id from item where host = 'work.example'");
        cluster = number("select id from cluster where kind = 'host' and value = 'work.example'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/ITEM", "/%69tems/ITEM", "/clusters/CLUSTER", "/clu%73ters/CLUSTER"})
    void countsViewsAsWorkHoweverThePathIsSpelled(String path) throws Exception {
        String name = "count" + path.replaceAll("[^a-z0-9]", "-");
        URI address = URI.create(path.replace("ITEM", "" + item).replace("CLUSTER", "" + cluster));
        for (int view = 0; view < 2; view++) {
            clock.advance(Duration.ofMinutes(2));
            mvc.perform(get(address).with(reviewer(name))).andExpect(status().isOk());
        }

        assertThat(exposure.standing(name).today()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void closesClustersDuringABreakAndKeepsWhatWasEntered() throws Exception {
        exposure.record("paul");
        while (exposure.standing("paul").until() == null) {
            clock.advance(Duration.ofMinutes(3));
            exposure.record("paul");
        }

        mvc.perform(get("/clusters/" + cluster).with(reviewer("paul"))).andExpect(redirectedUrl("/break"));
        mvc.perform(post("/clusters/" + cluster + "/decide")
                        .param("draft", "1")
                        .param("note", "typed before the break")
                        .with(reviewer("paul"))
                        .with(csrf()))
                .andExpect(redirectedUrl("/break"));
        mvc.perform(get("/clusters").with(reviewer("paul"))).andExpect(status().isOk());

        assertThat(drafts.findOfCluster(cluster, "paul").orElseThrow().fields())
                .containsEntry("note", "typed before the break");
    }

    private static RequestPostProcessor reviewer(String name) {
        return ConsoleApplication.account(name, Role.REVIEWER);
    }

    private long number(String query) {
        return JdbcClient.create(database).sql(query).query(Long.class).single();
    }
}
