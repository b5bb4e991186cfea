package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are the published test vectors of the standards. */
class AccountSyntaxTest {
    private static List<String> found(AccountSyntax syntax, String text) {
        List<String> found = new ArrayList<>();
        syntax.find(text, (start, end, percent) -> found.add(text.substring(start, end) + "=" + percent));
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "BITCOIN, 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "BITCOIN, 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "BITCOIN, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "BITCOIN, BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "BITCOIN, bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "ETHEREUM, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "ETHEREUM, 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "LITECOIN, LhK2kQwiaAvhjWY799cZvMyYwnQAcxkarr",
        "TRON, TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
        "DOGECOIN, DEvNWHvVLWkb2y38m72G9a4zneijWyEBLN",
        "IBAN, DE89370400440532013000",
        "IBAN, gb82west12345698765432",
        "IBAN, GB82WEST12345698765432",
        "IBAN, FR1420041010050500013M02606",
        "MONERO, 44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    })
    void findsAccountWhoseChecksumHolds(AccountSyntax syntax, String address) {
        assertThat(found(syntax, "send to " + address + ", thanks")).containsExactly(address + "=100");
    }

    @ParameterizedTest
    @CsvSource({
        "BITCOIN, 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
        "BITCOIN, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "BITCOIN, bc1qw508d6qejxtdg4y5r3zarvaRy0c5xw7kv8f3t4",
        "ETHEREUM, 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "ETHEREUM, 0x0000000000000000000000000000000000000000",
        "ETHEREUM, 5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "IBAN, DE89370400440532013001",
        "IBAN, XX89370400440532013000",
        "IBAN, De89370400440532013000",
        "TRON, TJRabPrwbZy45sbavfcjinPJC18kjpRTv9",
        "TRON, DEvNWHvVLWkb2y38m72G9a4zneijWyEBLN",
        "DOGECOIN, 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "MONERO, 44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B",
        "LITECOIN, 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    })
    void refusesWhatOnlyLooksLikeOne(AccountSyntax syntax, String address) {
        assertThat(found(syntax, "send to " + address)).isEmpty();
    }

    @Test
    void halvesEthereumAddressWithoutChecksum() {
        assertThat(found(AccountSyntax.ETHEREUM, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"))
                .containsExactly("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed=50");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044 0532 0130 00",
                "de89 3704 0044 0532 0130 00",
                "DE89-3704-0044-0532-0130-00",
                "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000"
            })
    void readsIbanInGroups(String iban) {
        assertThat(found(AccountSyntax.IBAN, "IBAN " + iban + " BIC")).containsExactly(iban + "=100");
        assertThat(found(AccountSyntax.IBAN, "IBAN " + iban.replaceFirst(".04", "/$0") + " BIC"))
                .isEmpty();
    }

    @Test
    void readsAnAccountThroughCharactersThatNobodySees() {
        String bitcoin = "1BvBMSEYstW\u200betqTFn5Au4m4\u00adGFg7xJaNVN2";
        String iban = "DE89 37\u200b04 0044 0532 0130 00";

        assertThat(found(AccountSyntax.BITCOIN, bitcoin)).containsExactly(bitcoin + "=100");
        assertThat(found(AccountSyntax.IBAN, iban)).containsExactly(iban + "=100");
    }

    @Test
    void hashesAsKeccakDoes() {
        assertThat(HexFormat.of().formatHex(Keccak.hash("".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }

    @Test
    void namesTheSyntaxesThereAre() {
        assertThatThrownBy(() -> AccountSyntax.named("wallet@1", "peercoin"))
                .hasMessage(
                        "indicator wallet@1: pattern=peercoin; must be one of [bitcoin, litecoin, tron, dogecoin, ethereum, monero, iban]");
    }
}
