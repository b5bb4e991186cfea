package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Field;

/** The pages behind a copied form, and forms of the brand's within somebody else's page. */
class StepsOfCopiesTest {
    private static final String FOOT = "Conditions, fees and charges apply and may change. ";

    private final Matcher matcher = Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    private boolean isImpersonation(Pages page, String brand) {
        return matcher.match(page.build()).stream()
                .anyMatch(match -> brand.equals(match.brand()) && match.kind() == Kind.IMPERSONATION);
    }

    private static Pages titled(String title) {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", title);
    }

    @Test
    void mayHaveTheFootOfTheBrandsPages() {
        assertThat(isImpersonation(titled("Sign in to PayPal").text(FOOT.repeat(40)), "paypal"))
                .as("nothing shows whose page it is")
                .isFalse();

        Pages wait = titled("Sign in to PayPal").image("alt", "PayPal").text(FOOT.repeat(40));
        assertThat(isImpersonation(wait, "paypal")).isTrue();
        assertThat(isImpersonation(wait.text("\u00a9 2026 Acme Garden Club"), "paypal"))
                .as("somebody else's")
                .isFalse();
    }

    @Test
    void mayNameTheBrandInRowsOfLinks() {
        Pages wait = titled("Sign in to PayPal").image("alt", "PayPal");
        for (int row = 0; row < 3; row++) {
            wait.text("Lost or stolen cards Contact us Register for PayPal Help Locate us Security row " + row);
        }

        assertThat(isImpersonation(wait, "paypal")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your PayPal account has been limited. Confirm your information.",
                "Votre compte PayPal a été limité. Confirmez vos informations."
            })
    void mayOnlySpeakOfTheReadersAccount(String text) {
        Pages form = titled("Suspicious activity").text(text).with(Field.FORM, "name", "cardnumber");

        assertThat(isImpersonation(form, "paypal")).isTrue();
        assertThat(isImpersonation(titled("Suspicious activity").text(text), "paypal"))
                .as("asks for nothing")
                .isFalse();
        assertThat(isImpersonation(
                        titled("Acme Garden Club").text(text).with(Field.FORM, "name", "cardnumber"), "paypal"))
                .as("somebody else's")
                .isFalse();
        assertThat(isImpersonation(
                        titled("Payment")
                                .text("Pay with your PayPal account or by card.")
                                .with(Field.FORM, "name", "cardnumber"),
                        "paypal"))
                .as("a way to pay")
                .isFalse();
    }

    @Test
    void mayOnlyAskForWhatTheBrandsUsersAreKnownBy() {
        Pages form = titled("Login").with(Field.FORM, "label", "PayPal ID").with(Field.FORM, "type", "password");

        assertThat(isImpersonation(form, "paypal")).isTrue();
        assertThat(isImpersonation(
                        titled("Login")
                                .with(Field.FORM, "label", "PayPal address of your shop")
                                .with(Field.FORM, "type", "password"),
                        "paypal"))
                .as("no account of the brand's")
                .isFalse();
        assertThat(isImpersonation(
                        titled("Acme Garden Club")
                                .with(Field.FORM, "label", "PayPal ID")
                                .with(Field.FORM, "type", "password"),
                        "paypal"))
                .as("somebody else's")
                .isFalse();
    }

    @Test
    void areSignedByALineOfNameAndYear() {
        Pages form = titled("React App").with(Field.FORM, "type", "password");

        assertThat(isImpersonation(form, "paypal")).isFalse();
        assertThat(isImpersonation(form.text("PayPal \u00a9 2021"), "paypal")).isTrue();
    }

    @Test
    void areNotFormsWithAButtonOfTheBrandsBelow() {
        Pages form = titled("Account")
                .with(Field.FORM, "type", "email")
                .with(Field.FORM, "name", "email")
                .with(Field.FORM, "type", "password");

        assertThat(isImpersonation(form.image("class", "custom-button paypal"), "paypal"))
                .isFalse();
        assertThat(isImpersonation(
                        titled("Account")
                                .image("class", "custom-button paypal")
                                .with(Field.FORM, "name", "email")
                                .with(Field.FORM, "type", "password"),
                        "paypal"))
                .isTrue();
    }

    @Test
    void mayHaveFieldsThatOnlyLabelsName() {
        Pages form = titled("Log in").image("src", "paypal-mark-color.svg");

        assertThat(isImpersonation(form, "paypal")).isFalse();
        assertThat(isImpersonation(form.with(Field.FORM, "label", "Email or mobile number"), "paypal"))
                .isTrue();
    }

    @Test
    void mayBeTitledByTwoNamesOfTheBrand() {
        assertThat(isImpersonation(titled("American Express - Amex").text("Aguarde, iniciando o acesso."), "amex"))
                .isTrue();
        assertThat(isImpersonation(titled("American Express - Lounges").text("Aguarde, iniciando o acesso."), "amex"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Details of each step", "Download the application", "Our new project"})
    void sayMoreToWhoHasAnAccountThanAnyPage(String text) {
        Pages page = titled("American Express - Dashboard").text(text);

        assertThat(isImpersonation(page, "amex")).isFalse();
        assertThat(isImpersonation(page.text("Please wait, your account is checked"), "amex"))
                .isTrue();
    }

    @Test
    void mayAskToAcceptTerms() {
        Pages step = titled("PayPal").image("alt", "PayPal").with(Field.FORM, "name", "fullname");

        assertThat(isImpersonation(step.text("I accept the Terms & Conditions"), "paypal"))
                .isTrue();
        assertThat(isImpersonation(step.text("I accept PayPal"), "paypal")).isFalse();
    }

    @Test
    void areClaimedByWhoIsInTheTitleAndOwnsTheRights() {
        Pages wait = titled("Credit Cards & Loans - Discover").text("Verifying...");

        assertThat(isImpersonation(wait, "discover")).isFalse();
        assertThat(isImpersonation(wait.text("\u00a9 2026 Discover Bank, Member FDIC"), "discover"))
                .isTrue();
    }

    @Test
    void takeThePasswordOfTheBrandInAPartOfAFormThatIsShownWhenItIsChosen() {
        Pages donation = titled("Kind Heart - Donation").with(Field.FORM, "name", "email");

        assertThat(isImpersonation(donation.hidden(Field.FORM, "name", "paypal_password"), "paypal"))
                .as("no visitor reads that")
                .isFalse();
        assertThat(isImpersonation(
                        donation.with(Field.FORM, "type", "password")
                                .hidden(Field.FORM, "placeholder", "Enter your PayPal password"),
                        "paypal"))
                .isTrue();
    }

    @Test
    void takeThePasswordOfTheBrandBelowAHeadingThatSaysToPayWithIt() {
        Pages till = titled("Wave Stocks - Upgrade").with(Field.HEADING, "h2", "Pay with PayPal");

        assertThat(isImpersonation(
                        till.with(Field.FORM, "placeholder", "Password").with(Field.FORM, "type", "password"),
                        "paypal"))
                .as("of an account with the shop")
                .isFalse();
        assertThat(isImpersonation(till.text("Having trouble logging in? Log in"), "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        titled("Wave Stocks - Upgrade")
                                .with(Field.HEADING, "h2", "Pay with PayPal")
                                .text("Or check out with your account")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Log in"),
                        "paypal"))
                .as("below what is written on something else")
                .isFalse();
    }

    @Test
    void areNotThreadsBelowAFormForMembers() {
        Pages form = titled("PayPal account limited").with(Field.FORM, "name", "password");
        Pages thread = titled("PayPal account limited").with(Field.FORM, "name", "password");

        form.with(Field.FORM, "type", "password").text("They ask for my ID.");
        thread.with(Field.FORM, "type", "password").with(Field.HEADING, "h1", "PayPal account limited");
        assertThat(isImpersonation(form, "paypal")).isTrue();
        assertThat(isImpersonation(thread.text("They ask for my ID."), "paypal"))
                .isFalse();
    }

    @Test
    void areNotAdviceThatOnlyItsTitleNames() {
        Pages door = titled("PayPal verification").text("Please wait");

        assertThat(isImpersonation(door, "paypal")).isTrue();
        assertThat(isImpersonation(
                        titled("PayPal verification")
                                .text("Go to Settings, choose Payouts and enter an address. It takes a day or two."),
                        "paypal"))
                .isFalse();
    }

    @Test
    void mayBeOfPicturesThatOnlyTheirCaptionsName() {
        Pages slices = titled("Log in")
                .image("alt", "American Express - Send Money Online")
                .image("alt", "Sign in");
        Pages form = slices.with(Field.FORM, "name", "u").with(Field.FORM, "type", "password");

        assertThat(isImpersonation(form, "amex")).isTrue();
        assertThat(isImpersonation(form.with(Field.LINK, "a", "Add to cart"), "amex"))
                .as("a shop's")
                .isFalse();
    }

    @Test
    void areNotTheLoginOfAShopThatRunsTheBrandsScript() {
        Pages login = titled("Log in")
                .with(Field.FORM, "name", "password")
                .with(Field.FORM, "type", "password")
                .with(Field.SCRIPT, "src", "www.paypal.com/sdk/js");

        assertThat(isImpersonation(login.image("id", "paypal-button-container"), "paypal"))
                .isFalse();
    }

    @Test
    void areCopiesThatSayThatTheyAre() {
        assertThat(isImpersonation(titled("Send Money - PayPal Clone").with(Field.FORM, "name", "amount"), "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        titled("Send Money - a PayPal Clone in PHP").with(Field.FORM, "name", "amount"), "paypal"))
                .as("what somebody writes about")
                .isFalse();
    }

    @Test
    void areNotLessonsBelowWhichReadersSignIn() {
        Pages form = titled("My PayPal site");
        Pages lesson = titled("Lesson 9: Build a PayPal site");

        form.with(Field.FORM, "name", "u").with(Field.FORM, "type", "password");
        lesson.with(Field.FORM, "name", "u").with(Field.FORM, "type", "password");
        assertThat(isImpersonation(form, "paypal")).isTrue();
        assertThat(isImpersonation(lesson, "paypal")).isFalse();
    }

    @Test
    void areSignedByALineOfNameAndYearBelowAllText() {
        assertThat(isImpersonation(
                        titled("PayPal")
                                .text("We believe in banking that is made for your needs and plans.")
                                .text("PAYPAL - 2024"),
                        "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        titled("PayPal")
                                .text("PayPal 2014")
                                .text("It became a company of its own that year, after twelve years."),
                        "paypal"))
                .as("a heading")
                .isFalse();
    }

    @Test
    void areHomesOfAccountsToo() {
        assertThat(isImpersonation(
                        titled("PayPal: Summary").text("Your account is limited. Please verify it."), "paypal"))
                .isTrue();
    }

    @Test
    void areFrontPagesThatOnlyTheirFootSigns() {
        assertThat(isImpersonation(titled("Vite + React").text("© 2024 PayPal, Inc. All rights reserved."), "paypal"))
                .isTrue();
        assertThat(isImpersonation(titled("Picture credits").text("© 2024 PayPal, Inc."), "paypal"))
                .as("whose title says something else")
                .isFalse();
        assertThat(isImpersonation(titled("Information").text("Pictures of cards are © PayPal, Inc."), "paypal"))
                .as("of a picture")
                .isFalse();
    }

    @Test
    void areSignedByAFirmsCommonNameAndAYear() {
        Pages refund = titled("Visa Refund")
                .with(Field.FORM, "name", "card_number")
                .with(Field.FORM, "autocomplete", "cc-number");

        assertThat(isImpersonation(refund.text("© Visa 2024. All Rights Reserved."), "visa"))
                .isTrue();
    }

    @Test
    void areNotNotesInChineseOnHowToBuildASignIn() {
        Pages form = titled("PayPal 登录").with(Field.FORM, "name", "u").with(Field.FORM, "type", "password");
        Pages notes = titled("PayPal 登录接入说明").with(Field.FORM, "name", "u").with(Field.FORM, "type", "password");

        assertThat(isImpersonation(form, "paypal")).isTrue();
        assertThat(isImpersonation(notes, "paypal")).isFalse();
    }
}
