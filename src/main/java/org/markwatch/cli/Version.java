package org.markwatch.cli;

import picocli.CommandLine.IVersionProvider;

/** Provides the version from the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"markwatch " + (version == null ? "(not built)" : version)};
    }
}
