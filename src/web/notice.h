/*
 * notice: what a page says on top after a POST that led to it. The redirect carries a word,
 * "/school?ok=bewaard"; the word is looked up in one table, so that nobody can make our pages say
 * something by sending somebody a link.
 */
#ifndef WEB_NOTICE_H
#define WEB_NOTICE_H

struct web;

/* The translated line that belongs to the `ok` in this request's query, or NULL. */
const char *notice_of(const struct web *web);

/* The line of a word (msgid), or NULL for an unknown one. */
const char *notice_text(const char *word);

#endif
