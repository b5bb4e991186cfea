package org.markwatch.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.url.HostPlace;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Secret;

/**
 * Hosts and URLs of which only HMAC-SHA-256 (RFC 2104) with a key is known, so that a sensitive list never lies in clear.
 *
 * <p>An address is hashed in the forms of Safe Browsing (API v4, 'Suffix/prefix expressions'): host and up to four of its parent
 * domains, each with the path and query, the path, and up to four folders from the root. A listed host is found on its
 * subdomains, a listed folder in all that lies in it. Without the key nobody can try names against the list.
 *
 * <p>Filled once; safe for use by many threads. What was asked lately is remembered in clear, which the pages show anyway: a
 * site's references are the same on most of its pages, and of a new one only the last forms are new.
 */
public final class KeyedHashes {
    private static final int MOST_PARENTS = 4;
    private static final int MOST_FOLDERS = 4;
    private static final int MOST_REMEMBERED = 50_000;
    /** Longer references are not worth their room. */
    private static final int LONGEST_REMEMBERED = 256;

    private final @Nullable Secret key;
    private final Map<ByteBuffer, List<Integer>> byHash = new HashMap<>();
    /** Entries by form, of hosts and folders. */
    private final Map<String, List<Integer>> forms = new ConcurrentHashMap<>();
    /** Entries of all forms by reference. */
    private final Map<String, List<Integer>> references = new ConcurrentHashMap<>();
    /** Those that no thread uses now; one serves one thread. */
    private final Queue<Mac> idle = new ConcurrentLinkedQueue<>();

    KeyedHashes(@Nullable Secret key) {
        this.key = key;
    }

    /**
     * The pattern of an indicator for an address.
     *
     * @param address canonical URL; its host alone is meant if it has neither path nor query
     */
    public static String pattern(Secret key, HttpUrl address) {
        return HexFormat.of().formatHex(hash(key.mac(), host(address.host()) + address.pathAndQuery()));
    }

    void add(String pattern, int indicator) {
        byHash.computeIfAbsent(ByteBuffer.wrap(HexFormat.of().parseHex(pattern)), hash -> new ArrayList<>())
                .add(indicator);
    }

    boolean isEmpty() {
        return byHash.isEmpty();
    }

    /** The page's own address. */
    void find(HttpUrl url, IntConsumer found) {
        String query = url.query() == null ? "" : "?" + url.query();
        listed(url.host(), url.path(), query).forEach(found::accept);
    }

    /** An address in a reference. */
    void find(Passage passage, ValueSink found) {
        if (passage.field() == Field.URL
                || passage.field() == Field.LINK && !passage.detail().equals("href")) {
            return; // found as the page's own address, and link text
        }
        String reference = passage.text();
        HostPlace host = HostPlace.of(reference);
        if (host == null) {
            return;
        }
        List<Integer> listed = references.get(reference);
        if (listed == null) {
            int slash = reference.indexOf('/', host.end());
            String rest = slash < 0 ? "/" : reference.substring(slash);
            int question = rest.indexOf('?');
            listed = listed(
                    host.host(),
                    question < 0 ? rest : rest.substring(0, question),
                    question < 0 ? "" : rest.substring(question));
            if (reference.length() <= LONGEST_REMEMBERED) {
                remember(references, reference, listed);
            }
        }
        for (int indicator : listed) {
            found.add(indicator, 0, reference.length());
        }
    }

    private List<Integer> listed(String host, String path, String query) {
        if (key == null) {
            return List.of();
        }
        List<Integer> all = List.of();
        Mac mac = null;
        for (String form : forms(host, path, query)) {
            // a page is asked for once, its host and folders again and again
            boolean isFolder = form.endsWith("/");
            List<Integer> listed = isFolder ? forms.get(form) : null;
            if (listed == null) {
                if (mac == null) {
                    mac = idle.poll();
                    mac = mac == null ? key.mac() : mac;
                }
                listed = byHash.getOrDefault(ByteBuffer.wrap(hash(mac, form)), List.of());
                if (isFolder) {
                    remember(forms, form, listed);
                }
            }
            if (!listed.isEmpty()) {
                all = Stream.concat(all.stream(), listed.stream()).toList();
            }
        }
        if (mac != null) {
            idle.offer(mac);
        }
        return all;
    }

    private static void remember(Map<String, List<Integer>> by, String name, List<Integer> listed) {
        if (by.size() >= MOST_REMEMBERED) {
            by.clear();
        }
        by.put(name, listed);
    }

    /** Every form under which an address may be listed; at most 30. */
    static List<String> forms(String host, String path, String query) {
        List<String> hosts = hosts(host(host));
        List<String> paths = new ArrayList<>();
        if (!query.isEmpty()) {
            paths.add(path + query);
        }
        paths.add(path);
        int folders = 0;
        for (int slash = path.indexOf('/');
                slash >= 0 && folders < MOST_FOLDERS;
                slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash + 1);
            folders++;
            if (!paths.contains(folder)) {
                paths.add(folder);
            }
        }
        List<String> forms = new ArrayList<>(hosts.size() * paths.size());
        for (String oneHost : hosts) {
            for (String onePath : paths) {
                forms.add(oneHost + onePath);
            }
        }
        return forms;
    }

    /** A host and its parents of two to five labels. */
    private static List<String> hosts(String host) {
        List<String> hosts = new ArrayList<>();
        hosts.add(host);
        if (host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
            return hosts; // an address of numbers has no parents
        }
        int labels = (int) host.chars().filter(c -> c == '.').count();
        int label = 0;
        for (; labels >= 2; labels--) {
            label = host.indexOf('.', label) + 1;
            if (labels <= MOST_PARENTS + 1) {
                hosts.add(host.substring(label));
            }
        }
        return hosts;
    }

    private static String host(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static byte[] hash(Mac mac, String form) {
        return mac.doFinal(form.getBytes(StandardCharsets.UTF_8));
    }
}
