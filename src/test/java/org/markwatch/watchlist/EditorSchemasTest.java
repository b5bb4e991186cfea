package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The editor schemas and the readers accept and reject the same documents: valid ones, and variants with one change
 * each.
 */
class EditorSchemasTest {
    private static final Path SHIPPED = Path.of("job-config");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A valid document with every key, its schema and its reader. */
    private record DocumentFormat(String schema, String document, BiConsumer<ConfigNode, Faults> reader) {
        Schema compiled() throws IOException {
            return REGISTRY.getSchema(Files.readString(SHIPPED.resolve("schema/" + schema + ".schema.json")));
        }

        ConfigNode parsed() {
            return node(document);
        }

        List<String> faults(ConfigNode node) {
            Faults faults = new Faults();
            reader.accept(node, faults);
            try {
                faults.throwIfAny();
                return List.of();
            } catch (WatchlistException e) {
                return e.faults().stream().map(Fault::toString).toList();
            }
        }

        @Override
        public String toString() {
            return schema;
        }
    }

    static Stream<DocumentFormat> formats() {
        return Stream.of(
                new DocumentFormat("markwatch", """
                        demo: false
                        rules-from: .
                        schedule: {cron: 0 0 1 * * ?, zone: UTC, black-outs: ["mon-fri 08:00-18:00", 2026-12-24 to 2026-12-26]}
                        crawl:
                          user-agent: markwatch/1.0
                          contact: crawl@bank.test
                          threads: 3
                          delay: 1s
                          max-depth: 4
                          max-pages: 5
                          revisit-nights: 4
                          timeout: PT1M
                          max-body: 1 MiB
                          allowed-ports: [80]
                          resolve: {shop.example: 127.0.0.1}
                          allowed-private-ranges: [127.0.0.0/8]
                          per-address: 2
                          robots-meta: obey
                          tls: strict
                          proxies: {tor: "socks5://127.0.0.1:9050"}
                        matching: {hash-key: hash.key, restricted-lexicon: lexicon.sealed, lexicon-key: lexicon.key}
                        review:
                          address: 127.0.0.1
                          port: 0
                          lease: 15m
                          second-review-one-in: 10
                          calibration-one-in: 0
                          longest-authorisation: 100d
                          bulk-undo: 2h
                          targets: {high: 2d, other: 10 business days}
                          daily-exposure: 5h
                          continuous-exposure: 50m
                          break: 10m
                        oidc: {issuer: https://login.bank.test/team, client-id: markwatch, roles-claim: roles, local-passwords: false}
                        retention: {text: 30d, visits: 400d, findings: 400d, items: 3650d}
                        management: {address: 127.0.0.1, port: 0}
                        notices:
                          webhook: https://chat.bank.test/hook
                          webhook-key: webhook.key
                          mail-to: [ops@bank.test]
                          mail-from: markwatch@bank.test
                          smtp-host: mail.bank.test
                          smtp-port: 465
                          smtp-tls: tls
                          smtp-user: markwatch
                        """, SettingsFile::read),
                new DocumentFormat("seeds", """
                        seeds:
                          - url: https://shop.example/
                            label: Shop
                            owner: team
                            scope: domain
                            max_depth: 1
                            max_pages: 2
                            delay: 500ms
                            proxy: http://proxy.example:3128
                            robots: ignore
                            authority: the owner of the site
                            tags: [x]
                        """, (node, faults) -> {
                    SeedsFile seeds = seeds(faults);
                    seeds.document(node);
                    seeds.seeds();
                }),
                new DocumentFormat("brand", """
                        id: acme
                        name: Acme Pay
                        aliases: [AcmePay]
                        ambiguous: [AcmePay]
                        logo_names: [acme-pay]
                        logo_classes: [fa-acme]
                        official_hosts: [acme.example]
                        merchants: [{host: shop.example, owner: team, until: 2027-01-31}]
                        """, (node, faults) -> BrandFile.read(BrandFile.section(node, faults))),
                new DocumentFormat(
                        "wording", """
                        accept-own: ["we take {brand}", "{brand} welcome here"]
                        shop: [add to basket]
                        paying: ["pay*", "(by )?cards?"]
                        sign-in: [login]
                        without: {accept-weak: [only]}
                        """, (node, faults) -> LexiconFile.apply("en", node, Lexicon.builtIn(), faults)),
                new DocumentFormat(
                        "indicators",
                        """
                        indicators:
                          - id: checkout.buy
                            version: 2
                            type: phrase
                            pattern: buy now
                            group: checkout
                            weight: 5
                            scope: [text, open-graph]
                            language: en
                            state: background
                            valid_from: 2026-01-01
                            valid_until: 2027-01-01
                            source: own
                            match: [buy now]
                            no_match: [buy later]
                        """,
                        (node, faults) -> IndicatorsFile.document(node, faults).forEach(IndicatorsFile::read)),
                new DocumentFormat("policies", JobConfigFolder.POLICIES, PolicyFile::read));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void acceptsValidDocument(DocumentFormat format) throws IOException {
        assertThat(format.faults(format.parsed())).isEmpty();
        assertThat(format.compiled().validate(json(format.parsed()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void rejectsUnknownKeysLikeReader(DocumentFormat format) throws IOException {
        ConfigNode number = new ConfigNode.ScalarNode(SourceLocation.of("test"), ConfigNode.ScalarType.INTEGER, "7");
        agree(
                format,
                variants(
                        format.parsed(),
                        node -> node instanceof ConfigNode.MappingNode mapping
                                ? List.of(with(mapping, "unknown", number))
                                : List.of()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void rejectsWrongTypesAndRangesLikeReader(DocumentFormat format) throws IOException {
        List<ConfigNode> wrong = new ArrayList<>();
        for (String value : List.of("[[x]]", "{x: {y: z}}", "-1000000", "1000000000000", "1.5")) {
            wrong.addAll(variants(format.parsed(), node -> List.of(node(value))));
        }
        wrong.addAll(variants(
                format.parsed(), node -> isText(node) ? List.of(node("true")) : List.of(node("no such word"))));
        agree(format, wrong);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void requiresSameKeysAsReader(DocumentFormat format) throws IOException {
        Schema schema = format.compiled();
        for (ConfigNode variant : variants(format.parsed(), EditorSchemasTest::withoutEachKey)) {
            boolean missing = format.faults(variant).stream().anyMatch(fault -> fault.endsWith("is required"));
            boolean invalid = !schema.validate(json(variant)).isEmpty();
            assertThat(invalid || !missing)
                    .as("schema requires %s", json(variant))
                    .isTrue();
            assertThat(format.faults(variant).isEmpty() && invalid)
                    .as("reader requires %s", json(variant))
                    .isFalse();
        }
    }

    @Test
    void acceptsEveryShippedFile() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(SHIPPED)) {
            files = tree.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        assertThat(files).hasSizeGreaterThan(25);
        for (Path file : files) {
            String text = Files.readString(file);
            String first = text.lines().findFirst().orElse("");
            assertThat(first).as(file.toString()).startsWith("# yaml-language-server: $schema=");
            Path schema =
                    file.resolveSibling(first.substring(first.indexOf('=') + 1)).normalize();
            assertThat(schema).exists();
            assertThat(REGISTRY.getSchema(Files.readString(schema)).validate(json(node(text))))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private static void agree(DocumentFormat format, List<ConfigNode> variants) throws IOException {
        Schema schema = format.compiled();
        assertThat(variants).isNotEmpty();
        for (ConfigNode variant : variants) {
            assertThat(format.faults(variant)).as("reader: %s", json(variant)).isNotEmpty();
            assertThat(schema.validate(json(variant)))
                    .as("schema: %s", json(variant))
                    .isNotEmpty();
        }
    }

    private static SeedsFile seeds(Faults faults) {
        ConfigNode demo = node("demo: true");
        return new SeedsFile(SettingsFile.read(demo, faults).settings().crawl(), Map.of(), faults);
    }

    /** Returns copies of the tree, each with one node replaced. */
    private static List<ConfigNode> variants(ConfigNode node, Function<ConfigNode, List<ConfigNode>> of) {
        List<ConfigNode> variants = new ArrayList<>();
        if (node instanceof ConfigNode.MappingNode mapping) {
            variants.addAll(node.location().key().isEmpty() ? mappingsOnly(of.apply(node)) : of.apply(node));
            mapping.entries()
                    .forEach((key, value) ->
                            variants(value, of).forEach(variant -> variants.add(with(mapping, key, variant))));
        } else {
            variants.addAll(of.apply(node));
        }
        if (node instanceof ConfigNode.ListNode(SourceLocation location, List<ConfigNode> items)) {
            for (int i = 0; i < items.size(); i++) {
                for (ConfigNode variant : variants(items.get(i), of)) {
                    List<ConfigNode> copy = new ArrayList<>(items);
                    copy.set(i, variant);
                    variants.add(new ConfigNode.ListNode(location, copy));
                }
            }
        }
        return variants;
    }

    private static List<ConfigNode> mappingsOnly(List<ConfigNode> nodes) {
        return nodes.stream().filter(ConfigNode.MappingNode.class::isInstance).toList();
    }

    private static List<ConfigNode> withoutEachKey(ConfigNode node) {
        List<ConfigNode> variants = new ArrayList<>();
        if (node instanceof ConfigNode.MappingNode(SourceLocation location, Map<String, ConfigNode> entries)) {
            for (String key : entries.keySet()) {
                Map<String, ConfigNode> copy = new LinkedHashMap<>(entries);
                copy.remove(key);
                variants.add(new ConfigNode.MappingNode(location, copy));
            }
        }
        return variants;
    }

    private static ConfigNode with(ConfigNode.MappingNode mapping, String key, ConfigNode value) {
        Map<String, ConfigNode> copy = new LinkedHashMap<>(mapping.entries());
        copy.put(key, value);
        return new ConfigNode.MappingNode(mapping.location(), copy);
    }

    private static boolean isText(ConfigNode node) {
        return node instanceof ConfigNode.ScalarNode scalar && scalar.type() == ConfigNode.ScalarType.TEXT;
    }

    private static ConfigNode node(String yaml) {
        return Objects.requireNonNull(YamlReader.read("test", yaml, new Faults()));
    }

    private static JsonNode json(ConfigNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (node) {
            case ConfigNode.MappingNode mapping -> {
                var object = json.objectNode();
                mapping.entries().forEach((key, value) -> object.set(key, json(value)));
                yield object;
            }
            case ConfigNode.ListNode list -> {
                var array = json.arrayNode();
                list.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case ConfigNode.ScalarNode scalar ->
                switch (scalar.type()) {
                    case INTEGER -> json.numberNode(Long.parseLong(scalar.value()));
                    case DECIMAL -> json.numberNode(Double.parseDouble(scalar.value()));
                    case BOOLEAN -> json.booleanNode(Boolean.parseBoolean(scalar.value()));
                    case NULL -> json.nullNode();
                    case TEXT, CELL -> json.stringNode(scalar.value());
                };
        };
    }
}
