package org.markwatch.crawl.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages without a declaration of their character set, or with a false one. */
class CharsetGuessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-31j | お支払い方法はクレジットカード、銀行振込、代金引換をご利用いただけます。送料は全国一律です。",
                "windows-31j | 会員登録は無料です。",
                "EUC-JP | お支払い方法はクレジットカード、銀行振込、代金引換をご利用いただけます。送料は全国一律です。",
                "EUC-JP | 会員登録は無料です。",
                "x-windows-949 | 결제 방법은 신용카드와 계좌이체가 가능하며 배송비는 무료입니다. 회원 가입 후 주문하실 수 있습니다.",
                "x-windows-949 | 무료 회원 가입 안내",
                "GB18030 | 我们接受信用卡和银行转账付款,订单满一百元免运费。请先注册会员再下单购买商品。",
                "GB18030 | 会员登录和价格说明",
                "Big5-HKSCS | 我們接受信用卡和銀行轉帳付款,訂單滿一百元免運費。請先註冊會員再下單購買商品。",
                "Big5-HKSCS | 會員登入與價格說明",
                "x-windows-874 | เรารับชำระเงินด้วยบัตรเครดิตและโอนเงินผ่านธนาคาร จัดส่งฟรีทั่วประเทศ",
                "x-windows-874 | สมัครสมาชิก",
                "windows-1251 | Мы принимаем банковские карты и переводы, доставка по всей стране бесплатно.",
                "windows-1251 | Оплата и доставка",
                "windows-1251 | Приемаме кредитни карти и банкови преводи, доставката е безплатна.",
                "KOI8-R | Мы принимаем банковские карты и переводы, доставка по всей стране бесплатно.",
                "KOI8-R | Оплата и доставка",
                "KOI8-U | Ми приймаємо банківські картки та перекази, доставка по всій країні безкоштовна. Її ціна вища.",
                "windows-1251 | Ми приймаємо банківські картки та перекази, доставка по всій країні безкоштовна. Її ціна вища.",
                "windows-1253 | Δεχόμαστε πιστωτικές κάρτες και τραπεζικές μεταφορές, τα μεταφορικά είναι δωρεάν.",
                "windows-1255 | אנו מקבלים כרטיסי אשראי והעברות בנקאיות, המשלוח חינם לכל הארץ.",
                "windows-1256 | نقبل الدفع ببطاقات الائتمان والتحويل المصرفي والشحن مجاني لجميع الطلبات.",
                "windows-1254 | Kredi kartı ve banka havalesi ile ödeme yapabilirsiniz, kargo ücretsizdir. Şimdi üye olun, alışverişe başlayın.",
                "windows-1250 | Płatność kartą kredytową lub przelewem, wysyłka gratis. Zapraszamy do założenia konta już dziś, źródło żądania.",
                "windows-1250 | Platba kartou nebo převodem, doprava zdarma. Zaregistrujte se ještě dnes, příliš žluťoučký kůň.",
                "windows-1250 | Fizetés bankkártyával vagy átutalással, a szállítás ingyenes. Regisztráljon még ma, legyen ön is a vevőnk, gyűjtse a pontokat.",
                "windows-1257 | Mokėjimas kortele arba banko pavedimu, pristatymas nemokamas. Užsiregistruokite šiandien ir gaukite nuolaidą.",
                "windows-1257 | Maksājums ar karti vai bankas pārskaitījumu, piegāde bez maksas. Reģistrējieties šodien un saņemiet atlaidi.",
                "windows-1252 | Nous acceptons les cartes de crédit et les virements, la livraison est offerte dès aujourd’hui à toute la clientèle.",
                "windows-1252 | Wir akzeptieren Kreditkarten und Überweisungen, der Versand ist für größere Bestellungen kostenlos.",
                "windows-1252 | Aceptamos tarjetas de crédito y transferencias, el envío es gratis para España y América. ¿Más preguntas?",
                "windows-1252 | Aceitamos cartões de crédito e transferências, o envio é grátis para todas as regiões. Não há anuidade.",
                "windows-1252 | Accettiamo carte di credito e bonifici, la spedizione è gratuita. Più di così non si può, perché è già tuo.",
                "windows-1252 | Vi tar emot kreditkort och banköverföring, frakten är gratis för alla beställningar på sidan.",
                "windows-1252 | Vi tager imod kreditkort og bankoverførsel, fragten er gratis på alle køb over beløbet.",
                "windows-1252 | It’s “free” – © 2026 Example® £12 • €5…",
                "windows-1252 | The café is open",
                "windows-1252 | Tous les prix TTC à régler",
            })
    void detectsCharacterSetOfText(String charset, String text) {
        byte[] body = page(text, Charset.forName(charset));

        assertThat(new String(body, Charsets.detect(body, body.length, null, true)))
                .isEqualTo(new String(body, Charset.forName(charset)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso-8859-1 | windows-31j | お支払い方法はクレジットカードをご利用いただけます。",
                "iso-8859-1 | GB18030 | 我们接受信用卡和银行转账付款,请先注册会员再下单购买。",
                "iso-8859-1 | windows-1251 | Мы принимаем банковские карты и переводы, доставка бесплатно.",
                "utf-8 | windows-1251 | Мы принимаем банковские карты и переводы, доставка бесплатно.",
                "utf-8 | x-windows-949 | 결제 방법은 신용카드와 계좌이체가 가능합니다.",
                "utf-8 | windows-1252 | Nous acceptons les cartes de crédit, livraison offerte dès l'achat.",
                "iso-8859-1 | UTF-8 | Nous acceptons les cartes de crédit, livraison offerte dès l'achat à l'été.",
                "shift_jis | UTF-8 | お支払い方法はクレジットカードをご利用いただけます。",
                "shift_jis | EUC-JP | お支払い方法はクレジットカードをご利用いただけます。",
                "gb2312 | Big5-HKSCS | 我們接受信用卡和銀行轉帳付款,請先註冊會員再下單購買。",
                "big5 | GB18030 | 我们接受信用卡和银行转账付款,请先注册会员再下单购买。",
            })
    void rejectsDeclarationThatContradictsBytes(String declared, String charset, String text) {
        byte[] body = page(text, Charset.forName(charset));

        assertThat(Charsets.detect(body, body.length, declared, true)).isEqualTo(Charset.forName(charset));
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-3, ĉirkaŭ la ĝardeno",
        "windows-1258, điện thoại",
        "x-MacRoman, le café crème doré",
        "windows-1252, það verður í lagi með þessa aðferð",
        "ibm850, prix payé",
        "GB18030, 登录 支付宝 Визовый центр"
    })
    void acceptsDeclarationConsistentWithBytes(String declared, String text) {
        byte[] body = page(text, Charset.forName(declared));

        assertThat(Charsets.detect(body, body.length, declared, true)).isEqualTo(Charset.forName(declared));
    }

    @Test
    void prefersMarkupToContradictedHeader() {
        Charset cyrillic = Charset.forName("windows-1251");
        byte[] body = page("<meta charset=windows-1251>Оплата и доставка", cyrillic);

        assertThat(Charsets.detect(body, body.length, "utf-8", true)).isEqualTo(cyrillic);
    }

    @Test
    void toleratesOneMalformedByteInUtf8() {
        byte[] body =
                page("Précis déjà réglé à l'été dernier, crédité à côté, payé après expédition. ".repeat(3), UTF_8);
        body[body.length - 20] = (byte) 0xE9;

        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(UTF_8);
        assertThat(Charsets.detect(body, body.length, "utf-8", true)).isEqualTo(UTF_8);
    }

    @Test
    void samplesLettersAnywhereInBody() {
        byte[] body = new byte[200_000];
        Arrays.fill(body, (byte) ' ');
        byte[] text = "Оплата и доставка".getBytes(Charset.forName("KOI8-R"));
        System.arraycopy(text, 0, body, 150_000, text.length);

        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(Charset.forName("KOI8-R"));
    }

    @Test
    void limitsSampleSize() {
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);

        assertThat(CharsetGuess.sample(noise, noise.length)).hasSize(CharsetGuess.MAX_SAMPLE_BYTES);
        assertThat(CharsetGuess.sample("plain".getBytes(US_ASCII), 5)).isEmpty();
        assertThat(CharsetGuess.guess(noise)).isNotNull();
    }

    @Test
    void keepsContextOfLettersInSample() {
        byte[] body = "one two three café au lait, and so on, and so on, dès".getBytes(ISO_8859_1);

        assertThat(new String(CharsetGuess.sample(body, body.length), ISO_8859_1))
                .isEqualTo("ee café au la on, dès");
    }

    private static byte[] page(String text, Charset charset) {
        return ("<html><head><title>x</title><script src=a.js></script></head><body><div class=main><p>" + text
                        + "</p></div></body></html>")
                .getBytes(charset);
    }
}
