/* Apart from migrate.c, so that a program with its own list links without the generated one. */
#include "db/migrate.h"

enum status migrate_up(struct db *db, int64_t now_ms, int *ret_applied)
{
    return migrate_up_from(db, migrations, now_ms, ret_applied);
}
