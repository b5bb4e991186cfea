package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.partition.AddressLocks.AddressLock;
import org.markwatch.database.ConnectionPool;
import org.markwatch.database.DistantDatabase;
import org.markwatch.database.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** Requests of two processes to one address. */
class AddressLocksIT {
    private static final int ADDRESS = 0x7f000001;
    private static final int LIMIT = 2;

    private final PGSimpleDataSource database = TestDatabase.fresh();
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
    void takesTheLocksOfManyRequestsByFewStatements() throws Exception {
        int requests = 200;
        try (DistantDatabase distant = new DistantDatabase(database, Duration.ofMillis(2));
                WorkerLease lease = WorkerLease.take(distant.source(), System::nanoTime);
                ExecutorService crawlers = Executors.newVirtualThreadPerTaskExecutor()) {
            AddressLocks locks = new AddressLocks(lease);
            int before = distant.messages();
            List<Future<Boolean>> granted = crawlers.invokeAll(IntStream.range(0, requests)
                    .mapToObj(request -> (Callable<Boolean>) () -> {
                        AddressLock lock = locks.tryAcquire(ADDRESS + request, LIMIT);
                        locks.release(lock);
                        return lock.isGranted();
                    })
                    .toList());
            assertThat(granted).allMatch(Future::resultNow);
            assertThat(distant.messages() - before).isLessThan(requests / 4);
        }
    }

    @Test
    void endWithTheLeaseOfAProcessWhoseRequestsHang() throws SQLException {
        try (ConnectionPool pool = new ConnectionPool()) {
            pool.setJdbcUrl(database.getUrl());
            pool.setUsername(database.getUser());
            pool.setPassword(database.getPassword());
            WorkerLease ending = WorkerLease.take(pool, System::nanoTime);
            AddressLocks hanging = new AddressLocks(ending);
            for (int i = 0; i < LIMIT; i++) {
                hanging.tryAcquire(ADDRESS, LIMIT);
            }
            ending.close();

            assertThat(ofFirst.tryAcquire(ADDRESS, LIMIT).isGranted()).isTrue();
        }
    }

    @Test
    void failOnceARestartOfTheDatabaseHasReleasedThem() throws SQLException {
        try (WorkerLease lease = WorkerLease.withoutKeeper(database, System::nanoTime)) {
            AddressLocks locks = new AddressLocks(lease);
            locks.tryAcquire(ADDRESS, LIMIT);
            WorkerLeaseIT.restart(database, lease);

            assertThatThrownBy(() -> locks.tryAcquire(ADDRESS + 1, LIMIT)).isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void areTakenAnewAfterARestartOfTheDatabaseWhenNoRequestWasInFlight() throws SQLException {
        try (WorkerLease lease = WorkerLease.withoutKeeper(database, System::nanoTime)) {
            AddressLocks locks = new AddressLocks(lease);
            locks.release(locks.tryAcquire(ADDRESS, LIMIT));
            WorkerLeaseIT.restart(database, lease);

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
