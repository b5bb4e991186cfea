package org.markwatch.crawl.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SlowBodyTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void failsOnSlowBody() {
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                now.addAndGet(TimeUnit.SECONDS.toNanos(1));
                return 'a';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };

        assertThatThrownBy(() -> Body.read(
                        drip, "", 1000, BodyMemory.BufferBudget.UNLIMITED, now::get, BinaryDetector.ofPage(null)))
                .isInstanceOf(Body.SlowException.class);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(now.get())).isLessThan(10);
    }

    @Test
    void ignoresDelayOfThisMachine() throws IOException {
        InputStream ready = new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(20)); // this machine was busy
                return super.read(buffer, offset, Math.min(length, 1));
            }

            @Override
            public synchronized int available() {
                return 1;
            }
        };

        assertThat(Body.read(ready, "", 1000, BodyMemory.BufferBudget.UNLIMITED, now::get, BinaryDetector.ofPage(null))
                        .length())
                .isEqualTo(3);
    }
}
