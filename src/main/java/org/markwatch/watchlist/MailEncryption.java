package org.markwatch.watchlist;

/** How the connection to a mail server is encrypted. */
public enum MailEncryption {
    /** It begins in clear and must be encrypted before anything is sent (RFC 3207). */
    STARTTLS,
    /** It is encrypted from the start (RFC 8314). */
    TLS,
    /** It is not encrypted; for a mail server on this machine. */
    NONE
}
