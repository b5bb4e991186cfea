package org.markwatch.text;

import java.lang.Character.UnicodeScript;

/**
 * Letters that look like a Latin letter or digit: the part of UTS #39 (confusables) that disguises names, for non-ASCII
 * characters only.
 *
 * <p>The whole skeleton of UTS #39 section 4 also rewrites ASCII ({@code m} becomes {@code rn}), which turns ordinary words
 * into others; so ASCII is never touched here. Facts, one script a line: lookalikes and the ASCII characters they stand for, in
 * the same order. A letter may look different in its upper and lower case (Greek nu); {@link Folding#variants} deals with that.
 */
final class Lookalikes {
    private Lookalikes() {}

    /** The rows of letters in lower case, each before that of the same script in upper case. */
    private static final int CYRILLIC = 0;

    private static final int GREEK = 4;

    private static final String[] PAIRS = {
        // Cyrillic, lower case then upper case
        "авесԁгһіјкӏмнорԛѕтуԝхүѵ", "abecdrhijklmhopqstywxyv",
        "АВЕСԀГҺІЈКӀМНОРԚЅТУԜХҮѴ", "abecdrhijklmhopqstywxyv",
        // Greek
        "αβγεικμνορτυχζωσ", "abyeikuvoptuxzwo",
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx",
        // Armenian
        "օոսհցզքյաւՕՏՍԼՀ", "onuhgqpjwuosulh",
        // Cherokee
        "ᏆᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏴ", "idrtiajewmhygz4brwsvslcpkb",
        // Lisu
        "ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpddtgkjczfmnlsrvhwxyaeiou",
        // Coptic
        "ⲞⲟⲤⲥⲢⲣⲀⲂⲒⲔⲘⲚⲦⲬ", "ooccppabikmntx",
        // Latin small capitals and letters of phonetic alphabets
        "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢꜰ", "abcdeghijklmnoprstuvwyzf",
        "ıɑɡɩɾʋɯƖǀⲓ", "iagiruwlli",
        // punctuation that people type for another
        "‐‑‒–—―−˗", "--------",
        "‘’ʻʼ′´", "''''''",
        "“”″", "\"\"\"",
    };

    /** The letter of Cyrillic or Greek that looks like a letter of ASCII, in the same case; 0 if there is none. */
    static char in(UnicodeScript script, char latin) {
        boolean upper = Character.isUpperCase(latin);
        int row = (script == UnicodeScript.GREEK ? GREEK : CYRILLIC) + (upper ? 2 : 0);
        int at = PAIRS[row + 1].indexOf(Character.toLowerCase(latin));
        return at < 0 ? 0 : PAIRS[row].charAt(at);
    }

    /** Puts the lookalikes into a table from character to stand-in. */
    static void into(char[] table) {
        for (int i = 0; i < PAIRS.length; i += 2) {
            String seen = PAIRS[i];
            String meant = PAIRS[i + 1];
            if (seen.length() != meant.length()) {
                throw new IllegalStateException("lookalikes " + seen + " and " + meant + " differ in length");
            }
            for (int j = 0; j < seen.length(); j++) {
                char c = seen.charAt(j);
                table[c] = meant.charAt(j);
                if (Character.UnicodeBlock.of(c) == Character.UnicodeBlock.CHEROKEE) {
                    // small Cherokee letters are drawn like the capitals
                    table[Character.toLowerCase(c)] = meant.charAt(j);
                }
            }
        }
    }
}
