package planted.score;

import org.apache.hc.client5.http.impl.classic.HttpClients;

class UsesHttpClient {
    Object violation = HttpClients.createMinimal();
}
