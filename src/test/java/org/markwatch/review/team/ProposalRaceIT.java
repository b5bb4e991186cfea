package org.markwatch.review.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.SettableClock;
import org.markwatch.watchlist.edit.EditException;
import org.markwatch.watchlist.edit.EntryChange;
import org.markwatch.watchlist.edit.EntryKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two consoles with one database and one job-config folder. */
class ProposalRaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SettableClock clock = new SettableClock();
    private final TestJobConfig config = new TestJobConfig();
    private final Proposals proposals = new Proposals(database, clock);
    private final Audit audit = new Audit(database, clock);
    private final ScheduleChanges schedules = new ScheduleChanges(config, () -> null);
    private final ProposalReview first = new ProposalReview(proposals, config, schedules, audit, database);
    private final ProposalReview second = new ProposalReview(proposals, config, schedules, audit, database);

    @Test
    void approvesAProposalOnceWhenTwoPeopleDoSoAtOnce() throws Exception {
        long proposal = propose("https://shop.example/");

        List<ProposalReview.Outcome> outcomes =
                atOnce("select * from watchlist_proposal where id = " + proposal + " for update", proposal, proposal);

        assertThat(outcomes).extracting(ProposalReview.Outcome::done).containsExactlyInAnyOrder(true, false);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.done())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.words().english())
                        .isEqualTo("Proposal " + proposal + " is written already."));
        assertThat(audit.entriesOf("proposal:" + proposal, 10))
                .extracting(AuditEntry::action)
                .containsExactly("watchlist.write", "watchlist.approve", "watchlist.propose");
    }

    @Test
    void writesOneOfTwoChangesOfTheSameFile() throws Exception {
        long shop = propose("https://shop.example/");
        long other = propose("https://other.example/");

        List<ProposalReview.Outcome> outcomes = atOnce(
                "select pg_advisory_xact_lock(hashtextextended('markwatch job-config " + config.folder() + "', 0))",
                shop,
                other);

        assertThat(outcomes).extracting(ProposalReview.Outcome::done).containsExactlyInAnyOrder(true, false);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.done())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.words().english())
                        .contains("seeds.csv is not the file that the difference was made against"));
        assertThat(Files.readAllLines(config.folder().resolve("seeds.csv"))).hasSize(2);
    }

    private long propose(String seed) throws EditException {
        EntryChange change =
                new EntryChange(EntryChange.EntryAction.RETIRE, EntryKind.SEED, "seeds.csv", seed, Map.of());
        return first.propose(change, first.check(change).file(), "tested", "pia");
    }

    /** Lets both consoles approve a proposal while a lock keeps both of them waiting, and returns what they answer. */
    private List<ProposalReview.Outcome> atOnce(String lock, long ofFirst, long ofSecond) throws Exception {
        try (ExecutorService people = Executors.newFixedThreadPool(2);
                Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            try (PreparedStatement held = holder.prepareStatement(lock)) {
                held.execute();
            }
            Future<ProposalReview.Outcome> tom = people.submit(() -> first.approve(ofFirst, "tom"));
            Future<ProposalReview.Outcome> una = people.submit(() -> second.approve(ofSecond, "una"));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (waiting() < 2 && System.nanoTime() < deadline && !(tom.isDone() && una.isDone())) {
                Thread.onSpinWait();
            }
            assertThat(waiting()).as("consoles that wait for the lock").isEqualTo(2);
            holder.commit();
            return List.of(tom.get(), una.get());
        }
    }

    private int waiting() {
        return jdbc.sql(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .query(Integer.class)
                .single();
    }
}
