package org.markwatch.crawl.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.Body;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;

/** The results of exchanges that end without an accepted response. Thread-safe. */
final class ExchangeFaults {
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout limit of an exchange, for messages */
    ExchangeFaults(Duration timeout, Clock clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Returns the result of an exchange that ended with an exception.
     *
     * @param passed    whether its time was over
     * @param responded whether the headers of the response had arrived
     * @param proxy     the proxy of the exchange, or null
     */
    ExchangeResult of(HttpUrl target, IOException fault, boolean passed, boolean responded, @Nullable Proxy proxy) {
        if (passed && responded) {
            return completed(failed(0, "timeout", "body not complete within " + timeout.toMillis() + " ms", target));
        }
        if (passed) {
            return retryable(
                    ExchangeResult.HostFault.BUSY,
                    "timeout",
                    "no response within " + timeout.toMillis() + " ms",
                    target);
        }
        String message = OneLine.of(String.valueOf(fault.getMessage()));
        Throwable cause = fault;
        if (fault.getCause() instanceof HttpException inner) {
            cause = inner;
        }
        if (proxy != null) {
            String proxyFault = ProxyFault.of(proxy, cause);
            if (proxyFault != null) {
                return proxyFault(proxy, OneLine.of(proxyFault), target);
            }
            if (ProxyFault.isFaultOfHost(cause)) {
                return retryable(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "connect",
                        "no connection through " + proxy + ": " + message,
                        target);
            }
        }
        return switch (cause) {
            case AddressGuard.AddressRefusedException e ->
                completed(refused(Disposition.RefusalKind.ADDRESS, message, target, 0, 0));
            case UnknownHostException e ->
                retryable(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "dns",
                        message.contains(PublicOnlyDnsResolver.ONION) ? message : "name not found: " + target.host(),
                        target);
            case ConnectTimeoutException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: timeout", target);
            case ConnectException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: " + message, target);
            case NoRouteToHostException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no route: " + message, target);
            case SocketTimeoutException e ->
                retryable(ExchangeResult.HostFault.BUSY, "timeout", "timeout: " + message, target);
            case SSLException e -> retryable(ExchangeResult.HostFault.UNREACHABLE, "tls", "TLS: " + message, target);
            case BodyMemory.MemoryTimeoutException e ->
                retryable(ExchangeResult.HostFault.TRANSIENT, "memory", message, target);
            case Body.LimitException e -> completed(refused(Disposition.RefusalKind.LIMIT, message, target, 200, 0));
            case Body.SlowException e -> completed(failed(0, "slow", message, target));
            case Body.EncodingException e -> completed(failed(0, "encoding", message, target));
            case ZipException e -> completed(failed(0, "encoding", "compressed body: " + message, target));
            case NoHttpResponseException e ->
                retryable(
                        ExchangeResult.HostFault.TRANSIENT, "protocol", "connection closed without a response", target);
            case MalformedChunkCodingException e -> completed(failed(0, "protocol", message, target));
            case MessageConstraintException e -> completed(failed(0, "protocol", message, target));
            case ConnectionClosedException e -> completed(failed(0, "protocol", message, target));
            case ProtocolException e -> completed(failed(0, "protocol", message, target));
            case HttpException e -> completed(failed(0, "protocol", message, target));
            case EOFException e -> completed(failed(0, "protocol", "body ends prematurely", target));
            default ->
                retryable(
                        ExchangeResult.HostFault.TRANSIENT,
                        "io",
                        cause.getClass().getSimpleName() + ": " + message,
                        target);
        };
    }

    static ExchangeResult completed(Disposition disposition) {
        return new ExchangeResult.Completed(disposition);
    }

    ExchangeResult retryable(ExchangeResult.HostFault fault, String cause, String reason, HttpUrl target) {
        return new ExchangeResult.Retryable(fault, null, failed(0, cause, reason, target));
    }

    Disposition.Failed failed(int status, String cause, String reason, HttpUrl target) {
        return new Disposition.Failed(status, cause, reason, target, clock.instant());
    }

    Disposition.Refused refused(Disposition.RefusalKind kind, String reason, HttpUrl target, int status, int bytes) {
        return new Disposition.Refused(kind, reason, target, status, bytes, clock.instant());
    }

    ExchangeResult proxyFault(Proxy proxy, String fault, HttpUrl target) {
        return retryable(ExchangeResult.HostFault.UNREACHABLE, "proxy", "proxy " + proxy + ": " + fault, target);
    }

    /**
     * Returns the result of a response with 429 or 503, for robots.txt with any 5xx: {@link
     * ExchangeResult.HostFault#BUSY}, with the delay of {@code Retry-After}.
     */
    ExchangeResult.Retryable busy(HttpUrl target, ClassicHttpResponse response) throws IOException {
        Header header = response.getFirstHeader("Retry-After");
        Header date = response.getFirstHeader("Date");
        Instant serverTime = date == null ? null : RetryAfter.date(date.getValue(), clock.instant());
        ResponseHeaders.drainIfSmall(response);
        return new ExchangeResult.Retryable(
                ExchangeResult.HostFault.BUSY,
                header == null
                        ? null
                        : RetryAfter.parse(header.getValue(), serverTime == null ? clock.instant() : serverTime),
                failed(response.getCode(), "http-status", "HTTP " + response.getCode(), target));
    }

    /** Returns the refusal of a target whose port is not allowed. A status of 0 means that no request was sent. */
    Disposition.Refused portRefused(HttpUrl target, int status) {
        return refused(Disposition.RefusalKind.SCOPE, PortRules.reason(target), target, status, 0);
    }
}
