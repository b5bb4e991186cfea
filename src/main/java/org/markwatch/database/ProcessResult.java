package org.markwatch.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that was run to its end.
 *
 * @param exitCode   exit code
 * @param output what it said, on both streams
 */
record ProcessResult(int exitCode, String output) {

    /**
     * Runs a program and waits for it, through interrupts too: half a stop would leave a server behind.
     *
     * @throws IOException if it cannot be started
     */
    static ProcessResult run(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        // A user's PGDATA, PGPORT or PGOPTIONS are meant for other servers.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new ProcessResult(await(process), output);
    }

    private static int await(Process process) {
        boolean interrupted = false;
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                if (interrupted && !process.isAlive()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
