package org.markwatch.crawl.partition;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.markwatch.crawl.partition.AddressLocks.AddressLock;
import org.markwatch.database.DistantDatabase;
import org.markwatch.database.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code scripts/bench locks}: requests for which one process takes and releases the lock of an address, by the round trip to the
 * database. Each crawler thread makes requests that take no time, to an address of its own.
 */
public final class AddressLocksBench {
    private static final int LIMIT = 4;

    private AddressLocksBench() {}

    /** Arguments: crawler threads, seconds for each round trip. */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[1]));
        PGSimpleDataSource database = TestDatabase.fresh();
        for (long millis : List.of(0L, 1L, 5L, 20L)) {
            try (DistantDatabase distant = new DistantDatabase(database, Duration.ofMillis(millis))) {
                rate(distant, threads, Duration.ofSeconds(1)); // warm-up
                System.out.printf(
                        Locale.ROOT,
                        "%d crawler threads, round trip longer by %d ms: %.0f requests/s%n",
                        threads,
                        millis,
                        rate(distant, threads, time));
            }
        }
        System.exit(0); // the server of the tests ends with this process
    }

    private static double rate(DistantDatabase distant, int threads, Duration time) throws Exception {
        try (WorkerLease lease = WorkerLease.take(distant.source(), System::nanoTime);
                ExecutorService crawlers = Executors.newVirtualThreadPerTaskExecutor()) {
            AddressLocks locks = new AddressLocks(lease);
            long start = System.nanoTime();
            long requests = 0;
            for (Future<Long> made : crawlers.invokeAll(IntStream.range(0, threads)
                    .mapToObj(address -> (Callable<Long>) () -> requests(locks, address, start + time.toNanos()))
                    .toList())) {
                requests += made.get();
            }
            return requests / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static long requests(AddressLocks locks, int address, long end) {
        long requests = 0;
        while (System.nanoTime() - end < 0) {
            AddressLock lock = locks.tryAcquire(address, LIMIT);
            requests += lock.isGranted() ? 1 : 0;
            locks.release(lock);
        }
        return requests;
    }
}
