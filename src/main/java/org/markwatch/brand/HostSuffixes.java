package org.markwatch.brand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values by host name, found for the host itself and for its subdomains. */
final class HostSuffixes<T> {
    private final Map<String, List<T>> byHost = new HashMap<>();

    void add(String host, T value) {
        byHost.computeIfAbsent(host.toLowerCase(Locale.ROOT), h -> new ArrayList<>())
                .add(value);
    }

    /** Most exact host first. */
    List<T> of(String host) {
        List<T> found = new ArrayList<>();
        String suffix = host.toLowerCase(Locale.ROOT);
        while (true) {
            found.addAll(byHost.getOrDefault(suffix, List.of()));
            int dot = suffix.indexOf('.');
            if (dot < 0) {
                return found;
            }
            suffix = suffix.substring(dot + 1);
        }
    }
}
