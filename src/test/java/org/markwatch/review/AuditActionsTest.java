package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads the actions that the program writes to the audit from its classes: text constants of those that use the audit, without
 * keys of messages.
 */
class AuditActionsTest {
    private static final String AUDIT = "org/markwatch/queue/Audit([$]Event)?";
    private static final String ACTION = "[a-z-]+([.][a-z-]+)+|export|sign-in|sign-out";

    /** Files and properties, which look like actions. */
    private static final Set<String> OTHER_NAMES =
            Set.of("attestation.tsv", "manifest.json", "markwatch.backup", "user.name");

    @Test
    void hasWordsForEachActionThatTheProgramWrites() throws IOException, URISyntaxException {
        Path classes = Path.of(HistoryEntry.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("org/markwatch");
        SortedSet<String> written = new TreeSet<>();
        for (Path file : files(classes)) {
            written.addAll(actions(ClassFile.of().parse(file)));
        }
        Set<String> messages = messages();
        written.removeAll(messages);
        written.removeAll(OTHER_NAMES);

        assertThat(written).contains("item.decide", "audit.purge", "export");
        assertThat(HistoryEntry.actions()).isSorted().containsAll(written);
        assertThat(messages)
                .containsAll(HistoryEntry.actions().stream()
                        .map("audit.action."::concat)
                        .toList());
    }

    private static Set<String> messages() throws IOException {
        Properties messages = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
            messages.load(file);
        }
        return messages.stringPropertyNames();
    }

    private static Set<String> actions(ClassModel type) {
        Set<String> texts = new TreeSet<>();
        boolean usesAudit = false;
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof ClassEntry named) {
                usesAudit |= named.asInternalName().matches(AUDIT);
            } else if (entry instanceof StringEntry text && text.stringValue().matches(ACTION)) {
                texts.add(text.stringValue());
            }
        }
        return usesAudit ? texts : Set.of();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
