package org.markwatch.job;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that the owner of a page can add to its markup without a change to what the page offers.
 *
 * @param name  unique in {@link Additions}
 * @param group what visitors see of it
 * @param edit  returns the markup with the addition; the same markup if the page has no place for it
 */
record Addition(String name, Group group, UnaryOperator<String> edit) {
    private static final Pattern END_OF_HEAD = Pattern.compile("</head\\s*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern END_OF_TITLE = Pattern.compile("</title\\s*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>([^<]{1,500})</title", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST_WORDS = Pattern.compile("(?s).*?(\\S+\\s+\\S+)$");
    private static final Pattern BODY = Pattern.compile("<body(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern START_OF_BODY = Pattern.compile("<body[\\s>]", Pattern.CASE_INSENSITIVE);
    private static final Pattern END_OF_BODY = Pattern.compile("</body\\s*>", Pattern.CASE_INSENSITIVE);

    /** What visitors see of an addition. */
    enum Group {
        UNSEEN("what visitors do not see", 1),
        SENTENCE("one visible sentence or heading", 5),
        /** No aim: a large visible part of a page can change what the page is about. */
        BLOCK("visible blocks", 100);

        private final String label;
        private final int maxPercent;

        Group(String label, int maxPercent) {
            this.label = label;
            this.maxPercent = maxPercent;
        }

        String label() {
            return label;
        }

        /** Returns the aim: the largest share of pages, in per cent, that may leave the queue by one addition. */
        int maxPercent() {
            return maxPercent;
        }

        boolean hasAim() {
            return maxPercent < 100;
        }
    }

    /** Where a text is added, and how it is hidden. */
    enum Placement {
        TOP("at the top", Group.SENTENCE, "<p>%s</p>"),
        FOOTER("in the footer", Group.SENTENCE, "<p>%s</p>"),
        HEADING("as a heading", Group.SENTENCE, "<h3>%s</h3>"),
        HEADLINE("as a headline", Group.SENTENCE, "<h1>%s</h1>"),
        HIDDEN_ATTRIBUTE("hidden", Group.UNSEEN, "<p hidden>%s</p>"),
        NOT_DISPLAYED("not displayed", Group.UNSEEN, "<p style='display:none'>%s</p>"),
        OFF_SCREEN("off screen", Group.UNSEEN, "<p style='position:absolute;left:-9999px'>%s</p>"),
        TINY("in 1-px letters", Group.UNSEEN, "<p style='font-size:1px'>%s</p>"),
        CUT_OFF("cut off", Group.UNSEEN, "<p style='position:absolute;width:1px;height:1px;overflow:hidden'>%s</p>"),
        CLIPPED("clipped", Group.UNSEEN, "<p style='position:absolute;clip-path:inset(50%%)'>%s</p>"),
        IN_DIALOG("in a closed dialog", Group.UNSEEN, "<dialog><p>%s</p></dialog>"),
        TRANSPARENT("transparent", Group.UNSEEN, "<p style='color:transparent'>%s</p>"),
        FAINT("of opacity 0.01", Group.UNSEEN, "<p style='opacity:.01'>%s</p>"),
        SCALED("scaled to nothing", Group.UNSEEN, "<p style='transform:scale(0)'>%s</p>"),
        MOVED("moved away", Group.UNSEEN, "<p style='position:fixed;transform:translateX(-200vw)'>%s</p>"),
        CLEAR("in a clear colour", Group.UNSEEN, "<p style='color:rgba(0,0,0,0)'>%s</p>"),
        FAINT_BY_CLASS("faint by a style block", Group.UNSEEN, "<style>.zq{opacity:0}</style><p class=zq>%s</p>"),
        ON_SCREENS(
                "hidden on screens",
                Group.UNSEEN,
                "<style>@media screen and (min-width:9px){.zq{display:none}}</style><p class=zq>%s</p>"),
        BY_PART_OF_CLASS(
                "hidden by a part of its class",
                Group.UNSEEN,
                "<style>[class^=zq]{display:none}</style><p class=zq-a>%s</p>"),
        IN_NO_SIZE(
                "in a drawing of no size",
                Group.UNSEEN,
                "<svg width=0 height=0><foreignObject><p>%s</p></foreignObject></svg>"),
        IN_SCRIPT("in a script", Group.UNSEEN, "<script>var zq = \"<p>%s</p>\";</script>"),
        BY_LATER_STYLE(
                "hidden by a later style block",
                Group.UNSEEN,
                "<div data-zq><p>%s</p></div><style>[data-zq] > p{display:none}</style>"),
        BY_SELECTOR(
                "hidden by a style block",
                Group.UNSEEN,
                "<style>.zq p{display:none}</style><div class='zq'><p>%s</p></div>");

        private final String label;
        private final Group group;
        private final String markup;

        Placement(String label, Group group, String markup) {
            this.label = label;
            this.group = group;
            this.markup = markup;
        }

        Group group() {
            return group;
        }
    }

    /** Returns the addition of one sentence. */
    static Addition text(String name, String sentence, Placement placement) {
        String escaped = sentence.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        String label = name + ", " + placement.label;
        String html = String.format(Locale.ROOT, placement.markup, escaped);
        return placement == Placement.TOP
                ? new Addition(label, placement.group, page -> insert(page, startOfBody(page), html))
                : inBody(label, placement.group, html);
    }

    /** Returns the addition of characters before the markup. */
    static Addition atStart(String name, String characters) {
        return new Addition(name, Group.UNSEEN, page -> characters + page);
    }

    /** Returns the addition of an element at the beginning of the body. */
    static Addition atTop(String name, String html) {
        return new Addition(name, Group.UNSEEN, page -> insert(page, startOfBody(page), html));
    }

    /** Returns the addition of an element at the end of the body. */
    static Addition inBody(String name, Group group, String html) {
        return new Addition(name, group, page -> insert(page, endOfBody(page), html));
    }

    /** Returns the addition of an element at the end of the head. */
    static Addition inHead(String name, String html) {
        return new Addition(name, Group.UNSEEN, page -> insert(page, endOfHead(page), html));
    }

    /** Returns the addition of an element after the title, for pages that have a title. */
    static Addition afterTitle(String name, String html) {
        return new Addition(name, Group.UNSEEN, page -> {
            Matcher title = END_OF_TITLE.matcher(page);
            return title.find() ? insert(page, title.end(), html) : page;
        });
    }

    /** Returns the addition of characters after the markup. */
    static Addition atEnd(String name, String characters) {
        return new Addition(name, Group.UNSEEN, page -> page + characters);
    }

    /**
     * Returns the addition of metadata that name the site by the last two words of the page's title, which a site's own
     * title has.
     */
    static Addition siteName(String name) {
        return new Addition(name, Group.UNSEEN, page -> {
            Matcher title = TITLE.matcher(page);
            if (!title.find()) {
                return page;
            }
            String words = LAST_WORDS
                    .matcher(title.group(1).strip())
                    .replaceFirst("$1")
                    .replace("'", "&#39;");
            return insert(page, endOfHead(page), "<meta property='og:site_name' content='" + words + "'>");
        });
    }

    private static String insert(String page, int at, String html) {
        return page.substring(0, at) + html + page.substring(at);
    }

    private static int endOfHead(String page) {
        Matcher head = END_OF_HEAD.matcher(page);
        if (head.find()) {
            return head.start();
        }
        Matcher title = END_OF_TITLE.matcher(page);
        if (title.find()) {
            return title.end();
        }
        Matcher body = START_OF_BODY.matcher(page);
        return body.find() ? body.start() : 0;
    }

    /** Where the body begins, before its first heading; the end of the head if there is no tag. */
    private static int startOfBody(String page) {
        Matcher body = BODY.matcher(page);
        return body.find() ? body.end() : endOfHead(page);
    }

    private static int endOfBody(String page) {
        Matcher body = END_OF_BODY.matcher(page);
        int last = page.length();
        while (body.find()) {
            last = body.start();
        }
        return last;
    }
}
