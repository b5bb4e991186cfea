package org.markwatch.cli;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the jar. Compiled for Java 8, so that a Java runtime that is too old prints a message instead of
 * an {@code UnsupportedClassVersionError}.
 */
public final class Launcher {
    private static final double REQUIRED_VERSION = 25;

    private Launcher() {}

    /** Starts {@code Markwatch}, or exits with 1 on a Java older than 25. */
    public static void main(String[] args) throws ReflectiveOperationException {
        String version = System.getProperty("java.specification.version");
        if (Double.parseDouble(version) < REQUIRED_VERSION) {
            System.err.println("markwatch: this is Java " + version + " (" + System.getProperty("java.home")
                    + "); it needs Java 25 or newer; start it with scripts/markwatch, which finds a JDK"
                    + " 25, or with the java command of a JDK 25");
            System.exit(1);
        }
        // by reflection, since an old Java cannot load a class that this one refers to
        try {
            Class.forName("org.markwatch.cli.Markwatch")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
