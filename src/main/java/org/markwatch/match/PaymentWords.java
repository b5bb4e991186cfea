package org.markwatch.match;

import java.util.Set;

/** Words that tell a mark from a common word. All folded. */
final class PaymentWords {
    private PaymentWords() {}

    /** In a file name, a class or a caption: the reference is about paying. */
    private static final Set<String> PAYMENT = words(
            "payment payments pay paying card cards cc cb ccard creditcard creditcards credit debit"
                    + " checkout accept accepted accepts accepting method methods paymethod paymethods paymenticon paymenticons pf wallet"
                    + " zahlung zahlungen zahlungsart zahlungsarten zahlungsmittel bezahlen karte karten pago pagos tarjeta tarjetas"
                    + " paiement paiements carte cartes pagamento pagamenti pagamentos carta cartao betaling betaalmethode betalen"
                    + " kort oplata платеж ödeme transaction gateway psp payicon payicons paylogo paylogos paymentlogo paymentlogos cardicon cardicons cardlogo"
                    + " bandeira bandeiras zahlart zahlarten platnosci platnosc karty odeme kortit betalningar betalmetoder moyen moyens"
                    + " medios medio meios formas mezzi metodi"
                    + " cardlogos metodos betaalmethoden scheme electron kreditkarte kreditkarten creditcart plata platby platba fizetes"
                    + " paymentmethods paymentmethod paymentoptions paysystem paysystems acquirer acquiring ccards ccicons cctypes zahlungsarten");

    /** The same in scripts without spaces, where they stand inside longer runs. */
    private static final Set<String> UNSPACED_PAYMENT =
            words("カード 決済 支払 お支払 クレジット 信用卡 银行卡 銀行卡 支付 付款 刷卡 결제 카드 지불 บัตร ชำระ จ่าย");

    /** Whether a word of a reference says that it is about paying. */
    static boolean isPayment(String word) {
        return PAYMENT.contains(word)
                || isUnspaced(word) && UNSPACED_PAYMENT.stream().anyMatch(word::contains);
    }

    /** In a file name, a class or a caption: says nothing about what is drawn. */
    static final Set<String> DECORATION =
            words("logo logos icon icons ico badge badges mark marks brand brands acceptance color colour"
                    + " colored white black dark light gray grey blue red small large medium sm md lg xl xs big mini tiny flat square rounded"
                    + " round circle outline outlined filled fill line solid new old original full svg png gif webp img image images pic"
                    + " picture asset assets x cc curved straight alt footer header horizontal vertical h v w min opt optimized thumb static"
                    + " media dist build fa fab fas far bi ri la lab pf ti pi i s c sprite symbol use id class and or with by the we also"
                    + " ic icn peq pequeno klein gross petit grand grande btn button default hover active inline block item list secure type types kind box wrap wrapper item items"
                    + " cell col bg background glyph tag label option options tile set group row holder provider providers bank charge"
                    + " inc logosvg logopng com official vector transparent cabecera site web mobile desktop brandmark loghi logotipo logotipos loga szary niebieski"
                    + " schwarz weiss bleu noir blanc gris grau blu nero bianco azul negro blanco preto branco bialy czarny color colorido farbig couleur"
                    + " ru en de fr es it pt pl cz cs jp ja cn zh kr ko br tr nl se no dk fi hu ro gr ua us uk eu th vn sm tn hd hq mono duo verified veryfied"
                    + " bt pos neg rgb cmyk fc vrt hrz rev sym emblem");

    /** Marks and ways to pay that nobody watches here: beside a name they speak for it. */
    private static final Set<String> OTHER_MARKS = words(
            "mir troy cirrus vpay multibanco mbway payconiq belfius paydirekt przelewy24 przelewy payu dotpay tpay webmoney yandexmoney sberpay sbp kaspi halyk bkm iyzico paytr laybuy sezzle affirm amazonpay applepay googlepay gpay apay shopify shoppay vorkasse rechnung nachnahme lastschrift sepa elo hipercard hiper rupay bancontact ideal klarna dankort girocard interac mada verve blik swish twint bizum"
                    + " giropay sofort skrill neteller stripe boleto pix qiwi gcash paytm upi bitcoin paysafecard mollie afterpay clearpay"
                    + " vpay postepay cartasi knet benefit fawry mpesa momo vnpay zalopay wechat wechatpay kakaopay naverpay linepay prostir uatp rapipago oxxo"
                    + " paymaya grabpay duitnow fpx bkash nagad phonepe uzcard humo nequi daviplata mercadopago pagseguro picpay"
                    + " yookassa umoney cod мир сбп юмани axess cardfinans paraf abitab redpagos cabal redcompra webpay servipag khipu efecty"
                    + " pagoefectivo yape plin esewa khalti jazzcash easypaisa promptpay truemoney gopay shopeepay linkaja bca bni privat24"
                    + " airtel paystack flutterwave meeza argencard cencosud tarshop banricompras edenred sodexo moneygram perfectmoney payeer"
                    + " telebirr sslcommerz weixin weixinpay wxpay tenpay merpay rakutenpay aupay paypay kakao payco samsungpay jkopay liqpay"
                    + " wayforpay portmone corvuspay wspay monri tabby tamara stcpay zarinpal peachpayments payfast ozow snapscan vietqr onepay dana");

    /** Short for a brand in a row of its files alone: everywhere else a common word. */
    private static final Set<String> IN_ROWS = words("express");

    /** Whether a name is known by its row only: {@code express.png} beside {@code visa.png} and {@code master.png}. */
    static boolean isOfRowsOnly(String name) {
        return IN_ROWS.contains(name);
    }

    /** Whether a word of a reference names another way to pay. */
    static boolean isOtherMark(String word) {
        return OTHER_MARKS.contains(word);
    }

    /** After an ambiguous name in running text, where a brand can be followed by them and the common word seldom is. */
    static final Set<String> AFTER_BRAND =
            words("and or y e et und ou oder o och og en plus as for via when is are accepted only here"
                    + " card cards debit credit electron payment payments karte karten tarjeta tarjetas carte cartes carta cartao"
                    + " akzeptiert aceptamos acceptées acceptes aceptadas accettate welcome");

    /** On a page that presents itself as a brand. */
    private static final Set<String> SIGN_IN =
            words("login log logging in signin sign your my account accounts secure security verify"
                    + " verification check banking internet online bank welcome to official site home homepage portal customer center centre"
                    + " access update confirm identity authentication session id verified validation sicherheit bestätigen prüfung vérification espace client"
                    + " netbank personal business support help service password anmelden einloggen konto iniciar sesion sesión"
                    + " acceder en su tu la el de del al le votre vos au sur auf ihr ihrem mein bei op uw sua seu on cuenta verificación verificacion bienvenido bienvenidos a connexion connecter compte accedi entrar conta inloggen send money pay"
                    + " back please untitled document page index loading moment one wait just user id client customer loggen sie sich ein logga"
                    + " inicia sesión ingresar ingresa acesse acessar sua identifiez identifier s connecter me zaloguj się войти вход личный кабинет"
                    + " giriş yap masuk đăng nhập live mobile code otp logon signon net continue next submit gift giftcard balance prepaid activate one online card holder cardholder authenticate authorise authorize device"
                    + " aguarde carregando iniciando espere cargando attendere caricamento chargement patientez laden acesso entre na no da do minha meu mi tus il tuo la tua mijn din ditt min hos přihlášení přihlásit přihlaste se prihlásenie bejelentkezés belépés autentificare conectare σύνδεση kirjaudu logg inn ind ingreso acceso aanmelden"
                    + " check securecode safekey protectbuy by enter netcode hesabınıza hesabınız hesabım oturum açın yapın doğrulama şifre"
                    + " bekräfta bekræft bekreft vahvista din ditt konto kontot tilisi kontonuz zweryfikuj potwierdź swoje swojego ověřte účet účtu"
                    + " fiók fiókjába jelentkezzen be contul contului verificați επαλήθευση λογαριασμού подтвердите аккаунт аккаунта вашего вашей"
                    + " tài khoản xác minh akun anda verifikasi");

    /** Places that a brand's own pages are for: {@code American Express US}. */
    private static final Set<String> PLACES = words(
            "us usa uk america international global worldwide europe australia canada zealand india ireland singapore hongkong hong kong"
                    + " deutschland germany österreich austria schweiz suisse switzerland france belgique belgië nederland netherlands españa spain"
                    + " méxico mexico argentina chile colombia perú brasil brazil portugal italia italy sverige danmark norge suomi polska česko"
                    + " türkiye turkey россия украина japan china thailand malaysia indonesia vietnam philippines");

    /** In the names of programmes that ask payers who they are (EMV 3-D Secure and what came before it). */
    private static final Set<String> PROGRAMME =
            words("verified by secure securecode identity check safekey protectbuy 3d id");

    /** Whether a word is of the name of such a programme. */
    static boolean isOfProgramme(String word) {
        return PROGRAMME.contains(word);
    }

    /** What files call marks of such programmes. */
    private static final Set<String> PROGRAMME_MARKS =
            words("vbv mcsc mscsc msc securecode mcidcheck safekey protectbuy jsecure");

    /** Whether a mark is drawn under the name of such a programme: {@code vbv}, {@code SecureCode}. */
    static boolean isMarkOfProgramme(String drawn) {
        return drawn.length() <= LONGEST_PROGRAMME
                && PROGRAMME_MARKS.contains(Folding.fold(drawn).replaceAll("[^a-z]", ""));
    }

    private static final int LONGEST_PROGRAMME = 12;

    /** Whether a word of a title only says for which country it is. */
    static boolean isPlace(String word) {
        return PLACES.contains(word);
    }

    /** In the title of a page for signing in that does not say to what. */
    private static final Set<String> NAMELESS = words(
            "information informations details billing address locked suspended limited restricted unlock restore required form step"
                    + " process processing unusual activity alert notice important review payment method card informationen daten overview details"
                    + " react app vite vue vuejs next nuxt angular svelte ts js webpack package project create template new tab limité limite suspendu bloqué blocked"
                    + " required requise requerida requerido erforderlich bloqueada bloqueado limitada limitado suspendida gesperrt eingeschränkt"
                    + " finish finished done complete completed success successful thank thanks you confirmed confirmation redirect redirecting"
                    + " transaction transactions receipt transfer sent received paiement validé valide payé pago pagado zahlung bezahlt"
                    + " à às einen einem ein bitte warten vous bij te uw pagamento confirmado effettuato betaling dashboard application web site website demo pending receipt clone reset recover recovery forgot forgotten change status track tracking services"
                    + " statut estado stato datos data donnees données dati dados gegevens dane actualizar actualización actualizacion atualizar"
                    + " atualização aggiorna aggiornamento aktualisieren aktualisierung aktualizacja mise jour bijwerken güncelle güncelleme uppdatera"
                    + " contraseña mot passe wachtwoord restablecer recuperar reinitialiser réinitialiser zurücksetzen reimposta ripristina"
                    + " reward rewards bonus kunde kunden ihre ihren unsere unseren notification support resolution center danke merci gracias obrigado grazie erfolgreich exito sucesso"
                    + " limitata bloccato sospeso beperkt geblokkeerd ograniczone zablokowane refund rückerstattung remboursement reembolso rimborso"
                    + " summary resumen resumo riepilogo zusammenfassung übersicht 요약 resolve limitation limitations corporate institutional and"
                    + " suspicious suspecte sospechosa suspeita sospetta verdächtig verdächtige ungewöhnliche activité actividad atividade attività aktivität");

    /** Whether a word of a title names nobody, on a page that asks for a password or a card. */
    static boolean isNameless(String word) {
        return isSignIn(word) || NAMELESS.contains(word);
    }

    /** Of these, what is on pages of all kinds: articles, prepositions, and the parts of applications. */
    private static final Set<String> OF_ANY_PAGE = words(
            "the and for your our you new with form step details information informations data daten datos services service"
                    + " status project web website site application demo package template tab overview support help home page index"
                    + " document dashboard change create method card cards payment one live mobile code submit next continue number"
                    + " personal business customer client center centre support address enter check alert notice important online internet official welcome just not los las les summary resumen resumo riepilogo zusammenfassung übersicht"
                    + " una des der die das dem den mit von und per con por para che una uns bei vos votre ihr ihre");

    static boolean isOfAnyPage(String word) {
        return OF_ANY_PAGE.contains(word);
    }

    /** Whether a name without spaces is made of such words only: {@code cardaccountcenter}. */
    static boolean isMadeOfSignIn(String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int from = 0; from < name.length(); from++) {
            for (int to = from + 2; reached[from] && to <= name.length(); to++) {
                reached[to] |= isNameless(name.substring(from, to));
            }
        }
        return reached[name.length()];
    }

    /** The same in scripts without spaces, where they stand inside longer runs. */
    private static final Set<String> UNSPACED_SIGN_IN = words(
            "ログイン カード 会員 本人 認証 確認 更新 お客様 登录 登入 登陆 认证 認證 网上 網上 理財 银行 銀行 安全 验证 驗證 로그인 본인 인증 고객센터 เข้าสู่ระบบ ยืนยัน");

    /** In a title, these say that the page is there for signing in. */
    private static final Set<String> SIGNS_IN = words(
            "login log logging logon signin sign banking netbank secure verify verification anmelden"
                    + " einloggen connexion connectez acceder accedi entrar inloggen loggen logga sesion sesión ingresar acesse connecter identifier войти вход giriş masuk zaloguj entre ingresa ingreso acceso acessar přihlášení přihlaste prihlásenie bejelentkezés belépés autentificare conectare σύνδεση kirjaudu aanmelden connectare logowanie ログイン 登录 登入 로그인 เข้าสู่ระบบ");

    /** Whether a word of a title says that the page is there for signing in. */
    static boolean saysSignIn(String word) {
        return SIGNS_IN.contains(word)
                || isUnspaced(word) && UNSPACED_SIGN_IN.stream().anyMatch(word::contains);
    }

    /** Whether a word of a title is about signing in, and so no name of somebody else. */
    static boolean isSignIn(String word) {
        return SIGN_IN.contains(word)
                || SIGNS_IN.contains(word)
                || isUnspaced(word) && UNSPACED_SIGN_IN.stream().anyMatch(word::contains) && !isTaught(word);
    }

    /** The same in a heading that may name with what: {@code Log in with PayPal}. */
    static boolean isSignInWith(String word) {
        return isNameless(word) || WITH.contains(word);
    }

    /** Whether a word stands before what something is done with. */
    static boolean isWith(String word) {
        return WITH.contains(word);
    }

    private static final Set<String> WITH = words("with via using mit über con avec com met usando z med");

    /** What a copy that is honest about it calls itself behind the name. */
    static boolean isOfCopies(String word) {
        return COPIES.contains(word);
    }

    private static final Set<String> COPIES = words("clone replica copy imitation klon");

    /** In a headline, these say that something is taught: {@code Build a PayPal clone}. */
    static boolean isTaught(String word) {
        return TAUGHT.contains(word)
                || isUnspaced(word) && UNSPACED_TAUGHT.stream().anyMatch(word::contains);
    }

    private static final Set<String> UNSPACED_TAUGHT = words("教程 教學 指南 说明 說明 文档 文檔 接入 方法 使い方 手順 講座");

    private static final Set<String> TAUGHT = words(
            "how lesson lessons tutorial tutorials course learn build building guide exercise kurs lektion anleitung lernen"
                    + " tutoriel leçon cours guía lección curso aula guida lezione corso poradnik lekcja");

    /** Of cards, money and banks: on the pages of a firm whose name is a common word. */
    static boolean isOfBanking(String word) {
        return isPayment(word) || BANKING.contains(word);
    }

    private static final Set<String> BANKING = words(
            "bank banks banking banque banco banca bancaire kreditkarte cardmember cardholder cashback balance cvv pin iban finance financial money"
                    + " банк карта 银行 銀行 信用卡");

    private static boolean isUnspaced(String word) {
        return Folding.CLASSES[word.charAt(0)] == Folding.UNSPACED;
    }

    /** Beside an ambiguous name in a host name. */
    static final Set<String> HOST_BAIT =
            words("login signin secure verify verification card cards pay payment payments account");

    private static Set<String> words(String list) {
        Set<String> words = new java.util.HashSet<>();
        for (String word : list.split(" ")) {
            words.add(Folding.fold(word));
        }
        return Set.copyOf(words);
    }
}
