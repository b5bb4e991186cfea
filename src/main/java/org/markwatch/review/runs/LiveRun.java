package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.List;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl.RunSnapshot;
import org.markwatch.review.RunControl.Sharing;
import org.markwatch.review.ZoneTimes;

/**
 * The progress of a run as text for a page and for its events.
 *
 * @param run     number of the run
 * @param doing   what the run does now, a sentence
 * @param done    parts of the present step that are done
 * @param of      parts of the present step, 0 if they are not counted
 * @param pages   URLs by disposition, as text
 * @param stopping whether a stop has been requested
 * @param processes who works on the run
 */
record LiveRun(long run, String doing, long done, long of, String pages, boolean stopping, LiveProcesses processes) {
    /** @param allLanes whether the account may see every lane; otherwise it gets no number of findings */
    static LiveRun of(RunSnapshot run, Sharing sharing, boolean allLanes, ConsoleWords words, ZoneTimes times) {
        boolean queue = run.step().equals("queue");
        long done = !queue ? run.done() : allLanes ? run.compared() : run.comparedTenths();
        long of = !queue ? run.known() : allLanes || run.findings() == 0 ? run.findings() : 10;
        return new LiveRun(
                run.run(),
                doing(run, allLanes, words),
                Math.min(done, of),
                of,
                pages(run, words),
                run.stopping(),
                LiveProcesses.of(sharing, words, times));
    }

    private static String doing(RunSnapshot run, boolean allLanes, ConsoleWords words) {
        String sentence = switch (run.step()) {
            case "prepare" -> words.text("runs.compiles-rules-removes-data");
            case "crawl" ->
                run.known() == 0
                        ? words.text("runs.crawls")
                        : words.text("runs.crawls-known-urls", run.done(), run.known());
            case "rescan" ->
                run.known() == 0
                        ? words.text("runs.applies-rules-kept-text")
                        : words.text("runs.applies-rules-kept-text-kept", run.done(), run.known());
            case "queue" ->
                run.findings() == 0
                        ? words.text("runs.compares-findings-with-queue")
                        : !allLanes
                                ? words.text("runs.compares-findings-share", 10 * run.comparedTenths())
                                : words.text("runs.compares-findings-with-queue-new", run.compared(), run.findings());
            case "report" -> words.text("runs.writes-summary-attestation");
            default -> words.text("runs.goes-on-next-step");
        };
        return run.stopping() ? words.text("runs.stops-finished-pages-are") + " " + sentence : sentence;
    }

    private static String pages(RunSnapshot run, ConsoleWords words) {
        List<String> counts = new ArrayList<>();
        for (String disposition : List.of("fetched", "not-modified", "redirected", "refused", "disallowed", "failed")) {
            long pages = run.pages().getOrDefault(disposition, 0L);
            if (pages > 0) {
                counts.add(words.number(pages) + " " + words.label("dispositions", disposition));
            }
        }
        return String.join(", ", counts);
    }
}
