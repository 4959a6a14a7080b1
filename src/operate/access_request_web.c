#include "operate/access_request_web.h"

#include <jansson.h>

#include "access/audit.h"
#include "db/db.h"
#include "operate/dossier_json.h"
#include "operate/dossier_paper.h"
#include "school/school.h"
#include "web/app.h"
#include "web/web.h"

/* Before a byte is read, so that none goes out unnoted. */
static enum status note(struct web *web, void *context UNUSED)
{
    return audit_change(&web->work, AUDIT_EXPORTED, web_pupil(web).v, 0);
}

static enum status read_dossier(struct web *web, json_t **ret_document)
{
    struct staff_names *names = NULL;
    struct school school;
    json_t *dossier = NULL;
    enum status st = db_begin(web->work.db, DB_READ);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st == OK)
        st = staff_names_read(&web->work, &names);
    if (st == OK)
        st = dossier_json(&web->work, web_pupil(web), DOSSIER_FOR_PERSON, names, web->tr, &dossier);
    db_rollback(web->work.db);
    if (st != OK)
        return st;
    *ret_document =
        dossier_document(web->arena, web->work.now_ms, school.name, school.brin, dossier);
    return *ret_document ? OK : ERR_NOMEM;
}

static enum status give(struct web *web)
{
    json_t *document = NULL;
    struct bytes zip;
    enum status st = web_write(web, note, NULL);
    if (st == OK)
        st = read_dossier(web, &document);
    if (st == OK)
        st = dossier_zip(document, web->tr, web->app->press, web->work.today, web->arena, &zip);
    json_decref(document);
    return st == OK ? web_bytes(web, "application/zip", "dossier.zip", zip) : st;
}

const struct route access_request_routes[] = {
    {HTTP_POST, "/leerling/:pupil/inzageverzoek", .right = RIGHT_DOSSIER_EXPORT,
     .flags = ROUTE_OWN_TRANSACTION, .run = give},
    {0},
};
