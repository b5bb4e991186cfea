package org.markwatch.crawl.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions that this process has claimed. Thread-safe. */
public final class HeldPartitions {
    private final Partitions store;
    private final Map<Integer, PartitionClaim> claims = new ConcurrentHashMap<>();

    public HeldPartitions(Partitions store) {
        this.store = store;
    }

    /** Adds a partition that the process has claimed. */
    public void add(PartitionClaim claim) {
        claims.put(claim.number(), claim);
    }

    /**
     * Asserts that no other process has claimed these partitions, and keeps others from it until the end of the transaction
     * of the calling thread.
     *
     * @throws IllegalStateException if another process has claimed one
     */
    public void assertHeld(Collection<Integer> numbers) {
        List<PartitionClaim> asserted = new ArrayList<>(numbers.size());
        for (int number : numbers) {
            PartitionClaim claim = claims.get(number);
            if (claim == null) {
                throw new IllegalStateException("partition " + number + " is not claimed by this process");
            }
            asserted.add(claim);
        }
        store.assertHeld(asserted);
    }

    /** Whether the process has claimed no partition. */
    public boolean isEmpty() {
        return claims.isEmpty();
    }

    /**
     * Asserts that no other process has claimed any of the partitions, as {@link #assertHeld(Collection)} does.
     *
     * @throws IllegalStateException if another process has claimed one
     */
    public void assertAllHeld() {
        store.assertHeld(List.copyOf(claims.values()));
    }

    /** Records, in the transaction of the calling thread, that each URL of a partition has its disposition. */
    public void markDone(int number) {
        assertHeld(List.of(number));
        PartitionClaim claim = claims.remove(number);
        if (claim != null) {
            store.markDone(claim);
        }
    }

    /** Gives a partition back whose visits are all committed, so that another process may claim it at once. */
    public void giveBack(int number) {
        PartitionClaim claim = claims.remove(number);
        if (claim != null) {
            store.giveBack(claim);
        }
    }
}
