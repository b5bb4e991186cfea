package org.markwatch.database;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that opens a data folder, says so, and waits to be killed or for its input to end. */
final class HoldDatabase {
    private HoldDatabase() {}

    public static void main(String[] args) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]), true);
        System.out.println(postgres.jdbcUrl());
        while (System.in.read() >= 0) {
            // the test holds the other end
        }
        postgres.close();
    }
}
