#include "operate/school_erasure.h"

#include "access/work.h"
#include "db/clear.h"
#include "person/erasure.h"
#include "school/school.h"
#include "signin/account.h"

enum status school_erase(struct work *work, struct school_id school, struct school_erased *ret)
{
    struct school_erased erased = {0};
    enum status st = db_clear(work->db, work->arena, school.v, &erased.rows);
    if (st == OK)
        st = account_remove_homeless(work, &erased.accounts);
    if (st == OK)
        st = school_remove_boards(work);
    if (st == OK)
        st = erasure_of_school(work, school);
    if (st != OK)
        return st;
    *ret = erased;
    return OK;
}
