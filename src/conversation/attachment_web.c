/* Photos and files of a conversation, one at a time. Each belongs to an answer, and is seen by who may see that. */
#include "access/audit.h"
#include "answer/attachment.h"
#include "answer/file.h"
#include "base/str.h"
#include "conversation/talk_web.h"
#include "web/web.h"

/* Who takes part, of a conversation of a group. */
struct people {
    struct participant *list;
    size_t count;
};

/* An answer that this reader may see has it; or none has it (the other text of a conflict) and it is their own. */
static bool may_see(const struct web *web, const struct conversation *c, const struct people *people,
                    const struct answer *answers, size_t count,
                    const struct attachment *attachment)
{
    bool is_named = false;
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(answer_part(&answers[i].value, FILE_PART), id_text(attachment->id.v).s))
            continue;
        is_named = true;
        if (sheet_may_see(web, c, people->list, people->count, &answers[i]))
            return true;
    }
    return !is_named && attachment_is_of(attachment, &web->actor);
}

enum status talk_attachment(struct web *web, enum right right)
{
    struct attachment_id id = {web->ids[PARAM_ATTACHMENT]};
    struct conversation c;
    struct answer *answers = NULL;
    struct people people = {0};
    size_t count = 0;
    struct attachment attachment;
    struct bytes bytes;
    enum status st = conversation_open(&web->work, right, web_conversation(web), &c);
    if (st == OK)
        st = answer_all(&web->work, &c.seal, c.id, &answers, &count);
    if (st == OK && c.group.v)
        st = conversation_people(&web->work, &c, &people.list, &people.count);
    if (st == OK)
        st = attachment_open(&web->work, &c.seal, c.id, id, &attachment, &bytes);
    if (st == OK && !may_see(web, &c, &people, answers, count, &attachment))
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_ATTACHMENT_SEEN, c.pupil.v, id.v);
    if (st != OK)
        return st;
    bool is_image = attachment.kind == ATTACHMENT_IMAGE;
    return web_bytes(web, attachment.content_type, is_image ? NULL : "bijlage.pdf", bytes);
}
