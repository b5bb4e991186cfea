package org.markwatch.cli;

public final class Markwatch {
    private Markwatch() {}

    public static void main(String[] args) {}
}
