package org.markwatch.crawl.partition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes table {@code crawl_partition}. Uses the transaction of the calling thread, if there is one. */
public final class Partitions {
    /** Partitions of a run, unless its seeds have fewer registrable domains: many more than there are workers. */
    public static final int MAX_PARTITIONS = 64;

    /**
     * Whether the worker of a partition lives: its lease has not ended, and its session, which holds an advisory lock, has
     * not ended since the latest renewal either. A restart of the database ends sessions of workers that live.
     */
    static final String LIVES = """
            w.lease_until > now() and (w.renewed_at < pg_postmaster_start_time() or exists (
                select from pg_locks l
                where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid::int8 = %d and l.objid::int8 = w.id
                    and l.database = (select oid from pg_database where datname = current_database())))
            """.formatted(WorkerLease.LOCK_CLASS);

    private final JdbcClient jdbc;

    public Partitions(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * Takes all partitions of other runs from their workers, since all runs share the frontier. Waits for their commits. They may
     * send requests until they notice it; {@link #enter} allows for them.
     */
    public void fenceOthers(long run) {
        jdbc.sql("update crawl_partition set epoch = epoch + 1 where run_id <> ? and not done")
                .param(run)
                .update();
    }

    /**
     * Takes the partitions of a run from the workers of its earlier starts, which fail at their next commit. They may send
     * requests until then, so the partitions stay claimed until they end. Waits for their commits.
     */
    public void fenceEarlierStarts(long run) {
        jdbc.sql("update crawl_partition set epoch = epoch + 1 where run_id = ? and worker is not null")
                .param(run)
                .update();
    }

    /**
     * Brings the partitions of a run in line with its seeds and frontier; keeps their claims. A new partition is claimed by the
     * worker that had the one of the same hosts in a nightly run before and has not finished it, until that worker ends.
     */
    public void enter(long run) {
        jdbc.sql("""
                        with left_over as (
                            select c.run_id, c.number, c.worker, r.kind from crawl_partition c join run r on r.id = c.run_id
                            where c.run_id <> :run and c.worker is not null and not c.done),
                        ended as (
                            update crawl_partition c set worker = null from left_over o
                            where c.run_id = o.run_id and c.number = o.number),
                        earlier as (select number, max(worker) as worker from left_over where kind = 'nightly' group by number)
                        insert into crawl_partition as p (run_id, number, done, epoch, worker)
                        select :run, s.partition, not exists (select from frontier f where f.partition = s.partition),
                            (e.worker is not null)::int, e.worker
                        from (select distinct partition from run_seed where run_id = :run) s
                            left join earlier e on e.number = s.partition
                        on conflict (run_id, number) do update set done = excluded.done where p.done <> excluded.done""").param("run", run).update();
    }

    /**
     * The part of a partition of a rescan that is left.
     *
     * @param after key of the last page that is done, 0 or more
     * @param last  key of the last page of the partition
     */
    public record KeyRange(long after, long last) {}

    /**
     * The pages of a partition of a rescan.
     *
     * @param last  key of the last one
     * @param pages their number
     */
    public record KeyCount(long last, int pages) {}

    /** Enters the partitions of a rescan, in ascending order of their keys. */
    public void enterRanges(long run, List<KeyCount> ranges) {
        jdbc.sql("""
                        insert into crawl_partition (run_id, number, after_key, last_key, pages)
                        select ?, number - 1, lag(key, 1, 0) over (order by number), key, pages
                        from unnest(?::int8[], ?::int4[]) with ordinality as p(key, pages, number)""")
                .params(
                        run,
                        ranges.stream().map(KeyCount::last).toArray(Long[]::new),
                        ranges.stream().map(KeyCount::pages).toArray(Integer[]::new))
                .update();
    }

    /** Returns what is left of a partition of a rescan that the process has claimed. */
    public KeyRange range(PartitionClaim claim) {
        return jdbc.sql("select after_key, last_key from crawl_partition where run_id = ? and number = ?")
                .params(claim.run(), claim.number())
                .query((row, index) -> new KeyRange(row.getLong("after_key"), row.getLong("last_key")))
                .single();
    }

    /**
     * Adds pages of a rescan that the calling transaction commits. Keeps other processes from the partition until its end.
     *
     * @param after    key of the last of them
     * @param pages    their number
     * @param analysed number of those whose text the rules were applied to
     * @throws LeaseLostException if another process has claimed the partition
     */
    public void advance(PartitionClaim claim, long after, int pages, int analysed) {
        SuspendedCommits.limit(jdbc);
        int held = jdbc.sql("""
                        update crawl_partition set after_key = ?, visited = visited + ?, analysed = analysed + ?
                        where run_id = ? and number = ? and epoch = ?""")
                .params(after, pages, analysed, claim.run(), claim.number(), claim.epoch())
                .update();
        if (held == 0) {
            throw lost(claim);
        }
    }

    /** Returns the partitions of a run that are not done, in order. */
    public List<Integer> open(long run) {
        return jdbc.sql("select number from crawl_partition where run_id = ? and not done order by number")
                .param(run)
                .query((row, index) -> row.getInt(1))
                .list();
    }

    /**
     * The partitions of a run that are not done, and who has them. Each process should have an equal number of them, and some one
     * more if they cannot be divided equally.
     *
     * @param numbers those that no living worker has, in random order, so that workers seldom try the same one
     * @param open    all of them
     * @param working living processes that work on the run
     * @param held    how many each living process has, by its id; those that wait for a run are about to join
     */
    public record Offer(List<Integer> numbers, int open, int working, Map<Long, Integer> held) {
        public Offer {
            held = Map.copyOf(held);
        }

        /** Returns how many partitions a process may have to claim more. */
        public int mostToClaim(long worker) {
            return least() + (holdersOfMore(id -> id != worker) < remainder() ? 1 : 0);
        }

        /** Returns how many partitions a process keeps when others have fewer. If too many have one more, the first ones keep it. */
        public int mostToKeep(long worker) {
            return least() + (holdersOfMore(id -> id < worker) < remainder() ? 1 : 0);
        }

        private int least() {
            return open / Math.max(1, held.size());
        }

        private int remainder() {
            return open % Math.max(1, held.size());
        }

        private long holdersOfMore(LongPredicate among) {
            return held.entrySet().stream()
                    .filter(worker -> among.test(worker.getKey()) && worker.getValue() > least())
                    .count();
        }
    }

    /** Returns the partitions of a run that are not done. */
    public Offer offer(long run) {
        List<Integer> free = jdbc.sql("""
                        select p.number from crawl_partition p left join worker w on w.id = p.worker
                        where p.run_id = ? and not p.done and (p.worker is null or w.id is null or not (%s))
                        order by random()""".formatted(LIVES))
                .param(run)
                .query((row, index) -> row.getInt(1))
                .list();
        Map<Long, Integer> held = new HashMap<>();
        AtomicInteger working = new AtomicInteger();
        jdbc.sql("""
                        select w.id, w.run_id = :run as works, count(p.number) as held
                        from worker w left join crawl_partition p on p.worker = w.id and p.run_id = :run and not p.done
                        where %s group by w.id""".formatted(LIVES)).param("run", run).query(row -> {
            held.put(row.getLong("id"), row.getInt("held"));
            working.addAndGet(row.getBoolean("works") ? 1 : 0);
        });
        return new Offer(free, open(run).size(), working.get(), held);
    }

    /**
     * Adds pages that the calling transaction commits.
     *
     * @param numbers  partitions, each once
     * @param visited  visited URLs of each
     * @param analysed those whose text the rules were applied to
     */
    public void count(long run, List<Integer> numbers, List<Integer> visited, List<Integer> analysed) {
        jdbc.sql("""
                        update crawl_partition p set visited = p.visited + c.visited, analysed = p.analysed + c.analysed
                        from unnest(?::int2[], ?::int4[], ?::int4[]) as c(number, visited, analysed)
                        where p.run_id = ? and p.number = c.number""")
                .params(
                        numbers.toArray(Integer[]::new),
                        visited.toArray(Integer[]::new),
                        analysed.toArray(Integer[]::new),
                        run)
                .update();
    }

    /**
     * The state of a partition.
     *
     * @param visited  URLs whose visits, or pages whose analysis, have been committed in this run
     * @param analysed those whose text the rules were applied to
     */
    public record PartitionState(int number, long visited, long analysed, boolean done) {}

    /** Returns the states of all partitions of a run. */
    public List<PartitionState> states(long run) {
        return jdbc.sql("select number, visited, analysed, done from crawl_partition where run_id = ?")
                .param(run)
                .query((row, index) -> new PartitionState(
                        row.getInt("number"), row.getLong("visited"), row.getLong("analysed"), row.getBoolean("done")))
                .list();
    }

    /** Returns the number of URLs or pages of a run that have been committed, in all partitions. */
    public long visited(long run) {
        return jdbc.sql("select coalesce(sum(visited), 0) from crawl_partition where run_id = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    /**
     * Asserts that a run goes on. Until the end of the transaction of the calling thread, nobody can end the run, and other
     * transactions that call this method or {@link org.markwatch.crawl.run.RunFence#assertHeld} wait.
     *
     * @throws IllegalStateException if it has ended
     */
    public void assertRunning(long run) {
        SuspendedCommits.limit(jdbc);
        if (jdbc.sql("select id from run where id = ? and status = 'running' for no key update")
                .param(run)
                .query(Long.class)
                .list()
                .isEmpty()) {
            throw new IllegalStateException("run " + run + " has ended; this process stops to work on it");
        }
    }

    /** Claims a partition that is not done and that no living worker has; returns empty if it cannot be claimed. */
    public Optional<PartitionClaim> claim(long run, int number, WorkerLease lease) {
        return jdbc.sql("""
                        with free as (
                            select p.run_id, p.number, p.epoch, p.worker is not null as dropped,
                                case when w.lease_until > now() then -:unaware -- its session has ended
                                    else extract(epoch from now() - w.lease_until) end as quiet
                            from crawl_partition p join crawl_partition seen using (run_id, number) left join worker w on w.id = p.worker
                            where p.run_id = :run and p.number = :number and not p.done
                                and (p.worker is null or w.id is null or not (%s))
                                and p.epoch = seen.epoch -- else claimed meanwhile: PostgreSQL compares the new row of p alone
                            for update of p)
                        update crawl_partition p set epoch = p.epoch + 1, worker = :worker
                        from free where p.run_id = free.run_id and p.number = free.number
                        returning p.epoch, free.dropped, coalesce(free.quiet, 0) as quiet""".formatted(LIVES))
                .param("run", run)
                .param("number", number)
                .param("worker", lease.id())
                .param("unaware", WorkerLease.LONGEST_WITHOUT_SESSION.toSeconds())
                .query((row, index) -> {
                    int epoch = row.getInt("epoch");
                    Duration quiet = row.getBoolean("dropped")
                            ? Duration.ofMillis((long) (row.getDouble("quiet") * 1000))
                            : PartitionClaim.GIVEN_BACK;
                    return new PartitionClaim(run, number, epoch, epoch == 1 ? null : quiet);
                })
                .optional();
    }

    /**
     * Asserts that no other process has claimed these partitions, and keeps others from it until the end of the transaction
     * of the calling thread.
     *
     * @throws LeaseLostException if another process has claimed one
     */
    public void assertHeld(Collection<PartitionClaim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        SuspendedCommits.limit(jdbc);
        List<Integer> held = jdbc.sql("""
                        select p.number from crawl_partition p
                        join unnest(?::int2[], ?::int4[]) as c(number, epoch) on c.number = p.number and c.epoch = p.epoch
                        where p.run_id = ? order by p.number for share of p""")
                .params(
                        claims.stream().map(PartitionClaim::number).toArray(Integer[]::new),
                        claims.stream().map(PartitionClaim::epoch).toArray(Integer[]::new),
                        claims.iterator().next().run())
                .query((row, index) -> row.getInt(1))
                .list();
        if (held.size() < claims.size()) {
            PartitionClaim lost = claims.stream()
                    .filter(claim -> !held.contains(claim.number()))
                    .findFirst()
                    .orElseThrow();
            throw lost(lost);
        }
    }

    private static LeaseLostException lost(PartitionClaim claim) {
        return new LeaseLostException("partition " + claim.number() + " of run " + claim.run()
                + " has been taken over by another process, which continues it; this process stops, and its"
                + " uncommitted pages are fetched or analysed again");
    }

    /** Records that each URL of a partition has its disposition. */
    public void markDone(PartitionClaim claim) {
        jdbc.sql("""
                        update crawl_partition set done = true, done_by = worker, worker = null
                        where run_id = ? and number = ? and epoch = ?""").params(claim.run(), claim.number(), claim.epoch()).update();
    }

    /** Gives a partition back whose visits are all committed, so that another worker may claim it at once. */
    public void giveBack(PartitionClaim claim) {
        jdbc.sql("update crawl_partition set worker = null where run_id = ? and number = ? and epoch = ?")
                .params(claim.run(), claim.number(), claim.epoch())
                .update();
    }
}
