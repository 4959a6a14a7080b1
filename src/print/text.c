#include "print/setting.h"

#include <math.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "print/ink.h"

/*
 * Type. Sizes are those of the screens' paper pages (13.5 px and so on) in points. Lines are as far
 * apart as the type says, not as the font: a word that falls back to another font does not push its
 * neighbours away, unless it would touch them.
 */

struct layout_kept {
    struct layout_kept *next;
    PangoLayout *layout;
};

static const struct {
    double size; /* points, for the older band */
    double line; /* times the size */
    bool bold;
    uint32_t colour;
} types[TYPE_COUNT] = {
    [TYPE_TITLE] = {24.5, 1.2, true, INK},     [TYPE_LEAD] = {11.5, 1.35, false, INK_2},
    [TYPE_HEADING] = {13, 1.25, true, INK},    [TYPE_SUBHEADING] = {11.5, 1.3, true, INK},
    [TYPE_PLAIN] = {10.5, 1.4, false, INK},    [TYPE_LARGE] = {11.5, 1.4, false, INK},
    [TYPE_MUTED] = {10.5, 1.35, false, INK_2}, [TYPE_STRONG] = {11.5, 1.35, true, INK},
    [TYPE_SMALL] = {9, 1.35, false, INK_2},    [TYPE_LABEL] = {10.5, 1.3, true, INK},
    [TYPE_FOOT] = {9, 1.3, false, INK_2},
};

/* Who learns to read gets larger letters; the foot is for the teacher. */
static const double scales[] = {[PAPER_OLDER] = 1, [PAPER_YOUNGER] = 1.15, [PAPER_YOUNGEST] = 1.25};

/* The program's own first, then what Debian has for other scripts. */
static const char *const families[] = {
    [PAPER_ANDIKA] = "Andika,DejaVu Sans,Noto Sans,Noto Color Emoji,sans-serif",
    [PAPER_ATKINSON] =
        "Atkinson Hyperlegible Next,DejaVu Sans,Noto Sans,Noto Color Emoji,sans-serif",
};

void setting_begin(struct setting *setting)
{
    const struct paper_look *look = &setting->paper->look;
    /* A word that is broken gets no hyphen: that would be copied with it, and be wrong in a code.
     */
    setting->exact = pango_attr_list_new();
    pango_attr_list_insert(setting->exact, pango_attr_insert_hyphens_new(FALSE));
    pango_context_set_language(setting->context, pango_language_from_string(tr_code(look->tr)));
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        struct type_face *face = &setting->faces[i];
        double size = types[i].size * (i == TYPE_FOOT ? 1 : scales[look->band]);
        face->font = pango_font_description_new();
        pango_font_description_set_family_static(face->font, families[look->letters]);
        pango_font_description_set_weight(face->font,
                                          types[i].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(face->font, (int)lround(size * PANGO_SCALE));
        PangoFont *font = pango_font_map_load_font(pango_context_get_font_map(setting->context),
                                                   setting->context, face->font);
        PangoFontMetrics *metrics = pango_font_get_metrics(font, NULL);
        face->ascent = pango_font_metrics_get_ascent(metrics) / (double)PANGO_SCALE;
        face->depth = pango_font_metrics_get_descent(metrics) / (double)PANGO_SCALE;
        face->line = size * types[i].line;
        face->colour = types[i].colour;
        pango_font_metrics_unref(metrics);
        if (font)
            g_object_unref(font);
    }
}

void setting_end(struct setting *setting)
{
    for (struct layout_kept *kept = setting->layouts; kept; kept = kept->next)
        g_object_unref(kept->layout);
    pango_attr_list_unref(setting->exact);
    for (size_t i = 0; i < TYPE_COUNT; i++)
        pango_font_description_free(setting->faces[i].font);
}

static PangoLayout *layout_of(struct setting *setting, struct block *block)
{
    struct block_text *text = &block->u.text;
    if (text->layout)
        return text->layout;
    struct layout_kept *kept = ARENA_NEW(setting->arena, struct layout_kept);
    if (!kept)
        return NULL;
    PangoLayout *layout = pango_layout_new(setting->context);
    pango_layout_set_font_description(layout, setting->faces[text->type].font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text->text, -1);
    pango_layout_set_attributes(layout, setting->exact);
    *kept = (struct layout_kept){.next = setting->layouts, .layout = layout};
    setting->layouts = kept;
    text->layout = layout;
    return layout;
}

static double points(int pango)
{
    return pango / (double)PANGO_SCALE;
}

static void place_line(const struct type_face *face, const struct block_text *text, double width,
                       struct text_line *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line->line, NULL, &logical);
    double ascent = face->ascent, depth = face->depth;
    line->height = face->line;
    /* Letters of a taller font than ours. */
    if (points(logical.height) > ascent + depth + 0.5) {
        ascent = points(-logical.y);
        depth = points(logical.height) - ascent;
        line->height = fmax(line->height, ascent + depth);
    }
    line->baseline = (line->height - ascent - depth) / 2 + ascent;
    bool rtl = pango_layout_line_get_resolved_direction(line->line) == PANGO_DIRECTION_RTL;
    double room = width - points(logical.width);
    bool at_end = text->align == ALIGN_END ? !rtl : rtl;
    line->shift = text->align == ALIGN_MIDDLE ? room / 2 : at_end ? room : 0;
}

/* Set at its natural width before, and that fits: pango would set it all over again. */
static bool stays_as_it_is(const struct block_text *text, double width)
{
    return text->natural > 0 && text->natural <= width &&
           pango_layout_get_width(text->layout) == -1;
}

double text_height(struct setting *setting, struct block *block, double width)
{
    struct block_text *text = &block->u.text;
    PangoLayout *layout = layout_of(setting, block);
    if (!layout)
        return 0;
    if (!stays_as_it_is(text, width))
        pango_layout_set_width(layout, (int)(fmax(width, 1) * PANGO_SCALE));
    text->count = (size_t)pango_layout_get_line_count(layout);
    text->lines = ARENA_ARRAY(setting->arena, struct text_line, text->count);
    if (!text->lines) {
        text->count = 0;
        return 0;
    }
    double height = 0;
    size_t i = 0;
    for (GSList *l = pango_layout_get_lines_readonly(layout); l && i < text->count; l = l->next) {
        text->lines[i].line = l->data;
        place_line(&setting->faces[text->type], text, width, &text->lines[i]);
        height += text->lines[i++].height;
    }
    return height;
}

double text_natural_width(struct setting *setting, struct block *block)
{
    struct block_text *text = &block->u.text;
    PangoLayout *layout = layout_of(setting, block);
    if (!layout || text->natural > 0)
        return text->natural;
    int width = 0;
    pango_layout_set_width(layout, -1);
    pango_layout_get_size(layout, &width, NULL);
    text->natural = points(width) + 0.5; /* or rounding would break its last word off */
    block->measured_width = 0;           /* the lines it had are gone */
    return text->natural;
}
