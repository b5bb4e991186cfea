package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console behind a proxy at 127.0.0.1, as {@code review.trusted-proxies} configures it. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=127.0.0.1/32"
        })
class SessionCookieIT {
    @LocalServerPort
    private int port;

    @Test
    void isSecureWhenTheProxySaysThatTheRequestCameByHttps() throws Exception {
        assertThat(cookie("https")).contains("Secure", "HttpOnly", "SameSite=Strict");
        assertThat(cookie("http")).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure");
    }

    private String cookie(String protocol) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in"))
                                    .header("X-Forwarded-For", "192.0.2.7")
                                    .header("X-Forwarded-Proto", protocol)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();
        }
    }
}
