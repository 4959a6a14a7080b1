/* drawing_look: the drawing in an answer, for templates. What does not read is an empty sheet. */
#ifndef ANSWER_DRAWING_LOOK_H
#define ANSWER_DRAWING_LOOK_H

#include "answer/answer.h"
#include "answer/drawing.h"
#include "html/html.h"

static inline struct drawing drawing_of(const struct html *html, const struct answer_value *value)
{
    struct drawing drawing = {NULL, 0};
    if (drawing_read(answer_part(value, ""), html->arena, &drawing) != OK)
        return (struct drawing){NULL, 0};
    return drawing;
}

#endif
