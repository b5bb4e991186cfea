package org.markwatch.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The result of a process that has ended.
 *
 * @param exitCode exit code
 * @param output   standard output and standard error, in UTF-8, without white space around them
 */
record ProcessResult(int exitCode, String output) {

    /**
     * Runs a program and waits for its end. An interrupt does not end the wait, because the server might then keep
     * running; the method restores the interrupt status.
     *
     * @param command program and arguments
     * @throws IOException if the program cannot be started
     */
    static ProcessResult run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // PGDATA, PGPORT and PGOPTIONS of the user's environment are for other servers.
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
