package org.markwatch.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.markwatch.crawl.Capture;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.url.HttpUrl;

/** Pages that matching is measured with. */
final class BenchPages {
    static final String SYNTHETIC = "synthetic";

    private static final int MEDIAN_BYTES = 40_000;
    private static final int MOST_OF_FOLDER = 200;

    private BenchPages() {}

    /** A page as it came and as it is read. */
    record Page(byte[] bytes, PageText text) {}

    /** @param name {@value #SYNTHETIC}, or a folder of HTML in UTF-8 to take pages from, spread evenly */
    static List<Page> of(String name) throws IOException {
        return name.equals(SYNTHETIC) ? synthetic() : folder(Path.of(name));
    }

    /** The labelled pages, also those that the rules were not written for. */
    static List<Page> labelled() {
        return Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .map(page -> page(page.capture()))
                .toList();
    }

    private static List<Page> synthetic() throws IOException {
        List<Page> pages = new ArrayList<>();
        try (SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(10, 10, MEDIAN_BYTES, 7))) {
            for (String url : (Iterable<String>) web.pages()::iterator) {
                pages.add(page(HttpUrl.of(url), web.page(URI.create(url))));
            }
        }
        return pages;
    }

    private static List<Page> folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
            if (pages.isEmpty()) {
                throw new IllegalArgumentException("no file ends with .html in " + folder + "; name a folder of HTML");
            }
            int step = Math.max(1, pages.size() / MOST_OF_FOLDER);
            List<Page> taken = new ArrayList<>();
            for (int i = 0; i < pages.size(); i += step) {
                taken.add(page(HttpUrl.of("http://docs.example/" + i), Files.readAllBytes(pages.get(i))));
            }
            return taken;
        }
    }

    private static Page page(HttpUrl url, byte[] bytes) {
        return page(new Capture(
                url,
                url,
                List.of(url),
                200,
                "text/html",
                "UTF-8",
                Map.of(),
                new String(bytes, UTF_8),
                bytes.length,
                false,
                Instant.EPOCH));
    }

    private static Page page(Capture capture) {
        return new Page(
                capture.text().getBytes(UTF_8),
                new PageExtractor().extract(capture).text());
    }
}
