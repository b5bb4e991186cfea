package org.markwatch.crawl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.markwatch.crawl.store.HostConnections.SeenConnection;
import org.markwatch.database.TestDatabase;

class HostConnectionsIT {
    private static final String SHOP = "https://shop.example";
    private static final HostConnection BEFORE = new HostConnection(SHOP, "203.0.113.7", certificate("ab"));
    private static final HostConnection AFTER = new HostConnection(SHOP, "203.0.113.7", certificate("cd"));

    private final DataSource database = TestDatabase.fresh();
    private final HostConnections connections = new HostConnections(database);

    @Test
    void keepsARowForEachAddressAndCertificateOfAHost() {
        connections.record(1, Set.of(BEFORE, new HostConnection("http://shop.example", "203.0.113.7", null)));
        connections.record(2, Set.of(BEFORE));
        connections.record(2, Set.of(BEFORE));
        connections.record(3, Set.of(AFTER));

        List<SeenConnection> stored = connections.of(SHOP, 5);

        assertThat(stored).containsExactly(new SeenConnection(AFTER, 3, 3), new SeenConnection(BEFORE, 1, 2));
        assertThat(stored.getFirst().connection().certificate())
                .usingRecursiveComparison()
                .isEqualTo(AFTER.certificate());
        assertThat(connections.of(SHOP, 1)).hasSize(1);
        assertThat(connections.of("http://shop.example", 5)).hasSize(1);
    }

    @Test
    void purgesWhatNoLaterRunSawAndAllButTheLatestOfAHostExceptUnderAHold() {
        connections.record(1, Set.of(BEFORE, new HostConnection("https://held.example:8443", "203.0.113.9", null)));
        connections.record(2, Set.of(AFTER));
        LongStream.rangeClosed(1, 30)
                .forEach(run -> connections.record(
                        run, Set.of(new HostConnection("http://cdn.example", "198.51.100." + run, null))));

        long counted = connections.count(1, Set.of("held.example"));

        assertThat(connections.delete(1, Set.of("held.example")))
                .isEqualTo(counted)
                .isEqualTo(1 + 10);
        assertThat(connections.of(SHOP, 50)).containsExactly(new SeenConnection(AFTER, 2, 2));
        assertThat(connections.of("https://held.example:8443", 50)).hasSize(1);
        assertThat(connections.of("http://cdn.example", 50))
                .hasSize(20)
                .first()
                .extracting(SeenConnection::lastRun)
                .isEqualTo(30L);
    }

    private static ServerCertificate certificate(String byteOfHash) {
        return new ServerCertificate(
                byteOfHash.repeat(32),
                List.of("shop.example", "*.shop.example"),
                3,
                "CN=shop.example",
                "CN=Some Authority",
                Instant.parse("2027-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"));
    }
}
