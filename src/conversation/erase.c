#include "conversation/erase.h"

#include "access/work.h"
#include "base/compiler.h"
#include "gen/erase_sql.h"

typedef enum status by_pupil(struct db *db, struct school_id school, struct pupil_id pupil,
                             size_t *ret_changed);
typedef enum status by_dossier(struct db *db, struct school_id school, struct dossier_id dossier,
                               size_t *ret_changed);

/* One step is about the pupil's id or about the dossier's, which are the same number. */
static const struct step {
    by_pupil *pupil;
    by_dossier *dossier;
} steps[] = {
    {.dossier = sql_erase_agreement_checks},
    {.dossier = sql_erase_goal_steps},
    {.dossier = sql_erase_thing_who},
    {.dossier = sql_erase_thing_versions},
    {.dossier = sql_erase_things},
    {.pupil = sql_erase_sharing},
    {.pupil = sql_erase_sharing_exceptions},
    {.pupil = sql_erase_talk_wishes},
    {.dossier = sql_erase_answer_versions},
    {.dossier = sql_erase_answers},
    {.dossier = sql_erase_attachments},
    {.pupil = sql_erase_listening},
    {.pupil = sql_erase_moments},
    {.pupil = sql_erase_links},
    {.pupil = sql_erase_people},
    {.pupil = sql_erase_conversations},
};

enum status conversation_erase_pupil(struct work *work, struct pupil_id pupil)
{
    struct school_id school = work_school(work);
    struct dossier_id dossier = {pupil.v};
    enum status st = OK;
    for (size_t i = 0; st == OK && i < ARRAY_LEN(steps); i++)
        st = steps[i].pupil ? steps[i].pupil(work->db, school, pupil, NULL)
                            : steps[i].dossier(work->db, school, dossier, NULL);
    return st == OK ? sql_erase_taking_part(work->db, school, pupil.v, NULL) : st;
}
