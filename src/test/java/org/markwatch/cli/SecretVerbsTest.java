package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Verbs hash-list and lexicon seal: the output contains no plain text of the input and no key. */
class SecretVerbsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line =
                Markwatch.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Markwatch.execute(line, words);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void writesHashTableAndKeyReadableByOwnerOnly() throws IOException {
        Path list = write("list.txt", "# known\nshop.example\n\nHTTPS://Pay.example/in/?a=1\n");
        Path key = folder.resolve("hash.key");

        int code = run(
                "hash-list",
                list.toString(),
                "--key-file",
                key.toString(),
                "--new-key",
                "--group",
                "voucher",
                "--weight",
                "20",
                "--id",
                "partner");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines()).hasSize(3).first().isEqualTo("id,type,pattern,group,weight,source");
        assertThat(out.toString().lines().skip(1))
                .allMatch(row -> row.matches("partner\\.[24],keyed-hash,[0-9a-f]{64},voucher,20,\"hash-list\""));
        assertThat(out.toString()).doesNotContain("shop", "pay");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(out.toString() + err).doesNotContain(Files.readString(key).strip());
    }

    @Test
    void writesSameTableWithSameKey() throws IOException {
        Path list = write("list.txt", "shop.example\n");
        Path key = write("hash.key", "ab".repeat(32));
        String[] words = {
            "hash-list", list.toString(), "--key-file", key.toString(), "--group", "voucher", "--weight", "20"
        };

        run(words);
        String first = out.toString();
        run(words);

        assertThat(out.toString()).isEqualTo(first + first);
    }

    @Test
    void reportsNumberButNotTextOfInvalidLine() throws IOException {
        Path list = write("list.txt", "shop.example\nno address here\n");
        Path key = write("hash.key", "ab".repeat(32));

        int code =
                run("hash-list", list.toString(), "--key-file", key.toString(), "--group", "voucher", "--weight", "20");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("line 2 must be a host, or an http or https URL")
                .doesNotContain("no address here");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void doesNotOverwriteKey() throws IOException {
        Path list = write("list.txt", "shop.example\n");
        Path key = write("hash.key", "ab".repeat(32));

        int code = run(
                "hash-list",
                list.toString(),
                "--key-file",
                key.toString(),
                "--new-key",
                "--group",
                "voucher",
                "--weight",
                "20");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Files.readString(key)).isEqualTo("ab".repeat(32));
    }

    @Test
    void sealsLexicon() throws IOException {
        Path table = write(
                "lexicon.csv",
                "\uFEFFid;type;pattern;group;weight;scope;source\nlx.1;phrase;blue heron;voucher;30;text;team\n");
        Path sealed = folder.resolve("lexicon.sealed");

        int code = run(
                "lexicon",
                "seal",
                table.toString(),
                "--key-file",
                folder.resolve("lexicon.key").toString(),
                "--new-key",
                "--out",
                sealed.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(new String(Files.readAllBytes(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("heron");
    }

    @Test
    void refusesToSealInvalidTable() throws IOException {
        Path table = write(
                "lexicon.csv",
                "id,type,pattern,group,weight,scope,source\nlx.1,phrase,blue heron,voucher,0,text,team\n");
        Path key = write("lexicon.key", "ab".repeat(32));
        Path sealed = folder.resolve("lexicon.sealed");

        int code = run("lexicon", "seal", table.toString(), "--key-file", key.toString(), "--out", sealed.toString());

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("line 2, column weight=0");
        assertThat(sealed).doesNotExist();
    }
}
