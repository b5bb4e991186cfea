package org.markwatch.brand;

/**
 * A reference to a brand's logo.
 *
 * @param brand index of the brand
 * @param start offset in the passage
 * @param end   offset after the last character
 * @param plain   whether it names the mark and hardly anything else, unlike 'Mastercard headquarters'
 * @param payment whether the reference itself says that it is about paying: {@code fa-cc-visa}, {@code payment/visa.svg}
 */
record Logo(int brand, int start, int end, Trust trust, boolean plain, boolean payment) {}
