#include "conversation/method_options_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "method/store.h"
#include "web/web.h"

static bool is_offered(const struct method *method, unsigned abouts)
{
    return abouts >> method->about & 1u && !str_equal(method->key, CONVERSATION_INFORMAL_METHOD);
}

enum status method_options(struct web *web, unsigned abouts, enum band band,
                           const struct form_option **ret, size_t *ret_count)
{
    struct method_line *lines = NULL;
    size_t count = 0, options = 0;
    enum status st = method_list(&web->work, &lines, &count);
    if (st != OK)
        return st;
    struct form_option *list = ARENA_ARRAY(web->arena, struct form_option, count);
    if (!list)
        return ERR_NOMEM;
    for (int turn = 0; turn < 2; turn++) { /* first those for this age, then the others */
        for (size_t i = 0; i < count; i++) {
            const struct method *method = lines[i].method;
            bool for_age = band == BAND_NONE || method->bands >> band & 1u;
            if (is_offered(method, abouts) && for_age == (turn == 0))
                list[options++] = (struct form_option){
                    method->key, method_say(&method->title, tr_code(web->tr))};
        }
    }
    *ret = list;
    *ret_count = options;
    return OK;
}
