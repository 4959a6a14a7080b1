/*
 * writer: the one connection through which pages write on SQLite. SQLite lets one write at a time
 * anyway; with a connection per worker the others would find that out by asking again and again,
 * and each would read anew what another one changed. Here they stand in line, and what the last one
 * read is still at hand for the next. Waiting for the disk is done after one's turn, and those who
 * wait at the same time share it. On PostgreSQL, which does all this itself, there is none.
 * docs/decisions/0009.
 */
#ifndef WEB_WRITER_H
#define WEB_WRITER_H

#include "base/status.h"

struct db;
struct writer;

/* `database` is a SQLite file. Statuses as db_open and db_commit_ahead. */
NODISCARD enum status writer_open(const char *database, struct writer **ret_writer);
void writer_close(struct writer *writer); /* NULL is fine; nobody has it any more */

/*
 * Waits for one's turn; the connection is the caller's until writer_give(), outside a transaction
 * before and after. NULL after five seconds, and when the disk failed: nothing can be kept then.
 */
struct db *writer_take(struct writer *writer);
void writer_give(struct writer *writer);

/*
 * After writer_give(), when something was committed: answers when that is on the disk. Before that
 * nobody is told that it is kept. ERR_IO: whether it is, only a new start can say; until then
 * writer_take() gives nothing.
 */
NODISCARD enum status writer_flush(struct writer *writer);

#endif
