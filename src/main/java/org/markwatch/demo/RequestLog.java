package org.markwatch.demo;

import java.util.ArrayList;
import java.util.List;

/** Everything that was asked of a web, in order of arrival. Safe for use by many threads. */
public final class RequestLog {
    private final List<Request> trace = new ArrayList<>();

    RequestLog() {}

    synchronized void add(Request request) {
        trace.add(request);
    }

    /** What was asked so far, first to last. */
    public synchronized List<Request> trace() {
        return List.copyOf(trace);
    }

    /** How often something of this kind was asked for. */
    public synchronized long count(Request.ResourceKind kind) {
        return trace.stream().filter(request -> request.kind() == kind).count();
    }

    /** How often this URL path was asked of this host. */
    public synchronized long count(String host, String path) {
        return trace.stream()
                .filter(request -> request.host().equals(host) && request.path().equals(path))
                .count();
    }
}
