package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.crawl.partition.Partitions.Offer;

/** How processes divide the partitions of a run. */
class PartitionOfferTest {
    @ParameterizedTest
    @CsvSource({"64, 1, 64, 64", "64, 12, 5, 6", "64, 40, 1, 2", "3, 5, 0, 1", "1, 2, 0, 1", "0, 3, 0, 0"})
    void givesEachProcessTheSameNumberOrOneMore(int open, int processes, int least, int most) {
        Map<Long, Integer> held = idle(processes);

        claimAll(open, held);

        assertThat(held.values()).allMatch(number -> number >= least && number <= most);
        assertThat(held.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(open);
        held.forEach((worker, number) ->
                assertThat(offer(open, held).mostToKeep(worker)).isGreaterThanOrEqualTo(number));
    }

    @ParameterizedTest
    @CsvSource({"64, 12", "64, 40", "5, 3"})
    void dividesWhatOneProcessHasAmongThoseThatJoin(int open, int processes) {
        Map<Long, Integer> held = idle(processes);
        held.put(1L, open);

        held.replaceAll((worker, number) -> Math.min(number, offer(open, held).mostToKeep(worker)));
        claimAll(open, held);

        assertThat(held.values()).allMatch(number -> number == open / processes || number == open / processes + 1);
        assertThat(held.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "7, 3"})
    void letsTheFirstKeepOneMoreIfTooManyHaveClaimedItAtOnce(int open, int processes) {
        Map<Long, Integer> held = idle(processes);
        held.put(1L, open / processes + 1);
        held.put(2L, open / processes + 1);
        held.put(3L, open - 2 * (open / processes + 1));

        assertThat(offer(open, held).mostToKeep(1)).isEqualTo(open / processes + 1);
        assertThat(offer(open, held).mostToKeep(2)).isEqualTo(open / processes + (open % processes > 1 ? 1 : 0));
    }

    private static Map<Long, Integer> idle(int processes) {
        Map<Long, Integer> held = new TreeMap<>();
        for (long worker = 1; worker <= processes; worker++) {
            held.put(worker, 0);
        }
        return held;
    }

    /** Lets the processes claim what is free, one after the other. */
    private static void claimAll(int open, Map<Long, Integer> held) {
        held.keySet().forEach(worker -> {
            int free = open - held.values().stream().mapToInt(Integer::intValue).sum();
            int more = Math.min(free, offer(open, held).mostToClaim(worker) - held.getOrDefault(worker, 0));
            held.merge(worker, Math.max(0, more), Integer::sum);
        });
    }

    private static Offer offer(int open, Map<Long, Integer> held) {
        return new Offer(List.of(), open, held.size(), held);
    }
}
