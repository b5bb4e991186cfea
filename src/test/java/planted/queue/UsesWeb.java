package planted.queue;

import org.springframework.web.util.UriUtils;

class UsesWeb {
    String violation = UriUtils.encode("", "UTF-8");
}
