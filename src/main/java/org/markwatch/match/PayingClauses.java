package org.markwatch.match;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by the build of a clause, not by a list of sentences, that a name in it is a way to pay: behind a verb of paying and a
 * preposition, behind an amount, or in line with cash and bank transfer. Looks at the clause only, at most {@value #REACH}
 * characters to each side.
 */
final class PayingClauses {
    private PayingClauses() {}

    private static final int REACH = 64;
    /** The longest text in which a clause says by itself that something is paid. */
    private static final int SHORT_TEXT = 100;
    /** How far before an amount somebody may begin to tell what it was spent on. */
    private static final int STORY = 200;
    /** Characters of a title such as 'Terms and conditions - Shop'. */
    private static final int LONGEST_TERMS = 60;
    /** Characters between two ways to pay of one list. */
    private static final int LIST_GAP = 24;

    /** Where words begin and end; {@code \b} would do, but with Unicode's words it costs ten times as much. */
    private static final String BEGIN = "(?<![\\p{L}\\p{N}_])";

    private static final String END = "(?![\\p{L}\\p{N}_])";

    private static final String WITH =
            "(via|lewat|by|through|with|using|in|per|par|avec|en utilisant|par carte|por|con|mediante|utilizando|usando|mit|über|mittels|tramite|utilizzando|com|amb|(a )?través de|através de|s|putem|preko|prin|cu|чрез|с|με|μέσω"
                    + "|عن طريق|بواسطة|عبر|من خلال|باستخدام|met|med|przez|za pomocą|через|с помощью|ile|qua|bằng|dengan|melalui)";
    /** What stands between a preposition and a name: {@code your}, {@code carta}. */
    private static final String ARTICLE =
            "( (a|any|your|our|the|their|you|ihrer|deiner|der|tu|su|la|las|los|votre|une|sua|o|uma|un|una|carta|carte|tarjetas?|targetes?|targeta|card|cardul|carduri|karte"
                    + "|(de )?(crédito|débito|credit|debit)|o|or))*";

    private static final String NOT =
            "never|not|don.t|cannot|can.t|nicht|kein\\p{L}*|weder|ne|pas|ni|nie|não|не|нельзя|niet|geen|inte|ikke|değil";

    private static final Pattern AMOUNT = Pattern.compile(
            "(?i)([$€£฿¥] ?\\d[\\d.,]*|\\d[\\d.,]* ?([$€£฿¥]|usd|eur|gbp|aud|cad|thb|dollars?|euros?))( [\\p{L}]+){0,2}( (via|by|through|with|per|par|con|mit|using)|,) $");
    /** Words of paying. */
    private static final String PAYING =
            "pay(ments?|ing)?|paid|payable|settled?|paiements?|paie|payer|payez|payé|r[éè]gl(er|ez|ement|ements)|zahl\\p{L}*|bezahl\\p{L}*|begleich\\p{L}*|überw(ei|ie)s\\p{L}*|anzahlung|(sofort)?einzahlung(en)?"
                    + "|pag(ar|a|ue|o|os|ando|amento|amenti|amentos|ará|uen|are|hi|ate|abile)|abonar|abone|vers(are|ato)|saldare|betal\\p{L}*|kortbetaling\\p{L}*|afrekenen"
                    + "|(za|o|wy)?płac\\p{L}*|uhrad\\p{L}*|afrekent|rekent|trả|wpłac\\p{L}*|płatn\\p{L}*|(о|за|рас|вы)?плат\\p{L}*|(за)?плащ\\p{L}*|öde\\p{L}*|zaplat\\p{L}*|plat(ba|by|bu|bě|ební|it|iti|ite|ím|íte|ite|obn\\p{L}*)|(u|na)?pla[ćč]\\p{L}*"
                    + "|fizet\\p{L}*|plăt\\p{L}*|plata|achit\\p{L}*|maksa\\p{L}*|maksu\\p{L}*|makst\\p{L}*|maksā\\p{L}*|atsiskait\\p{L}*|apmok\\p{L}*|розрах\\p{L}*|рассчит\\p{L}*|malipo|kulipa|bayaran|magbayad|भुगतान|پرداخت|korttimaks\\p{L}*|makse|πληρω\\p{L}*|πληρών\\p{L}*|לשלם|תשלום|ادفع|الدفع|سداد|thanh toán|bayar|pembayaran";

    private static final String PAY = "(?iU)" + BEGIN + "(" + PAYING
            + "|wysła\\p{L}*|przesła\\p{L}*|env[ií](ar|a|e|ad)|envoyez|versez|senden sie|schicken sie|отправ\\p{L}*|gönder\\p{L}*|kirim|send (it|(the |your )?(money|payment|funds|deposit|amount|total|fee))|money|deposit|order|reserve|betrag|geld|dinero|importe|somme|montant|acompte|importo|caparra"
            + "|посла\\p{L}*|пришл\\p{L}*|перевед\\p{L}*|сумм\\p{L}*|деньги|денег|uang\\p{L}*|peníze|částk\\p{L}*|kwot\\p{L}*|znesek|إرسال\\p{L}*)";
    private static final Pattern SAID = Pattern.compile(PAY + END);
    private static final Pattern SAID_PLAINLY =
            Pattern.compile("(?iU)" + BEGIN + "(" + PAYING + ")" + END + "|支払|決済|付款|支付|刷卡|결제|지불|ชำระ|จ่าย");
    private static final Pattern SAID_OF_IT = Pattern.compile(PAY + END + "[^.!?]{0,40}[ ,(]" + WITH + ARTICLE + " $");
    private static final Pattern CHARGED = Pattern.compile(
            "(?iU)" + BEGIN + "(charged?|billed|debited|deducted) (it |this )?(to|from)" + ARTICLE + " $");

    private static final Pattern OTHER_WAY = Pattern.compile("(?iU)" + BEGIN
            + "(cash|((bank|wire) )?transfers?|direct debit|invoice|cheques?|money orders?|gift cards?|(e-?)?vouchers?"
            + "|bar|barzahlung|bargeld|rechnung|vorkasse|(bank)?überweisung|lastschrift|nachnahme|virement|espèces|chèques?|transferencia|efectivo|reembolso"
            + "|bonifico|contanti|contrassegno|transferência|boleto|pix|dinheiro|multibanco|przelew\\p{L}*|gotówk\\p{L}*|pobraniem|наличн\\p{L}*|перевод\\p{L}*"
            + "|безналичн\\p{L}*|havale|eft|kapıda|overboeking|overschrijving|contant|factuur|faktura|kontant|dobírk\\p{L}*|převod\\p{L}*|utánvét|átutalás|ramburs"
            + "|ideal|klarna|sofort|giropay|bancontact|swish|mobilepay|vipps|blik|twint|bizum|skrill|neteller|venmo|zelle|revolut|wise|gcash|paytm|upi|momo"
            + "|bitcoin|crypto|dep[oó]sito( bancario)?|depósitos bancarios|postepay|satispay|bancomat|oxxo|mercado ?pago|mobile money|m-?pesa|orange money|tunai|chuyển khoản|tiền mặt)(?![\\p{L}\\p{N}])"
            + "|代金引換|銀行振込|コンビニ|現金|货到付款|微信|银行转账|現金|현금|계좌이체|무통장|เงินสด|โอน|الاستلام|نقد|מזומן");
    /** What cards are read with. */
    private static final Pattern DEVICE = Pattern.compile("(?iU)" + BEGIN
            + "(terminal\\p{L}*|card (reader|machine)|pin-?apparaat\\p{L}*|pinautomaat|lecteur de cartes?|kartenlesegerät|kartengerät|datáfono|tpv|makinemiz\\p{L}*"
            + "|терминал\\p{L}*|gesek)" + END + "|刷卡机|단말기|รูดบัตร");

    /** Of each of them some letters in a row, whatever the case of the first. */
    private static final String[] DEVICE_STEMS = {
        "erminal",
        "reader",
        "machine",
        "apparaat",
        "automaat",
        "ecteur",
        "gerät",
        "atáfono",
        "TPV",
        "tpv",
        "akinem",
        "ерминал",
        "gesek",
        "刷卡机",
        "단말기",
        "รูดบัตร"
    };

    /** The case of a name that says by what, in Slavic, Finnish and Hungarian: {@code PayPalem}. */
    private static final Pattern INSTRUMENTAL =
            Pattern.compile("(?iU)(?<=[lmdnлмдн])(em|om|ом|ем|lla|llä|illa|lal|val)$");

    private static final Pattern BILL = Pattern.compile("(?i) (invoice|money request|payment (link|request))" + END);
    private static final Pattern LISTED = Pattern.compile(
            "(?iU)^[^.!?。]*([,/;&+·•|、，]|(?<!\\p{L})(and|or|und|oder|sowie|और|un|ir|vai|arba|või|ali|ili|et|ou|y|o|u|e|oppure|lub|albo|i|czy|или|и|veya|ve|of|en|eller|och|og|a|nebo|vagy|sau|și|atau|dan|hoặc|và|ja)(?!\\p{L})|[和或及]|หรือ|และ|및|또는|أو| و| או )[^.!?。]*$");

    /** Somebody tells what was spent, or whose money moved. */
    private static final Pattern SPENT = Pattern.compile("(?iU)" + BEGIN
            + "((i|we|they) pay|sent|paid|lost|transferred|wired|spent|stole|raised|(?<!be )bought|earned|tried|say|said|used to|pagó|pagaron|pagaban|pagarono|pagavano|payaient|überwies(en)?|zahlten?|bezahlten?|betaalden?|betalade|betalte|płacili|płacił|envoyé|(за|о|рас|вы)?плат(ил|ила|или)|ödedi(m|k|ler)?|ödüyordu)"
            + END);
    /** The clause is about somebody else, or denies something. */
    private static final Pattern OTHERS = Pattern.compile("(?iU)" + BEGIN
            + "(tags?|теги|schlagw\\p{L}*|etiquetas|mots-clés|they|he|she|people|users|consumers|shoppers|tourists|travell?ers"
            + "|merchants|retailers|sellers|businesses|companies|lets|let|allows?|enables?|scammers?|fraudsters|criminals|händler|kunden können|comerciantes|commerçants"
            + "|no|non|noch|" + NOT + ")" + END);
    /** Money goes the other way: {@code Auszahlung per PayPal}. */
    private static final Pattern PAID_OUT = Pattern.compile("(?iU)" + BEGIN
            + "(auszahl\\p{L}*|ausgezahlt|payouts?|(pay(s|ing)?|paid) (you|out)|cash(ing)? out|withdraw\\p{L}*|retir(o|os|ar)|saques?|sacar"
            + "|preliev\\p{L}*|retraits?|wypła\\p{L}*|выплат\\p{L}*|вывод\\p{L}*|výběr\\p{L}*|uitbeta\\p{L}*|utbeta\\p{L}*|udbeta\\p{L}*|kifizet\\p{L}*|penarikan)"
            + END + "|提现|出金|出款");
    /** It comes in as well. */
    private static final Pattern PAID_IN = Pattern.compile("(?iU)" + BEGIN
            + "(deposits?|einzahl\\p{L}*|depósitos?|depositi?|dépôts?|wpła\\p{L}*|пополн\\p{L}*|ввод\\p{L}*|vklad\\p{L}*|storting\\p{L}*|insättning\\p{L}*|indbeta\\p{L}*|befizet\\p{L}*)"
            + END + "|充值|入金");

    /** Somebody gives money to those who ask for it. */
    private static final String GIVING =
            "donat\\p{L}*|contribut\\p{L}*|spend(e|en|et|est)|dons?|donner|faire un don|don(a|ar|e|en|es|aci[oó]n|aciones|ativos?)|do(ar|e|ação|ações)|donazion[ei]|donare|done(er|ren|ert)"
                    + "|donera|donér|wesprz\\p{L}*|wspier\\p{L}*|darowizn\\p{L}*|přisp\\p{L}*|daruj\\p{L}*|пожертв\\p{L}*|донат\\p{L}*|bağış\\p{L}*|donasi\\p{L}*|ủng hộ|quyên góp"
                    + "|adomány\\p{L}*|support (us|me|this|our|my|the)";

    private static final Pattern GIVEN_BY = Pattern.compile(
            "(?iU)" + BEGIN + "(" + GIVING + ")" + END + "[^.!?]{0,40}" + BEGIN + WITH + ARTICLE + " $");
    /** They speak for themselves, to who reads it. */
    private static final Pattern ASKING = Pattern.compile("(?iU)" + BEGIN
            + "(you|your|please|kindly|us|our|me|my|sie|du|dein\\p{L}*|bitte|uns|unser\\p{L}*|vous|votre|nous|nos|notre|puedes?|pueden|podés|nuestr\\p{L}*|recibimos|você|pode|nossa?|puoi|potete|nostr\\p{L}*"
            + "|je|jouw|ons|onze|du|oss|możesz|nas|prosimy|můžete|nám|вы|вас|нам|нас|можете|siz|bize|kami|anda|bạn|chúng tôi)"
            + END);

    private static final Pattern ONLY_IF = Pattern.compile("(?iU)" + BEGIN
            + "(only if|nur wenn|solo se|sólo si|solo si|seulement si|só se|apenas se|alleen als|tylko jeśli|только если)"
            + END);
    /** Those who may be given to without a reviewer. */
    private static final Pattern CHARITY = Pattern.compile("(?iU)" + BEGIN
            + "(charit\\p{L}*|non-?profit|not-for-profit|foundation|ngo|501 ?\\(?c|gemeinnützig\\p{L}*|stiftung|à but non lucratif|association loi|fundación|sin fines de lucro|fundação|sem fins lucrativos"
            + "|onlus|fondazione|senza scopo di lucro|stichting|anbi|fundacj\\p{L}*|благотворит\\p{L}*|фонд\\p{L}*)"
            + END);
    /** Of each way to ask for it some letters in a row. */
    private static final String[] GIVING_STEMS = {
        "onat",
        "ONAT",
        "ontribut",
        "pende",
        " don",
        "Don",
        "doar",
        "doe",
        "doa",
        "done",
        "esprz",
        "wspier",
        "arowizn",
        "řisp",
        "aruj",
        "ожертв",
        "онат",
        "ağış",
        "ủng hộ",
        "quyên góp",
        "domány",
        "upport "
    };

    /** The clause is about what might be. */
    private static final Pattern IF = Pattern.compile("(?iU)" + BEGIN
            + "(if|when|whether|wenn|falls|si (vous|tu|usted|on)|quando|cuando|lorsque|jeśli|если|när|als je)" + END);

    /** Where those who pay are sent to. */
    private static final Pattern REDIRECTED = Pattern.compile("(?iU)" + BEGIN
            + "(redirect\\p{L}*|forwarded to|taken to|weitergeleitet|weiterleit\\p{L}*|redirig\\p{L}*|redireccion\\p{L}*|redirecion\\p{L}*|conducid\\p{L}*"
            + "|reindirizzat\\p{L}*|trasferit\\p{L}*|doorgestuurd|doorverwezen|doorgeleid|geleid|przekierowan\\p{L}*|přesměrován\\p{L}*|omdirigeras|skickas|vidarebefordras"
            + "|viderestill\\p{L}*|перенаправ\\p{L}*|yönlendiril\\p{L}*|átirányít\\p{L}*|redirecțion\\p{L}*|μεταφ\\p{L}*|ανακατευθ\\p{L}*|توجيهك|תועבר\\p{L}*|diarahkan)"
            + END + "|跳转|跳轉|導向|移動し|遷移し|이동합니다|chuyển hướng|chuyển bạn");

    private static final Pattern ONLY_WORDS = Pattern.compile("\\s*\\p{L}[\\p{L}\\s]*");
    /** Of each of them some letters in a row. */
    private static final String[] REDIRECTED_STEMS = {
        "edire",
        "ediri",
        "orwarded",
        "taken to",
        "eitergeleitet",
        "eiterleit",
        "onducid",
        "eindirizz",
        "rasferit",
        "oorgestuurd",
        "oorverwezen",
        "eleid",
        "rzekierowan",
        "řesměrován",
        "mdirigeras",
        "kickas",
        "idarebefordras",
        "iderestill",
        "еренаправ",
        "önlendiril",
        "tirányít",
        "εταφ",
        "νακατευθ",
        "توجيهك",
        "תועבר",
        "iarahkan",
        "跳转",
        "跳轉",
        "導向",
        "移動し",
        "遷移し",
        "이동합니다",
        "huyển hướng",
        "huyển bạn"
    };

    /** What those who sell call what they sell by. */
    private static final Pattern TERMS = Pattern.compile(
            "(?iU)(unsere |our |nos |nuestras |le nostre )?(agb|allgemeine geschäftsbedingungen|cgv|conditions générales( de vente)?|terms|terms (and|&) conditions|terms of (sale|service)"
                    + "|condiciones (generales|de venta|generales de venta)|condizioni( generali)?( di vendita)?|termos e condições|algemene voorwaarden|regulamin( sklepu)?|obchodní podmínky|köpvillkor|allmänna villkor"
                    + "|handelsbetingelser|salgsbetingelser|(публичная )?оферта|договор оферты|ászf|satış sözleşmesi|mesafeli satış sözleşmesi|termeni și condiții|特定商取引法に基づく表記|syarat dan ketentuan)(?= ?[-–—|:·,(]|$)");

    private static final Pattern DELIVERY = Pattern.compile("(?iU)" + BEGIN
            + "(delivery|shipping|lieferung|versand|livraison|expédition|envíos?|entrega|frete|spedizion[ei]|consegna|verzending|bezorging|levering|frakt|leverans|dostaw[ay]|wysyłka"
            + "|doprava|doručen\\p{L}*|szállítás|livrare|доставк[аи]|teslimat|kargo|αποστολή|pengiriman|giao hàng)"
            + END
            + "|配送|送料|运费|運送|배송|จัดส่ง|الشحن|التوصيل|משלוח");
    private static final String CARDS =
            "(cards?|karten?|kreditkarten?|cartes?|tarjetas?|cart[aã]o|cart[õo]es|carte|carta|kaarten|creditcards|kart[ya]?|kort|korten|карты|карти|картки|κάρτες|kartlar\\p{L}*|cartões)";
    private static final String EACH_CARD =
            "(cards?|kort|kortet|karten?|kreditkarten?|cartes?|tarjetas?|cart[aã]o|cart[õo]es|carte|kart[aęyąoi]\\p{L}{0,4}|kort(it|tia|eilla|illa|ille)|korttei\\p{L}*|карт\\p{L}{1,3}"
                    + "|κάρτ\\p{L}*|kaart\\p{L}{0,2}|kreditkort|creditcards?|k[aá]rty\\p{L}*|thẻ|kartu|بطاق\\p{L}*)";
    private static final Pattern CARDS_BEFORE = Pattern.compile("(?iU)" + BEGIN + EACH_CARD + "[ ,:-]{1,3}$");
    private static final Pattern CARDS_BEHIND = Pattern.compile(
            "(?iU)[^.!?]{0,40}?[ -](kredi |platn\\p{L}* |credit |debit |credit and debit )?" + EACH_CARD + END);
    /** Somebody's goods are paid for by several; of one card they say that it can be had. */
    private static final Pattern CARDS_TAKEN = Pattern.compile(
            "(?iU)" + BEGIN
                    + "(cards|karten|kreditkarten|cartes|tarjetas|targetes|cart[õo]es|kaarten|kort(it|eilla|en)|kart(y|ami|icama|icami|lar\\p{L}*)|carduri|k[aá]rt(y|ami|ák|yák\\p{L}*)"
                    + "|карт(ы|ами|ках|ки|ками|ой|ою)|карткою|kart[ąo]u?|karticom|κάρτες|kortelėmis|kartēm|kaartidega)[^.!?:]{0,24}[ :(]{1,3}$");
    /** The same behind names, where the case says it: {@code Visa- ja Mastercard-korteilla}. */
    private static final Pattern CARDS_TAKEN_BEHIND = Pattern.compile(
            "(?iU)[^.!?]{0,40}?[ -](kortelėmis|korteilla|kartlar\\p{L}*la|kártyákkal|kaartidega|karticama)" + END);
    /** What those who take money say of themselves, or of who pays. */
    private static final Pattern AT_OURS = Pattern.compile("(?iU)" + BEGIN
            + "(have your|with your|at our|bei uns|chez nous|u nas|у нас|presso di noi|aquí|trabalhamos com|parcelamos|manejamos|bij ons|hos oss|hos os|vi (tar|tager|modtager|aksepterer)|ons aanvaar"
            + "|tunapokea|tumatanggap|nálunk|la noi|nálam|pie mums|pas mus|meil)" + END
            + "|本店|当店|저희");

    /** What those who sell call what is bought of them, and those who ask for gifts what is given. */
    private static final Pattern ORDER = Pattern.compile("(?iU)" + BEGIN
            + "(orders?|ordering|bookings?|invoices?|on (arrival|departure)|check-?(in|out)|your (stay|box|place)|the balance|deposits?|subscriptions?|memberships?|заказ\\p{L}*|брон\\p{L}*|замовлен\\p{L}*|(vor)?bestell\\p{L}*|kaufanfrage\\p{L}*|anzahlung|buchung\\p{L}*|restbetrag|restzahlung|bei (der )?(ankunft|anreise|abreise|abholung)|rechnung|(kurs|teilnahme)gebühr|commandes?|acompte|réservations?|le solde|facture|à l.arrivée|au départ|du départ"
            + "|abonnements?|pedidos?|anticipo|reservas?|encomendas?|(al|a la) (llegar|llegada|entrega|retirar)|el resto|o restante|na chegada|na entrega|ordin[ei]|acconto|prenotazion[ei]|il saldo|all.arrivo|bestelling(en)?|voorschot|bij (vertrek|aankomst|afhalen)|factuur|vid ankomst|resten|zamówie\\p{L}*|objednáv\\p{L}*|doplatek|při příjezdu|rendelés\\p{L}*|érkezéskor|comand\\p{L}*|narudžb\\p{L}*"
            + "|поръчк\\p{L}*|sipariş\\p{L}*|παραγγελί\\p{L}*|beställning\\p{L}*|bestilling\\p{L}*|tilau\\p{L}*|pesanan|pemesanan|saat tiba|đơn hàng|khi nhận (phòng|hàng)|kalan tutar\\p{L}*|girişte|при встрече|при (получении|заселении|заезде)|вручную|doações|doação|doar|donativos?|donaciones|dons?|spenden?|donations?)"
            + END + "|ご注文|残金|ご到着|订单|余款|到店|도착|나머지|訂單|주문|คำสั่งซื้อ|طلب\\p{L}*|הזמנ\\p{L}*");

    private static final int LONG_SENTENCE = 130;
    private static final int FEW_LINES = 400;

    /** Nothing but a number and a preposition. */
    private static final Pattern OPENING = Pattern.compile("(?iU)[^\\p{L}]*" + WITH + ARTICLE + " ");

    private static final Pattern NO_MORE = Pattern.compile("\\s?([.;(]|\\d[.)])");
    private static final String ACCEPTED =
            "(accepted|supported|accettat[ei]|aceptad[ao]s|admitid[ao]s|aceit[ao]s|accept[ée]e?s|akzeptierten?|unterstützten?|geaccepteerde?|akceptowan\\p{L}*|obsługiwan\\p{L}*"
                    + "|přijíman\\p{L}*|podporovan\\p{L}*|elfogadott|acceptate|принимаемые|(се )?приема\\p{L}*|hyväksyty?t|godkända|aksepterte|accepterede)";
    private static final Pattern ACCEPTED_CARDS = Pattern.compile("(?iU)" + BEGIN + "(" + CARDS + END + "[^.!?]{0,24} "
            + ACCEPTED + END + "|" + ACCEPTED + " [^.!?]{0,16}" + CARDS + END + ")[^.!?]{0,32}$");

    private static final Pattern OF_MOST = Pattern.compile(
            "ほとんどの|大抵の|たいていの|多くの店|大部分|多数商家|很多商家|대부분|ส่วนใหญ่|(?iU)(?<!\\p{L})(usually|generally|widely|commonly|typically|universally|in der regel|meistens?|weithin"
                    + "|généralement|largement|di norma|in genere|solitamente|generalmente|ampliamente|amplamente|geralmente|обычно|doorgaans|zazwyczaj) |\\b(most|many) (shops|stores|places|restaurants|hotels|taxis)\\b"
                    + "|\\b(in (oltre|più di|more than|over|über|mehr als|más de|mais de)(?= \\d)|dans plus de(?= \\d)|(dans|sur|chez|auprès de) la plupart|nella maggior parte|en la mayoría|na maioria|in den meisten|in de meeste|w większości|в большинстве) ");

    /** Of each of them some letters in a row. */
    private static final String[] OF_MOST_STEMS = {
        "ost ",
        "OST ",
        "any ",
        "ANY ",
        "とんどの",
        "大抵の",
        "いていの",
        "多くの店",
        "大部分",
        "多数商家",
        "很多商家",
        "대부분",
        "ส่วนใหญ่",
        "ally ",
        "idely ",
        "monly ",
        "der Regel ",
        "eist",
        "eithin ",
        "ement ",
        "norma ",
        "genere ",
        "mente ",
        "бычно ",
        "oorgaans ",
        "zwyczaj ",
        "plupart ",
        "oltre ",
        "più di ",
        "ore than ",
        "in over ",
        "in über ",
        "ehr als ",
        "lus de ",
        "ás de ",
        "ais de ",
        "maggior parte ",
        "mayoría ",
        "maioria ",
        "meeste ",
        "większości ",
        "большинстве "
    };

    /** Said to those who sell: {@code Accept Visa in your store}. */
    private static final Pattern TO_MERCHANTS = Pattern.compile(
            "(?i)\\b(your (online )?(store|shop|site|website|customers|clients|business)|(ihre[mn]?|deine[mn]?) (online-?)?shop|votre boutique"
                    + "|(tu|su) tienda|(?<!we (also |now |gladly )?)accept(ing)? ([\\p{L}-]+ ){0,3}payments?|payments? ([\\p{L}-]+ ){0,3}to your"
                    + "|zahlungen (akzeptieren|annehmen)|accepter (les|des) paiements|aceptar pagos|accettare pagamenti|aceitar pagamentos)"
                    + END);

    /** Software for those who sell. */
    private static final Pattern GATEWAYS = Pattern.compile("(?iU)[^.!?]{0,16}" + BEGIN
            + "(payment (gateways|processors|(service )?providers|integrations)|pasarelas de pagos?|passerelles de paiement|prestataires de paiement"
            + "|zahlungsanbieter|zahlungsdienstleister|gateways de pagamento|gateway di pagamento|платёжные (шлюзы|системы)|bramki płatnicze)"
            + END + ":?");

    private static final Pattern IN_A_PLACE = Pattern.compile(" (in|across|around|en|au|no|na|w|v|в) \\p{Lu}\\p{Ll}");

    /** The same where a country's name is followed by the verb: {@code 台湾で使えるカード}. */
    private static final Pattern USED_IN_A_PLACE =
            Pattern.compile("(?<![当弊本各店社院])[\\p{IsHan}\\p{IsKatakana}ー](?<!店|社|院|館|ネット)で(は)?(使|利用)");

    private static final Pattern WHY = Pattern.compile(
            "(?iU)¿?(why|warum|wieso|pourquoi|por ?qu[eéê]|perché|waarom|varför|hvorfor|dlaczego|proč|почему|neden|なぜ|为什么|為什麼|왜)");

    private static final Pattern ADVERTISEMENT = Pattern.compile(
            "(?iU)(^|[.!?] )(advertisement|advertorial|sponsored|sponsor|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|reklama|реклама|広告|广告|광고) ?[:–—|-]");

    /** Cards are put into a wallet or an account, which nobody is paid with yet. */
    private static final Pattern LINKED = Pattern.compile("(?iU)绑定|綁定|绑卡|ผูกบัตร|카드를? 등록|カードを登録|" + BEGIN
            + "((link|add|connect)(ing)? (a|an|your|any|international|foreign|credit|debit|bank|visa)( \\p{L}+){0,2} cards?|karten? (hinterleg|verknüpf)\\p{L}*"
            + "|(vincul|asoci)\\p{L}* (tu|su|una) tarjeta|(associe|relie|lie)\\p{L}* (votre|une) carte|collega\\p{L}* (la|una) carta|vincul\\p{L}* (o|seu|um) cartão"
            + "|привяз\\p{L}* карт\\p{L}*|podłącz\\p{L}* kart\\p{L}*|koppel\\p{L}* (je|uw) \\p{L}*kaart)" + END);

    private static final Pattern SOON = Pattern.compile(
            "(?iU)coming soon|demnächst|bientôt|próximamente|em breve|prossimamente|wkrótce|brzy|скоро|準備中|即将|即將|곧 ");

    private static final int NEGATION_REACH = 16;
    /** Right before wording: {@code we cannot }, {@code do not yet }. */
    private static final Pattern NEGATION = Pattern.compile("(?iU)(" + BEGIN
            + "(not|no|no longer|never|cannot|unable to|whether|if|nicht|ob|keine?|ne|nie|não|non|niet|не|ikke|inte|nem)"
            + END + "|n[’']t) ?([\\p{L}\\p{N}_]+ )?$|(不|ไม่)$");

    /** {@code  ma non}: what stands between two names of a list is shorter. */
    private static final int SHORTEST_EXCEPTION = 6;

    private static final Pattern EXCEPT = Pattern.compile("(?iU)" + BEGIN
            + "(but|except|excluding|excepting|aber|außer|nur nicht|mais|sauf|hormis|pero|salvo|excepto|ma|tranne|eccetto|mas|exceto|maar|behalve|men|utom|undtagen|ale|oprócz|но|кроме|ama|hariç)"
            + END + "[^.!?]{0,24}" + BEGIN + "(" + NOT + "|no|non|pas)" + END + "|" + BEGIN
            + "(except|excluding|außer|sauf|hormis|salvo|excepto|tranne|eccetto|exceto|behalve|utom|oprócz|кроме|hariç)"
            + END);
    private static final Pattern REFUSED = Pattern.compile("(?iU)" + BEGIN + "(" + NOT + ")" + END);
    /** The same right behind a name: {@code PayPal is currently not available}. */
    private static final Pattern REFUSED_AFTER =
            Pattern.compile("(?iU)[^.!?,;]{0,20}" + BEGIN + "(no longer|" + NOT + ")" + END);

    /** The same of what was or is so elsewhere. */
    private static final Pattern IMPOSSIBLE = Pattern.compile("(?iU)[^.!?,;]{0,20}" + BEGIN
            + "(im?poss?ib(le|ile)|impossível|unmöglich|onmogelijk|umulig|omöjligt|niemożliw\\p{L}*|nemožn\\p{L}*|невозмож\\p{L}*|imkansız)"
            + END);

    /** Who pays chooses it. */
    private static final Pattern CHOSEN = Pattern.compile("(?iU)" + BEGIN
            + "(choos\\p{L}*|chose|select\\p{L}*|pick|(aus)?w[äa]hl\\p{L}*|choisi\\p{L}*|sélectionn\\p{L}*|eleg\\p{L}*|elij\\p{L}*|selecc\\p{L}*|scegli\\p{L}*|selezion\\p{L}*"
            + "|escolh\\p{L}*|selecion\\p{L}*|kies\\p{L}*|kiez\\p{L}*|selecteer|selecteren|wybier\\p{L}*|wybra\\p{L}*|vyb[eě]r\\p{L}*|vol[ií]t\\p{L}*|zvol\\p{L}*|välj\\p{L}*|vælg\\p{L}*|velg\\p{L}*"
            + "|выбер\\p{L}*|выбра\\p{L}*|оберіть|seç\\p{L}*|επιλ\\p{L}*|اختر|اختيار\\p{L}*|בחר\\p{L}*|chọn|pilih)"
            + END
            + "|选择|選択|選擇|선택|เลือก");

    /** Whether a text speaks to those who sell. */
    static boolean isSaidToMerchants(String text) {
        return TO_MERCHANTS.matcher(text).find();
    }

    /** Whether a label is above what software works with: {@code Payment gateways}. */
    static boolean isLabelOfGateways(String text) {
        return text.length() <= LIST_GAP + REACH && GATEWAYS.matcher(text).matches();
    }

    /** Whether a digit stands before a name as near as an amount would; before most there is none. */
    static boolean followsDigit(String text, int name) {
        for (int i = name - 1; i >= Math.max(0, name - REACH); i--) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** Whether an amount stands right before a name: {@code 25 USD via}. */
    static boolean followsAmount(String text, int name) {
        return AMOUNT.matcher(before(text, name)).find()
                && !SPENT.matcher(text).region(Math.max(0, name - STORY), name).find();
    }

    /**
     * Whether a clause says to pay by it, or lists it with other ways to pay.
     *
     * @param till whether money is taken on the page; where that is not known, the clause must do both, in a text that may offer
     */
    static boolean isWayToPay(String text, int start, int end, boolean till) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        boolean told = to < text.length() && text.charAt(to) == '?'
                || SPENT.matcher(text.substring(from, to)).find()
                || OTHERS.matcher(before).find();
        if (told || isPaidOut(before)) {
            return false;
        }
        if (till && isRedirected(text.substring(from, to))) {
            return true;
        }
        if (IF.matcher(before).find()
                || REFUSED_AFTER.matcher(text).region(end, to).lookingAt()) {
            return false;
        }
        if (!till) {
            return hasDevice(text, start, to)
                    || isShort(text, start, end)
                            && SAID.matcher(before).find()
                            && isListedWithOthers(text, from, to, start, end);
        }
        return SAID_OF_IT.matcher(before).find()
                || isEntry(text, before, end)
                || SAID_PLAINLY.matcher(text.substring(from, to)).find() && isOfCards(before, text.substring(end, to))
                || CHARGED.matcher(before).find()
                || isListedWithOthers(text, from, to, start, end)
                || isBill(text, end, to)
                || INSTRUMENTAL.matcher(text).region(start, end).find()
                        && SAID.matcher(before).find()
                || hasDevice(text, start, to);
    }

    /** Whether a clause tells by what somebody is paid, and not by what he pays. */
    static boolean isPaidOut(String before) {
        return PAID_OUT.matcher(before).find() && !PAID_IN.matcher(before).find();
    }

    /** Whether a text may ask for money; most do not, and need not be searched for it. */
    static boolean mayAskForGifts(String text) {
        return hasAny(GIVING_STEMS, text);
    }

    /** Whether a clause asks its reader to give by a name: {@code you can also donate via PayPal}. A charity may. */
    static boolean asksForGifts(String text, int start, int end) {
        int from = clauseStart(text, start);
        String before = text.substring(from, start);
        return GIVEN_BY.matcher(before).find()
                && ASKING.matcher(before).find()
                && !OTHERS.matcher(before).find()
                && !SPENT.matcher(before).find()
                && !ONLY_IF.matcher(text.substring(end, clauseEnd(text, end))).find()
                && !isAsked(text, end)
                && !CHARITY.matcher(text)
                        .region(Math.max(0, start - STORY), Math.min(text.length(), end + STORY))
                        .find();
    }

    /** Whether a clause is an entry of a list of ways: {@code 1. By PayPal 2.} */
    private static boolean isEntry(String text, String before, int end) {
        return OPENING.matcher(before).matches()
                && (end == text.length()
                        || NO_MORE.matcher(text).region(end, text.length()).lookingAt());
    }

    /** Whether cards are spoken of right before a name, or behind it and its neighbours: {@code karty Visa}, {@code Visa- ja Eurocard-korteilla}. */
    private static boolean isOfCards(String before, String behind) {
        return CARDS_BEFORE.matcher(before).find()
                || CARDS_BEHIND.matcher(behind).lookingAt();
    }

    private static boolean isRedirected(String clause) {
        return hasAny(REDIRECTED_STEMS, clause) && REDIRECTED.matcher(clause).find();
    }

    /** Whether a text says that somebody is sent to what it names there: {@code Redirecting to PayPal}. */
    static boolean isDestination(String text, int start) {
        String before = text.substring(clauseStart(text, start), start);
        if (!hasAny(REDIRECTED_STEMS, before)) {
            return false;
        }
        Matcher redirected = REDIRECTED.matcher(before);
        int end = -1;
        while (redirected.find()) {
            end = redirected.end();
        }
        return end >= 0
                && ONLY_WORDS.matcher(before).region(end, before.length()).matches();
    }

    /** Whether a clause speaks of paying, or of choosing a way to, and does not take back what the page's title says of it. */
    static boolean isSaidOfAWay(String text, int start, int end) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        String clause = text.substring(from, to);
        return !(to < text.length() && text.charAt(to) == '?')
                && !REFUSED.matcher(before).find()
                && !REFUSED_AFTER.matcher(text).region(end, to).lookingAt()
                && (SAID_PLAINLY.matcher(clause).find()
                        || CHOSEN.matcher(clause).find()
                        || isRedirected(clause));
    }

    /** Whether nothing around names says that it is told of others, of what was, might be or is so in most shops. */
    static boolean isToldOfOneself(String text, int start, int end) {
        String clause = text.substring(clauseStart(text, start), clauseEnd(text, end));
        return !isAsked(text, end)
                && !SPENT.matcher(clause).find()
                && !OTHERS.matcher(clause).find()
                && !IF.matcher(clause).find()
                && !isPaidOut(clause)
                && !isSaidToMerchants(text)
                && placesOfMost(text).isEmpty();
    }

    /**
     * Whether a short text offers to take the brands of a row, on a page that has no till: they are paid with, stand in line with cash, or
     * are called cards that those who speak take.
     */
    static boolean isShortOffer(String text, int start, int end) {
        if (!isShort(text, start, end) || !isToldOfOneself(text, start, end) || isRefused(text, start)) {
            return false;
        }
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        String behind = text.substring(end, to);
        return !REFUSED_AFTER.matcher(text).region(end, to).lookingAt()
                && (SAID_OF_IT.matcher(before).find()
                        || CARDS_TAKEN.matcher(before).find()
                        || CARDS_TAKEN_BEHIND.matcher(behind).lookingAt()
                        || isListedWithOthers(text, from, to, start, end)
                        || AT_OURS.matcher(before).find()
                        || SAID_PLAINLY.matcher(text.substring(from, to)).find() && isOfCards(before, behind));
    }

    /** Whether a text is short, or a few lines about an order, which only those speak of who take it. */
    static boolean mayOffer(String text) {
        return text.length() <= SHORT_TEXT
                || text.length() <= FEW_LINES && ORDER.matcher(text).find();
    }

    /** Whether a text is short, or a sentence of it. */
    private static boolean isShort(String text, int start, int end) {
        return text.length() <= SHORT_TEXT || sentenceLength(text, start, end, LONG_SENTENCE) <= LONG_SENTENCE;
    }

    /** Where a text begins to speak of most tills: {@code ほとんどの店で}. */
    static BitSet placesOfMost(String text) {
        BitSet places = new BitSet();
        if (hasAny(OF_MOST_STEMS, text)) {
            Matcher most = OF_MOST.matcher(text);
            while (most.find()) {
                places.set(most.start());
            }
        }
        return places;
    }

    /** Whether a short text names cash, bank transfer or another way to pay that nobody watches. */
    static boolean namesOtherWay(String text) {
        return OTHER_WAY.matcher(text).find();
    }

    /** Whether a title says that what follows is what somebody sells by: {@code AGB}. */
    static boolean isOfTerms(String title) {
        return title.length() <= SHORT_TEXT && TERMS.matcher(title).lookingAt() && title.length() <= LONGEST_TERMS;
    }

    /** Whether a title is about delivery, which shops tell of beside payment. */
    static boolean speaksOfDelivery(String title) {
        return DELIVERY.matcher(title).find();
    }

    /** Whether cards that are accepted are spoken of right before a place: {@code Le carte di credito accettate sono quelle dei circuiti }. */
    static boolean followsAcceptedCards(String text, int start) {
        return ACCEPTED_CARDS
                .matcher(text.substring(clauseStart(text, start), start))
                .find();
    }

    /** Whether a text speaks of paying, in whatever form. */
    static boolean speaksOfPaying(String text) {
        return SAID.matcher(text).find();
    }

    /** Whether what comes between two names takes the second out: {@code Visa and Mastercard but not American Express}. */
    static boolean isExcepted(String text, int from, int to) {
        return to - from >= SHORTEST_EXCEPTION
                && EXCEPT.matcher(text).region(from, to).find();
    }

    /** Whether the clause says before the name that it is not taken: {@code weder Visa}. */
    static boolean isRefused(String text, int start) {
        return REFUSED.matcher(text.substring(clauseStart(text, start), start)).find();
    }

    /** Whether the clause goes on to say that it cannot be paid with: {@code an American Express was impossible to use}. */
    static boolean isImpossible(String text, int end) {
        return IMPOSSIBLE.matcher(text).region(end, text.length()).lookingAt();
    }

    /** Characters of the sentence that a stretch of a text is a part of, counted up to a little more than {@code most}. */
    static int sentenceLength(String text, int start, int end, int most) {
        int from = start;
        while (from > 0 && start - from <= most && !isEnd(text, from - 1)) {
            from--;
        }
        int to = end;
        while (to < text.length() && to - end <= most && !isEnd(text, to)) {
            to++;
        }
        return to - from;
    }

    /** Whether what comes next tells in which country or town: {@code  in Japan}. */
    static boolean isSaidOfAPlace(String text, int from) {
        return IN_A_PLACE.matcher(text).region(from, text.length()).lookingAt();
    }

    /** Whether a headline is about how people pay in a country or town: {@code Pagare con carta in Giappone}. */
    static boolean isPayingInAPlace(String headline) {
        Matcher place = IN_A_PLACE.matcher(headline);
        while (place.find()) {
            String before = headline.substring(Math.max(0, place.start() - LIST_GAP), place.start());
            if (SAID.matcher(before).find() || NamedBrands.speaksOfCards(before)) {
                return true;
            }
        }
        return USED_IN_A_PLACE.matcher(headline).find() && NamedBrands.speaksOfCards(headline);
    }

    /** Whether a question is about what went wrong, and not what there is. */
    static boolean asksWhy(String question) {
        return WHY.matcher(question).lookingAt();
    }

    /** Whether the sentence that a place is in asks. */
    static boolean isAsked(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < STORY && !isEnd(text, end)) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '?';
    }

    /** Whether a short text says that something is still to come: {@code PayPal coming soon}. */
    static boolean isAnnounced(String text) {
        return text.length() <= SHORT_TEXT && SOON.matcher(text).find();
    }

    /** Whether a text tells to put a card into a wallet: {@code link your Visa card to Alipay}. */
    static boolean isOfWallet(String text) {
        return LINKED.matcher(text).find();
    }

    /** Whether a text says that it is somebody else's, who pays for it. */
    static boolean isAdvertisement(String text) {
        return ADVERTISEMENT.matcher(text).find();
    }

    /** Whether what is said from a place on is denied right before it: {@code we do not }. */
    static boolean isNegated(String text, int at) {
        return NEGATION.matcher(text)
                .region(Math.max(0, at - NEGATION_REACH), at)
                .useTransparentBounds(true)
                .find();
    }

    /** Whether a text may speak of what cards are read with; most do not, and need not be searched for it. */
    static boolean mayHaveDevice(String text) {
        return hasAny(DEVICE_STEMS, text);
    }

    private static boolean hasAny(String[] stems, String text) {
        for (String stem : stems) {
            if (text.contains(stem)) {
                return true;
            }
        }
        return false;
    }

    /** Whether what cards are read with is spoken of, be it in the sentence before. */
    private static boolean hasDevice(String text, int start, int to) {
        String around = text.substring(Math.max(0, start - 2 * REACH), to);
        return mayHaveDevice(around) && DEVICE.matcher(around).find();
    }

    private static boolean isBill(String text, int end, int to) {
        return BILL.matcher(text).region(end, to).lookingAt();
    }

    private static boolean isListedWithOthers(String text, int from, int to, int start, int end) {
        Matcher other = OTHER_WAY.matcher(text).region(from, to);
        while (other.find()) {
            String between = other.end() <= start
                    ? text.substring(other.end(), start)
                    : other.start() >= end ? text.substring(end, other.start()) : "";
            if (between.length() <= LIST_GAP && LISTED.matcher(between).find()) {
                return true;
            }
        }
        return false;
    }

    private static String before(String text, int name) {
        return text.substring(Math.max(0, name - REACH), name);
    }

    private static int clauseStart(String text, int name) {
        int from = name;
        while (from > 0 && name - from < REACH && !isEnd(text, from - 1)) {
            from--;
        }
        return from;
    }

    private static int clauseEnd(String text, int name) {
        int to = name;
        while (to < text.length() && to - name < REACH && !isEnd(text, to)) {
            to++;
        }
        return to;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '!' || c == '?' || c == '。' || c == '.' && (at + 1 == text.length() || text.charAt(at + 1) <= ' ');
    }
}
