package org.markwatch.review;

import java.util.Collection;
import org.markwatch.queue.Audit;
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

    /** Makes the pages of items due whose final decision asks for a re-crawl that is to be done, and records it. */
    public void carryOut(Collection<Long> itemIds) {
        RecrawlRequests crawl = requests.getIfAvailable();
        if (crawl == null) {
            return;
        }
        for (Actions.OpenRecrawl open : actions.openRecrawls(itemIds)) {
            if (crawl.dueNextNight(open.page())) {
                actions.done(open.itemId(), "due in the next night", Audit.SYSTEM);
            }
        }
    }
}
