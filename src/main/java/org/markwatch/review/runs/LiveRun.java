package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.markwatch.review.RunControl.RunSnapshot;

/**
 * The progress of a run as text for a page and for its events.
 *
 * @param run     number of the run
 * @param doing   what the run does now, a sentence
 * @param done    parts of the present step that are done
 * @param of      parts of the present step, 0 if they are not counted
 * @param pages   URLs by disposition, as text
 * @param stopping whether a stop has been requested
 */
record LiveRun(long run, String doing, long done, long of, String pages, boolean stopping) {
    static LiveRun of(RunSnapshot run) {
        boolean queue = run.step().equals("queue");
        long done = queue ? run.compared() : run.done();
        long of = queue ? run.findings() : run.known();
        return new LiveRun(run.run(), doing(run), Math.min(done, of), of, pages(run), run.stopping());
    }

    private static String doing(RunSnapshot run) {
        String sentence = switch (run.step()) {
            case "prepare" -> "Compiles the rules and removes data past its retention.";
            case "crawl" -> counted(run.done(), run.known(), "known URLs", "Crawls");
            case "rescan" -> counted(run.done(), run.known(), "kept pages", "Applies the rules to kept text");
            case "queue" -> counted(run.compared(), run.findings(), "new findings", "Compares findings with the queue");
            case "report" -> "Writes the summary and the attestation.";
            default -> "Goes on to the next step.";
        };
        return run.stopping() ? "Stops: finished pages are committed. " + sentence : sentence;
    }

    private static String counted(long done, long of, String what, String verb) {
        return of == 0 ? verb + "." : String.format(Locale.ROOT, "%s: %,d of %,d %s.", verb, done, of, what);
    }

    private static String pages(RunSnapshot run) {
        List<String> counts = new ArrayList<>();
        for (String disposition : List.of("fetched", "not-modified", "redirected", "refused", "disallowed", "failed")) {
            long pages = run.pages().getOrDefault(disposition, 0L);
            if (pages > 0) {
                counts.add(String.format(Locale.ROOT, "%,d %s", pages, disposition.replace('-', ' ')));
            }
        }
        return String.join(", ", counts);
    }
}
