package org.markwatch.match;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Secret;

/**
 * Hosts and URLs of which only HMAC-SHA-256 (RFC 2104) with a key is known, so that a sensitive list never lies in clear.
 *
 * <p>An address is hashed in the forms of Safe Browsing (API v4, 'Suffix/prefix expressions'): host and up to four of its parent
 * domains, each with the path and query, the path, and up to four folders from the root. A listed host is found on its
 * subdomains, a listed folder in all that lies in it. Without the key nobody can try names against the list.
 *
 * <p>Filled once; safe for use by many threads. What was asked lately is remembered by its clear form, which the pages show anyway.
 */
public final class KeyedHashes {
    private static final int MOST_PARENTS = 4;
    private static final int MOST_FOLDERS = 4;
    private static final int MOST_REMEMBERED = 50_000;

    /** To be copied, since one serves one thread; null without a key. */
    private final @Nullable Mac prototype;

    private final Map<ByteBuffer, List<Integer>> byHash = new HashMap<>();
    private final Map<String, List<Integer>> remembered = new ConcurrentHashMap<>();

    KeyedHashes(@Nullable Secret key) {
        prototype = key == null ? null : key.mac();
    }

    /**
     * The pattern of an indicator for an address.
     *
     * @param address canonical URL; its host alone is meant if it has neither path nor query
     */
    public static String pattern(Secret key, URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return HexFormat.of().formatHex(hash(key.mac(), host(address.getHost()) + path + query));
    }

    void add(String pattern, int indicator) {
        byHash.computeIfAbsent(ByteBuffer.wrap(HexFormat.of().parseHex(pattern)), hash -> new ArrayList<>())
                .add(indicator);
    }

    boolean isEmpty() {
        return byHash.isEmpty();
    }

    /** The page's own address. */
    void find(URI url, IntConsumer found) {
        if (url.getHost() != null) {
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            find(url.getHost(), url.getRawPath() == null ? "/" : url.getRawPath(), query, found);
        }
    }

    /** An address in a reference. */
    void find(Passage passage, ValueRules.Found found) {
        if (passage.field() == Field.URL
                || passage.field() == Field.LINK && !passage.detail().equals("href")) {
            return; // found as the page's own address, and link text
        }
        HostPlace host = HostPlace.of(passage.text());
        if (host == null) {
            return;
        }
        int slash = passage.text().indexOf('/', host.end());
        String rest = slash < 0 ? "/" : passage.text().substring(slash);
        int question = rest.indexOf('?');
        find(
                host.host(),
                question < 0 ? rest : rest.substring(0, question),
                question < 0 ? "" : rest.substring(question),
                indicator -> found.add(indicator, 0, passage.text().length()));
    }

    private void find(String host, String path, String query, IntConsumer found) {
        if (prototype == null) {
            return;
        }
        Mac mac = null;
        for (String form : forms(host, path, query)) {
            List<Integer> listed = remembered.get(form);
            if (listed == null) {
                mac = mac == null ? copy(prototype) : mac;
                listed = byHash.getOrDefault(ByteBuffer.wrap(hash(mac, form)), List.of());
                if (remembered.size() >= MOST_REMEMBERED) {
                    remembered.clear();
                }
                remembered.put(form, listed);
            }
            listed.forEach(found::accept);
        }
    }

    /** Every form under which an address may be listed; at most 30. */
    static List<String> forms(String host, String path, String query) {
        List<String> hosts = new ArrayList<>();
        String exact = host(host);
        hosts.add(exact);
        boolean literal = exact.startsWith("[") || exact.matches("[0-9.]+");
        String[] labels = exact.split("\\.");
        for (int parts = Math.min(labels.length - 1, MOST_PARENTS + 1); parts >= 2 && !literal; parts--) {
            hosts.add(String.join(".", List.of(labels).subList(labels.length - parts, labels.length)));
        }
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

    private static String host(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static byte[] hash(Mac mac, String form) {
        return mac.doFinal(form.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac copy(Mac prototype) {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be copied", e);
        }
    }
}
