package org.markwatch.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Settings.NoticeSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Mails the summary of a run as text, with its report as an attached file. */
final class RunMail {
    /** Environment variable with the password of the SMTP account; without it, no sign-in is tried. */
    static final String PASSWORD = "MARKWATCH_SMTP_PASSWORD";

    private static final String TIMEOUT_MILLIS = "10000";

    private final NoticeSettings settings;

    RunMail(NoticeSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends the mail.
     *
     * @param recipient address of who gets it
     * @throws IOException if it cannot be composed
     * @throws org.springframework.mail.MailException if the server does not take it
     */
    void send(RunSummary run, String html, String recipient) throws IOException {
        JavaMailSenderImpl sender = sender();
        MimeMessage message = sender.createMimeMessage();
        try {
            MimeMessageHelper mail = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
            mail.setFrom(settings.mailFrom());
            mail.setTo(recipient);
            mail.setSubject("markwatch: run " + run.runId() + " " + run.status() + ", "
                    + run.items().added() + " new items");
            mail.setText(run.toText(false));
            mail.addAttachment(
                    "run-" + run.runId() + ".html",
                    new ByteArrayResource(html.getBytes(StandardCharsets.UTF_8)),
                    "text/html; charset=utf-8");
        } catch (MessagingException e) {
            throw new IOException("the mail cannot be composed: " + e.getMessage(), e);
        }
        sender.send(message);
    }

    private JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(settings.smtpHost());
        sender.setPort(settings.smtpPort());
        Properties properties = sender.getJavaMailProperties();
        for (String time : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + time, TIMEOUT_MILLIS);
        }
        switch (settings.smtpTls()) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
            case TLS -> {
                properties.setProperty("mail.smtp.ssl.enable", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
        }
        String password = System.getenv(PASSWORD);
        if (!settings.smtpUser().isEmpty() && password != null) {
            sender.setUsername(settings.smtpUser());
            sender.setPassword(password);
            properties.setProperty("mail.smtp.auth", "true");
        }
        return sender;
    }
}
