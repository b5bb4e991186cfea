package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.review.view.SavedViews;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

/** Tests filters by age and target, and saved views, in a browser. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=views"})
@AutoConfigureMockMvc
class SavedViewsConsoleIT {
    private static final String PASSWORD = Passwords.generate();

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

    @Autowired
    private SavedViews views;

    @Autowired
    private SettableClock clock;

    @Test
    void keepsAFilterOfLateItemsAndShowsItFirst() {
        accounts.add("ana", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(1, List.of(SampleFindings.flagged("https://old.example.de/", "high", "payment", 80)));
        clock.advance(Duration.ofHours(20));
        queue.admit(2, List.of(SampleFindings.flagged("https://new.example/", "high", "payment", 70)));
        clock.advance(Duration.ofHours(5));
        String address = "http://127.0.0.1:" + port;
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            Page page = browser.signedIn(address, "ana", PASSWORD);
            assertThat(page.locator(".lane")).containsText("1 late");
            assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("old[.]example")))
                    .containsText("late");
            ConsoleBrowser.screenshots(page, "console-queue-late");
            page.locator(".lane .late").click();
            assertThat(page.locator("#list")).containsText("old[.]example");
            assertThat(page.locator("#list")).not().containsText("new[.]example");

            page.getByText("Save or change views").click();
            page.locator("#view-name").fill("late payments");
            page.getByText("Save these filters").click();
            page.getByText("Save or change views").click();
            page.getByText("Show first").click();
            assertThat(page.locator("#list .count")).containsText("late");
            page.navigate(address + "/queue");
            assertThat(page.locator(".views a[aria-current]")).hasText("late payments");
            page.locator(".views").getByText("All open").click();
            assertThat(page.locator("#list")).containsText("new[.]example");
            page.navigate(address + "/queue?suffix=de");
            assertThat(page.locator("#list .count")).containsText("1 item");
            page.navigate(address + "/queue?days=1");
            assertThat(page.locator("#list .count")).containsText("1 item");
            assertThat(ConsoleBrowser.overflowingElements(page)).isEmpty();
        }
    }

    @Test
    void showsANoticeBesideTheViewThatItShowsFirst() throws Exception {
        accounts.add("dora", Set.of(Role.REVIEWER), PASSWORD);
        views.save("dora", "payments", Map.of("lane", "payment"));
        views.makeDefault("dora", "payments");

        mvc.perform(get("/queue")
                        .flashAttr("notice", "Decided.")
                        .with(ConsoleApplication.account("dora", Role.REVIEWER)))
                .andExpect(redirectedUrl("/queue?lane=payment"))
                .andExpect(flash().attribute("notice", "Decided."));
    }

    @Test
    void keepsTwentyViewsOfAnAccountAndShowsThemToNobodyElse() {
        accounts.add("ben", Set.of(Role.REVIEWER), PASSWORD);
        accounts.add("cleo", Set.of(Role.REVIEWER), PASSWORD);
        IntStream.range(0, SavedViews.MOST).forEach(n -> views.save("ben", "view " + n, Map.of("lane", "l" + n)));
        views.save("ben", "view 3", Map.of("lane", "other\0"));

        assertThatThrownBy(() -> views.save("ben", "one more", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Delete one first");
        assertThat(views.of("ben")).hasSize(SavedViews.MOST);
        assertThat(views.of("cleo")).isEmpty();
        views.makeDefault("ben", "view 3");
        views.makeDefault("ben", "view 4");
        assertThat(views.defaultOf("ben").orElseThrow().name()).isEqualTo("view 4");
        views.delete("ben", "view 4");
        assertThat(views.defaultOf("ben")).isEmpty();
    }
}
