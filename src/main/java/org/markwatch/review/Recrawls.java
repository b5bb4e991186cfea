package org.markwatch.review;

import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.action.Action;
import org.markwatch.queue.action.Actions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Component;

/** Carries out the one action that the program itself can: a re-crawl. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
public class Recrawls {
    private final Actions actions;
    private final ObjectProvider<RecrawlRequests> requests;

    Recrawls(Actions actions, ObjectProvider<RecrawlRequests> requests) {
        this.actions = actions;
        this.requests = requests;
    }

    /** Makes the page of an item due and records it, if the action of its final decision is a re-crawl that is to be done. */
    public void carryOut(Item item) {
        RecrawlRequests crawl = requests.getIfAvailable();
        if (crawl == null || item.state() != ItemState.DECIDED || item.dealtTo() != null) {
            return;
        }
        boolean due = actions.of(item.id())
                .filter(Action::isOpen)
                .filter(action -> action.kind() == ActionKind.RECRAWL)
                .isPresent();
        if (due && crawl.dueNextNight(item.url())) {
            actions.done(item.id(), "due in the next night", Audit.SYSTEM);
        }
    }
}
