-- Texts are kept in another form (PackedText, form 3), and those in the one before cannot be read: the next night reads those pages
-- again. Owned by package crawl.

delete from known_page;
