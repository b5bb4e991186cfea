package org.markwatch.text;

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
        "‘’ʼ′´", "'''''",
        "“”″", "\"\"\"",
    };

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
