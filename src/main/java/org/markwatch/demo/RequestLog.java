package org.markwatch.demo;

import java.util.ArrayList;
import java.util.List;

/** The requests that a web received, in order of arrival. Safe for use by many threads. */
public final class RequestLog {
    private final List<Request> trace = new ArrayList<>();

    RequestLog() {}

    synchronized void add(Request request) {
        trace.add(request);
    }

    /** Returns all requests so far, in order of arrival. */
    public synchronized List<Request> trace() {
        return List.copyOf(trace);
    }

    /** Returns the number of requests for this kind of resource. */
    public synchronized long count(Request.ResourceKind kind) {
        return trace.stream().filter(request -> request.kind() == kind).count();
    }

    /** Returns the number of requests for this path of this host. */
    public synchronized long count(String host, String path) {
        return trace.stream()
                .filter(request -> request.host().equals(host) && request.path().equals(path))
                .count();
    }
}
