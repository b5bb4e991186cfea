package planted.match;

import org.jsoup.Jsoup;

class UsesJsoup {
    Object violation = Jsoup.parse("");
}
