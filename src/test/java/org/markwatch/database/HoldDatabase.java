package org.markwatch.database;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Main class of a process that starts the server of a data folder, prints the JDBC URL, and waits for the end of its
 * input.
 */
final class HoldDatabase {
    private HoldDatabase() {}

    public static void main(String[] args) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]), true);
        System.out.println(postgres.jdbcUrl());
        while (System.in.read() >= 0) {
            // the test keeps standard input open
        }
        postgres.close();
    }
}
