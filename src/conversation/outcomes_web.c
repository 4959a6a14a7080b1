#include "conversation/outcomes_web.h"

#include "base/compiler.h"
#include "sharing/sharing_web.h"

/* One line per thing that a question can yield. */
static const struct outcome_block *const blocks[] = {
    &sharing_block,
};

const struct outcome_block *outcome_block(enum outcome outcome)
{
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        if (blocks[i] && blocks[i]->outcome == outcome)
            return blocks[i];
    return NULL;
}
