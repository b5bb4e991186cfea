package org.markwatch.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores which items have something in common. An item belongs to one cluster for each of its traits. A fingerprint
 * belongs to a cluster whose first fingerprint differs in at most {@value ItemTrait#NEAR} bits; if there is none, it
 * begins one.
 *
 * <p>Joins the transaction of the caller, which has locked the items.
 */
final class ClusterMembers {
    private final JdbcClient jdbc;

    ClusterMembers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The clusters of some pages, by the hash of their URL. The first cluster of a page is its template. */
    record PageClusters(Map<String, List<Long>> ids) {
        /** Returns the cluster that groups the rows of the queue; null for a page that is not among these. */
        @Nullable
        Long template(String key) {
            List<Long> clusters = ids.get(key);
            return clusters == null ? null : clusters.getFirst();
        }
    }

    /** Returns the clusters of the pages of findings; begins those that do not exist. */
    PageClusters clustersOf(Map<String, Finding> findings) {
        Map<String, List<ItemTrait>> traits = new LinkedHashMap<>();
        findings.forEach((key, finding) -> traits.put(key, ItemTrait.of(finding)));
        Map<ItemTrait, Long> known = idsOf(
                traits.values().stream().flatMap(Collection::stream).distinct().toList());
        Map<String, List<Long>> ids = new HashMap<>();
        traits.forEach((key, each) -> ids.put(
                key,
                each.stream()
                        .sorted(Comparator.comparing(trait -> trait.kind() != ClusterKind.STRUCTURE))
                        .map(trait -> known.getOrDefault(trait, 0L))
                        .distinct()
                        .toList()));
        return new PageClusters(ids);
    }

    private Map<ItemTrait, Long> idsOf(List<ItemTrait> traits) {
        Map<ItemTrait, Long> ids = new HashMap<>();
        find(traits, ids, """
                select k.n, c.id from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:bits as bigint[]))
                       with ordinality k(kind, value, bits, n)
                  join cluster c on c.kind = k.kind and c.value = k.value for key share of c
                """);
        List<ItemTrait> others = traits.stream()
                .filter(trait -> trait.bits() != null && !ids.containsKey(trait))
                .toList();
        find(others, ids, """
                select k.n, near.id from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:bits as bigint[]))
                       with ordinality k(kind, value, bits, n), lateral (
                       select c.id from cluster c
                        where (c.kind = k.kind and ((c.bits >> 48) & 65535) = ((k.bits >> 48) & 65535)
                               or c.kind = k.kind and ((c.bits >> 32) & 65535) = ((k.bits >> 32) & 65535)
                               or c.kind = k.kind and ((c.bits >> 16) & 65535) = ((k.bits >> 16) & 65535)
                               or c.kind = k.kind and (c.bits & 65535) = (k.bits & 65535))
                          and c.bits is not null and bit_count((c.bits # k.bits)::bit(64)) <= %d
                        order by bit_count((c.bits # k.bits)::bit(64)), c.id limit 1 for key share) near
                """.formatted(ItemTrait.NEAR));
        begin(traits.stream().filter(trait -> !ids.containsKey(trait)).toList(), ids);
        return ids;
    }

    private void find(List<ItemTrait> traits, Map<ItemTrait, Long> ids, String sql) {
        if (!traits.isEmpty()) {
            jdbc.sql(sql)
                    .param("kinds", kinds(traits))
                    .param("values", values(traits))
                    .param("bits", bits(traits))
                    .query(row -> {
                        ids.put(traits.get(row.getInt("n") - 1), row.getLong("id"));
                    });
        }
    }

    /** Begins a cluster for each of these traits that is not near an earlier one. */
    private void begin(List<ItemTrait> traits, Map<ItemTrait, Long> ids) {
        Map<ItemTrait, ItemTrait> first = new LinkedHashMap<>();
        List<ItemTrait> firsts = new ArrayList<>();
        for (ItemTrait trait : traits) {
            ItemTrait near = firsts.stream().filter(trait::isNear).findFirst().orElse(trait);
            first.put(trait, near);
            if (near == trait) {
                firsts.add(trait);
            }
        }
        if (firsts.isEmpty()) {
            return;
        }
        firsts.sort(Comparator.comparing(ItemTrait::kind).thenComparing(ItemTrait::value));
        Map<String, Long> begun = new HashMap<>();
        jdbc.sql("""
                        with begun as (
                            insert into cluster (kind, value, bits)
                            select kind, value, bits
                              from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:bits as bigint[]))
                                   with ordinality k(kind, value, bits, n) order by n
                            on conflict (kind, value) do update set value = excluded.value
                            returning id, kind, value),
                        stale as (insert into cluster_stale (cluster_id) select id from begun)
                        select id, kind || ' ' || value as key from begun
                        """)
                .param("kinds", kinds(firsts))
                .param("values", values(firsts))
                .param("bits", bits(firsts))
                .query(row -> {
                    begun.put(row.getString("key"), row.getLong("id"));
                });
        first.forEach((trait, leader) ->
                ids.put(trait, begun.getOrDefault(leader.kind().label() + " " + leader.value(), 0L)));
    }

    /** Stores the clusters of the items of pages, in place of those that these items had. */
    void replace(PageClusters clusters, Collection<String> keys) {
        List<String> pages = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        Set<String> stored = new LinkedHashSet<>(keys);
        clusters.ids().forEach((key, of) -> {
            if (stored.contains(key)) {
                of.forEach(id -> {
                    pages.add(key);
                    ids.add(id);
                });
            }
        });
        if (pages.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        with wanted as (
                            select i.id as item_id, w.cluster_id, i.state in ('new', 'reopened') as open
                              from unnest(cast(:pages as text[]), cast(:clusters as bigint[])) w(page, cluster_id)
                              join item i on i.url_sha256 = w.page),
                        gone as (
                            delete from cluster_item m using (select distinct item_id from wanted) i
                             where m.item_id = i.item_id and not exists (
                                   select from wanted w where w.item_id = m.item_id and w.cluster_id = m.cluster_id)
                            returning m.cluster_id),
                        added as (
                            insert into cluster_item (cluster_id, item_id, open) select cluster_id, item_id, open from wanted
                            on conflict do nothing returning cluster_id)
                        insert into cluster_stale (cluster_id) select cluster_id from gone union select cluster_id from added
                        """)
                .param("pages", pages.toArray(String[]::new))
                .param("clusters", ids.toArray(Long[]::new))
                .update();
    }

    private static String[] kinds(List<ItemTrait> traits) {
        return traits.stream().map(trait -> trait.kind().label()).toArray(String[]::new);
    }

    private static String[] values(List<ItemTrait> traits) {
        return traits.stream().map(ItemTrait::value).toArray(String[]::new);
    }

    private static @Nullable Long[] bits(List<ItemTrait> traits) {
        return traits.stream().map(ItemTrait::bits).toArray(Long[]::new);
    }
}
