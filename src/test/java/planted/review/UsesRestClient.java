package planted.review;

import org.springframework.web.client.RestClient;

class UsesRestClient {
    Object violation = RestClient.create();
}
