package org.markwatch.match;

import java.util.List;

/** What a page says, mostly in its markup, when something can be bought on it or money be sent. */
final class ShopWording {
    private ShopWording() {}

    private static final int FEWEST_DIGITS = 6;
    /** Between the label of an account and its number: 'number is', ': AU'. */
    private static final int LABEL_GAP = 16;

    /** Names of carts and checkouts, in links, forms, classes and addresses. */
    static final List<String> SHOP = List.of(
            "cart",
            "minicart",
            "mini cart",
            "basket",
            "checkout",
            "shopping bag",
            "add to cart",
            "add to bag",
            "woocommerce",
            "buy now",
            "order now",
            "order online",
            "book now",
            "buy tickets",
            "place order",
            "warenkorb",
            "zur kasse",
            "in den warenkorb",
            "panier",
            "ajouter au panier",
            "carrito",
            "comprar",
            "carrinho",
            "carrello",
            "acquista",
            "winkelwagen",
            "winkelmand",
            "varukorg",
            "kassan",
            "handlekurv",
            "indkøbskurv",
            "ostoskori",
            "koszyk",
            "košík",
            "kosár",
            "coș",
            "sepet",
            "корзина",
            "купить",
            "кошик",
            "καλάθι",
            "keranjang",
            "beli",
            "giỏ hàng",
            "mua ngay",
            "カート",
            "購入",
            "ご注文",
            "购物车",
            "購物車",
            "购买",
            "購買",
            "장바구니",
            "구매",
            "주문",
            "ตะกร้า",
            "สั่งซื้อ",
            "سلة",
            "السلة",
            "עגלה",
            "סל קניות");

    /** Names of boxes for the marks that are taken; as the words of a link they may lead to a chapter on icons. */
    static final List<String> BOXES = List.of(
            "payment logos",
            "payment icons",
            "payment icon",
            "payment cards",
            "credit cards",
            "card icons",
            "card logos",
            "pay icons",
            "paymenticons",
            "payment list",
            "list payment",
            "footer payment",
            "footer payments",
            "payicons",
            "payment badges",
            "pay badges",
            "pay methods",
            "accepted cards",
            "paymentmethods");

    /** What goes before the number of a bank account. */
    static final List<String> ACCOUNT = List.of(
            "account",
            "acc",
            "acct",
            "a/c",
            "account number",
            "account no",
            "acct no",
            "acc no",
            "konto",
            "kontonummer",
            "cuenta",
            "conta",
            "compte",
            "rekening",
            "nomor rekening",
            "счет",
            "счёт",
            "口座番号",
            "账号",
            "賬號",
            "帳號",
            "계좌번호",
            "계좌",
            "เลขที่บัญชี",
            "số tài khoản",
            "stk");

    /** Labels of what only the holder of a card or an account knows. */
    static final List<String> SECRETS = List.of(
            "card number",
            "cvv",
            "cvc",
            "cvc2",
            "security code",
            "expiry date",
            "card pin",
            "one-time code",
            "date of birth",
            "social security number",
            "ssn",
            "mother's maiden name",
            "online banking username",
            "kartennummer",
            "prüfziffer",
            "geburtsdatum",
            "numéro de carte",
            "date de naissance",
            "cryptogramme",
            "número de tarjeta",
            "número de la tarjeta",
            "fecha de nacimiento",
            "número do cartão",
            "data de nascimento",
            "numero della carta",
            "numero carta",
            "data di nascita",
            "kaartnummer",
            "geboortedatum",
            "pincode",
            "numer karty",
            "data urodzenia",
            "kortnummer",
            "födelsedatum",
            "číslo karty",
            "datum narození",
            "номер карты",
            "дата рождения",
            "срок действия",
            "kart numarası",
            "kart numaranız",
            "güvenlik kodu",
            "doğum tarihi",
            "nomor kartu",
            "tanggal lahir",
            "số thẻ",
            "カード番号",
            "暗証番号",
            "生年月日",
            "卡号",
            "卡號",
            "身份证号",
            "身份證號",
            "取款密码",
            "카드번호",
            "카드 번호",
            "주민등록번호",
            "비밀번호",
            "หมายเลขบัตร",
            "วันเกิด",
            "رقم البطاقة",
            "تاريخ الانتهاء",
            "رقم الهوية",
            "מספר כרטיס");

    /** The longest label. */
    static final int LONGEST_LABEL = 60;

    /** Whether a text begins with such a number, as the cell beside a label does. */
    static boolean beginsWithNumber(String text) {
        return isDigit(text.charAt(0)) && isAccountNumber(text, 0);
    }

    /** Whether a number of at least {@value #FEWEST_DIGITS} digits comes next; only words such as 'number' may lie between. */
    static boolean isAccountNumber(String text, int from) {
        int at = from;
        while (at < text.length() && at - from <= LABEL_GAP && !isDigit(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '.' && at + 1 < text.length() && text.charAt(at + 1) == ' ' && at > from + 3) {
                return false;
            }
            at++;
        }
        int digits = 0;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            digits += isDigit(text.charAt(at)) ? 1 : 0;
            at++;
        }
        return digits >= FEWEST_DIGITS;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
