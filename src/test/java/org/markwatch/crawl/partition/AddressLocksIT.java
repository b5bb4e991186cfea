package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.partition.AddressLocks.AddressLock;
import org.markwatch.database.TestDatabase;

/** Requests of two processes to one address. */
class AddressLocksIT {
    private static final int ADDRESS = 0x7f000001;
    private static final int LIMIT = 2;

    private final DataSource database = TestDatabase.fresh();
    private final WorkerLease first = WorkerLease.take(database, System::nanoTime);
    private final WorkerLease second = WorkerLease.take(database, System::nanoTime);
    private final AddressLocks ofFirst = new AddressLocks(first);
    private final AddressLocks ofSecond = new AddressLocks(second);

    AddressLocksIT() throws SQLException {}

    @AfterEach
    void end() {
        first.close();
        second.close();
    }

    @Test
    void limitsRequestsOfAllProcessesToOneAddress() {
        AddressLock one = ofFirst.tryAcquire(ADDRESS, LIMIT);
        AddressLock two = ofFirst.tryAcquire(ADDRESS, LIMIT);

        assertThat(one.isGranted()).isTrue();
        assertThat(two.isGranted()).isTrue();
        assertThat(ofFirst.tryAcquire(ADDRESS, LIMIT).isGranted()).isFalse();
        assertThat(ofSecond.tryAcquire(ADDRESS, LIMIT).isGranted()).isFalse();
    }

    @Test
    void countsRequestsThatBeganBeforeASecondProcessJoined() throws SQLException {
        second.close();
        for (int i = 0; i < LIMIT; i++) {
            assertThat(ofFirst.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
        }

        try (WorkerLease late = WorkerLease.take(database, System::nanoTime)) {
            assertThat(new AddressLocks(late).tryAcquire(ADDRESS, LIMIT).isGranted())
                    .isFalse();
        }
    }

    @Test
    void passesReleasedRequestToAnotherProcess() {
        AddressLock one = ofFirst.tryAcquire(ADDRESS, LIMIT);
        ofFirst.tryAcquire(ADDRESS, LIMIT);
        ofFirst.release(one);

        assertThat(ofSecond.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
        assertThat(ofFirst.tryAcquire(ADDRESS, LIMIT).isGranted()).isFalse();
    }

    @Test
    void limitsEachOfTwoAdjacentAddresses() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(ofFirst.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
            assertThat(ofFirst.tryAcquire(ADDRESS + 1, LIMIT).isGranted()).isTrue();
        }
        assertThat(ofSecond.tryAcquire(ADDRESS + 1, LIMIT).isGranted()).isFalse();
    }
}
