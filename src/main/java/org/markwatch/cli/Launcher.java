package org.markwatch.cli;

import java.lang.reflect.InvocationTargetException;

/**
 * The jar's main class, compiled for the oldest Java there is around, so that one which is too old gets a sentence instead of
 * an {@code UnsupportedClassVersionError}.
 */
public final class Launcher {
    private static final double REQUIRED_VERSION = 25;

    private Launcher() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        String version = System.getProperty("java.specification.version");
        if (Double.parseDouble(version) < REQUIRED_VERSION) {
            System.err.println(
                    "markwatch: this is Java " + version + " (" + System.getProperty("java.home")
                            + "); it needs Java 25 or newer: start it by scripts/markwatch, which finds one, or with a JDK 25's java");
            System.exit(1);
        }
        // by name: a mention in code would be looked at by the old Java too
        try {
            Class.forName("org.markwatch.cli.Markwatch")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
