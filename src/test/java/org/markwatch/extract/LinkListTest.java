package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Link;

/** Tests that only links to pages are extracted from feeds and sitemaps. */
class LinkListTest {
    @Test
    void followsItemsOfRssButNoEnclosures() {
        Extraction list = read("application/rss+xml", """
                <?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
                <title>News of the shop</title><link>https://shop.example/</link>
                <image><url>https://shop.example/logo.png</url><link>https://shop.example/about</link></image>
                <item><title>Prices</title><link> https://shop.example/prices?a=1&amp;b=2 </link>
                <enclosure url="https://shop.example/film" type="video/mp4"/><media:content url="https://shop.example/still"/>
                <description>&lt;a href="https://shop.example/in-text"&gt;we accept cards&lt;/a&gt;</description></item>
                <item><link><![CDATA[/terms]]></link></item></channel></rss>""");

        assertThat(list.links())
                .extracting(link -> link.url().toString())
                .containsExactly("https://shop.example/prices?a=1&b=2", "https://shop.example/terms");
        assertThat(list.links()).extracting(Link::rel).containsOnly("feed");
        assertThat(list.text().passages())
                .allMatch(passage -> passage.field().name().equals("URL"));
    }

    @Test
    void followsEntriesOfAtom() {
        Extraction list = read("application/atom+xml", """
                <feed xmlns="http://www.w3.org/2005/Atom"><link href="/feed?page=2" rel="next"/><link href="/"/>
                <entry><link href="/one"/><link rel="enclosure" href="/one-film"/><link rel="alternate" href="/two"/></entry>
                </feed>""");

        assertThat(list.links())
                .extracting(link -> link.url().toString())
                .containsExactly("https://shop.example/one", "https://shop.example/two");
    }

    @Test
    void followsPagesOfSitemapButNoImagesAndVideos() {
        Extraction list = read("application/xml", """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="i" xmlns:video="v"><url>
                <loc>https://shop.example/a</loc><image:image><image:loc>https://shop.example/picture</image:loc></image:image>
                <video:video><video:player_loc>https://shop.example/film</video:player_loc></video:video></url></urlset>""");

        assertThat(list.links()).extracting(link -> link.url().toString()).containsExactly("https://shop.example/a");
    }

    @Test
    void doesNotExpandEntities() {
        Extraction list = read(
                "application/rss+xml",
                "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>"
                        + "<!ENTITY b '&a;&a;'>]><rss><item><link>https://shop.example/&b;x</link></item></rss>");

        assertThat(list.links())
                .extracting(link -> link.url().toString())
                .allMatch(url -> url.startsWith("https://shop.example/") && url.contains("b;x"));
    }

    private static Extraction read(String type, String text) {
        return new PageExtractor().extract(TestCaptures.of("https://shop.example/feed", type, Map.of(), text));
    }
}
