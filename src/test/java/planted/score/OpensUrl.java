package planted.score;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

class OpensUrl {
    InputStream violation(URI uri) throws IOException {
        return uri.toURL().openStream();
    }
}
