package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
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
    void asksForABusyAddressAgainAfterAWhileOrAfterAReleaseOfItsOwn() throws SQLException {
        AtomicLong nanos = new AtomicLong();
        AddressLock ofOther = ofFirst.tryAcquire(ADDRESS, LIMIT);
        try (WorkerLease lease = WorkerLease.take(database, nanos::get)) {
            AddressLocks locks = new AddressLocks(lease);
            AddressLock own = locks.tryAcquire(ADDRESS, LIMIT);
            assertThat(locks.tryAcquire(ADDRESS, LIMIT).isGranted()).isFalse();
            ofFirst.release(ofOther);

            assertThat(locks.tryAcquire(ADDRESS, LIMIT).isGranted())
                    .as("not asked for again")
                    .isFalse();
            assertThat(locks.tryAcquire(ADDRESS + 1, LIMIT).isGranted()).isTrue();
            nanos.addAndGet(AddressLocks.BUSY_TIME.toNanos());
            assertThat(locks.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
            assertThat(locks.tryAcquire(ADDRESS, LIMIT).isGranted()).isFalse();
            locks.release(own);
            assertThat(locks.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
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
