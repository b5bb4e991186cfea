package org.markwatch.match;

/** Keccak-256 as Ethereum and Monero use it: the submission of 2011, whose padding differs from SHA3-256 of FIPS 202. */
final class Keccak {
    private Keccak() {}

    private static final int RATE_BYTES = 136;
    private static final long[] ROUND = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L,
        0x000000000000808BL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800AL, 0x800000008000000AL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };
    private static final int[] ROTATION = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANE = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    /** 32 bytes. */
    static byte[] hash(byte[] message) {
        byte[] padded = java.util.Arrays.copyOf(message, (message.length / RATE_BYTES + 1) * RATE_BYTES);
        padded[message.length] ^= 0x01;
        padded[padded.length - 1] ^= (byte) 0x80;
        long[] state = new long[25];
        for (int block = 0; block < padded.length; block += RATE_BYTES) {
            for (int i = 0; i < RATE_BYTES; i++) {
                state[i / 8] ^= (padded[block + i] & 0xFFL) << 8 * (i % 8);
            }
            permute(state);
        }
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
        }
        return digest;
    }

    private static void permute(long[] a) {
        long[] column = new long[5];
        for (long constant : ROUND) {
            for (int x = 0; x < 5; x++) {
                column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }
            for (int x = 0; x < 5; x++) {
                long mix = column[(x + 4) % 5] ^ Long.rotateLeft(column[(x + 1) % 5], 1);
                for (int y = 0; y < 25; y += 5) {
                    a[y + x] ^= mix;
                }
            }
            long moving = a[1];
            for (int i = 0; i < 24; i++) {
                long next = a[LANE[i]];
                a[LANE[i]] = Long.rotateLeft(moving, ROTATION[i]);
                moving = next;
            }
            for (int y = 0; y < 25; y += 5) {
                System.arraycopy(a, y, column, 0, 5);
                for (int x = 0; x < 5; x++) {
                    a[y + x] = column[x] ^ ~column[(x + 1) % 5] & column[(x + 2) % 5];
                }
            }
            a[0] ^= constant;
        }
    }
}
