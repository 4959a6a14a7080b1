#include "print/paper.h"

#include <cairo-pdf.h>
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/log.h"
#include "print/draw.h"
#include "print/ink.h"
#include "print/node.h"
#include "print/pdf_update.h"
#include "print/press_in.h"

#define PDF_MAX ((size_t)64 << 20)
#define HEAD_TOP MM(7.5)
#define HEAD_ROOM MM(16) /* where the text begins below a head */
#define FOOT_GAP MM(3.5)
#define FOOT_LEFT 0.68 /* of the width */
#define LOCK MM(3.6)
#define CAIRO_WITH_ARTIFACTS CAIRO_VERSION_ENCODE(1, 18, 0)

/* What lies under the text of all pages; that of page i ends at ends[i]. */
struct under {
    struct buf buf;
    size_t *ends;
    struct bytes *pages;
};

/* Heads and feet: the same on every page but for the number. */
struct margins {
    struct block *head_left, *head_right, *note, *made, *code;
    double top, bottom; /* of the room for text */
    double foot_y, foot_height;
    const struct art_symbol *lock;
};

static struct block *small_text(struct setting *setting, const char *text, double width,
                                enum align align)
{
    if (!text || *text == '\0')
        return NULL;
    struct block *block = paper_text_block(setting->paper, TYPE_FOOT, text);
    if (!block)
        return NULL;
    block->tag = TAG_NONE;
    block->u.text.align = align;
    block_height(setting, block, width);
    return block;
}

static double height_of(const struct block *block)
{
    return block ? block->height : 0;
}

static const char *page_words(const struct setting *setting, size_t page, size_t count)
{
    struct arena *arena = setting->arena;
    return trf(setting->paper->look.tr, arena, "page {0} of {1}", 2,
               arena_printf(arena, "%zu", page), arena_printf(arena, "%zu", count));
}

static struct margins set_margins(struct setting *setting)
{
    const struct paper_look *look = &setting->paper->look;
    const char *code =
        *look->code ? trf(look->tr, setting->arena, "Code: {0}", 1, look->code) : NULL;
    double width = PAGE_WIDTH - 2 * MARGIN_SIDE, left = width * FOOT_LEFT, right = width - left;
    struct margins m = {.head_left = small_text(setting, look->head_left, width / 2, ALIGN_START),
                        .head_right = small_text(setting, look->head_right, width / 2, ALIGN_END),
                        .note = small_text(setting, look->note, left - LOCK - MM(1), ALIGN_START),
                        .made = small_text(setting, look->made, left, ALIGN_START),
                        .code = small_text(setting, code, right, ALIGN_END),
                        .lock = art_find(setting->art, "i-lock")};
    double head = fmax(height_of(m.head_left), height_of(m.head_right));
    double line = setting->faces[TYPE_FOOT].line;
    m.top = head > 0 ? HEAD_ROOM + head - line : MARGIN_TOP;
    m.foot_height = fmax(height_of(m.note) + height_of(m.made), height_of(m.code) + line);
    m.foot_y = PAGE_HEIGHT - MARGIN_BOTTOM - m.foot_height;
    m.bottom = m.foot_y - FOOT_GAP;
    return m;
}

static void draw_margins(struct sheet *sheet, const struct margins *m, size_t page, size_t count)
{
    double width = PAGE_WIDTH - 2 * MARGIN_SIDE, left = width * FOOT_LEFT, y = m->foot_y;
    if (m->head_left)
        draw_beside(sheet, m->head_left, MARGIN_SIDE, HEAD_TOP, width / 2);
    if (m->head_right)
        draw_beside(sheet, m->head_right, MARGIN_SIDE + width / 2, HEAD_TOP, width / 2);
    if (m->note) {
        if (m->lock)
            art_draw(&sheet->ink, m->lock, MARGIN_SIDE, y + MM(0.2), LOCK);
        draw_beside(sheet, m->note, MARGIN_SIDE + LOCK + MM(1), y, left - LOCK - MM(1));
        y += m->note->height;
    }
    if (m->made)
        draw_beside(sheet, m->made, MARGIN_SIDE, y, left);
    struct block *number = small_text(sheet->setting, page_words(sheet->setting, page, count),
                                      width - left, ALIGN_END);
    if (number)
        draw_beside(sheet, number, MARGIN_SIDE + left, m->foot_y, width - left);
    if (m->code)
        draw_beside(sheet, m->code, MARGIN_SIDE + left, m->foot_y + height_of(number),
                    width - left);
}

static cairo_status_t take(void *context, const unsigned char *data, unsigned len)
{
    struct buf *buf = context;
    buf_add(buf, data, len);
    return buf_failed(buf) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Always a date, or cairo would write this moment into the file. */
static void set_metadata(cairo_surface_t *surface, const struct paper_look *look)
{
    int64_t seconds = look->made_ms / MS_SECOND;
    struct date_text day = date_text(date_from_days((int32_t)(look->made_ms / MS_DAY)));
    char date[40];
    snprintf(date, sizeof(date), "%sT%02d:%02d:%02dZ", day.s, (int)(seconds / 3600 % 24),
             (int)(seconds / 60 % 60), (int)(seconds % 60));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, look->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Weerklank");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static void draw_all(struct sheet *sheet, const struct margins *m, const struct page *pages,
                     size_t count, size_t *ends)
{
    size_t number = 0;
    cairo_tag_begin(sheet->ink.cr, "Document", NULL);
    for (const struct page *page = pages; page; page = page->next) {
        sheet->ink.under = sheet->under;
        if (sheet->under)
            ink_page(&sheet->ink);
        draw_margins(sheet, m, ++number, count);
        draw_page(sheet, page);
        if (sheet->under) {
            ink_page_end(&sheet->ink);
            ends[number - 1] = sheet->under->len;
        }
        /* Before the last page is shown: what comes behind it would be on a page of its own. */
        if (!page->next)
            cairo_tag_end(sheet->ink.cr, "Document");
        cairo_show_page(sheet->ink.cr);
    }
}

static enum status draw_pages(struct sheet *sheet, const struct margins *m,
                              const struct page *pages, size_t count, size_t *ends, struct buf *pdf)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take, pdf, PAGE_WIDTH, PAGE_HEIGHT);
    /* 1.4: cairo writes later versions with packed objects, which pdf_update cannot add to. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(surface, &sheet->setting->paper->look);
    sheet->ink.cr = cairo_create(surface);
    draw_all(sheet, m, pages, count, ends);
    cairo_status_t drawn = cairo_status(sheet->ink.cr);
    cairo_destroy(sheet->ink.cr);
    cairo_surface_finish(surface);
    cairo_status_t written = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (drawn == CAIRO_STATUS_SUCCESS && written == CAIRO_STATUS_SUCCESS)
        return OK;
    if (buf_failed(pdf) || drawn == CAIRO_STATUS_NO_MEMORY || written == CAIRO_STATUS_NO_MEMORY)
        return ERR_NOMEM;
    log_event(LOG_ERROR, "print_failed", "drawn=%d written=%d", (int)drawn, (int)written);
    return ERR_IO;
}

/* `under` NULL: cairo draws all of it. */
static enum status print_once(struct sheet sheet, const struct margins *m, const struct page *pages,
                              size_t count, struct under *under, struct buf *pdf)
{
    sheet.under = under ? &under->buf : NULL;
    enum status st = draw_pages(&sheet, m, pages, count, under ? under->ends : NULL, pdf);
    if (st == OK && under && buf_failed(&under->buf))
        st = ERR_NOMEM;
    for (size_t i = 0, from = 0; st == OK && under && i < count; from = under->ends[i++])
        under->pages[i] =
            (struct bytes){(const unsigned char *)under->buf.data + from, under->ends[i] - from};
    if (st != OK)
        return st;
    struct pdf_update update = {.language = tr_code(sheet.setting->paper->look.tr),
                                .words = sheet.words,
                                .word_count = sheet.word_count,
                                .under = under ? under->pages : NULL,
                                .page_count = under ? count : 0,
                                .faded = sheet.ink.faded};
    return pdf_update(pdf, &update);
}

static enum status print_woven(const struct sheet *sheet, const struct margins *m,
                               const struct page *pages, size_t count, struct buf *pdf)
{
    struct arena *arena = sheet->setting->arena;
    struct under under = {.ends = ARENA_ARRAY(arena, size_t, count),
                          .pages = ARENA_ARRAY(arena, struct bytes, count)};
    if (!under.ends || !under.pages)
        return ERR_NOMEM;
    buf_init(&under.buf, PDF_MAX);
    enum status st = print_once(*sheet, m, pages, count, &under, pdf);
    buf_free(&under.buf);
    return st;
}

static enum status print_pages(struct setting *setting, struct paper_press *press,
                               const struct margins *m, const struct page *pages, size_t count,
                               struct buf *pdf)
{
    struct sheet sheet = {.setting = setting,
                          .has_artifacts = cairo_version() >= CAIRO_WITH_ARTIFACTS};
    for (const struct page *page = pages; page; page = page->next)
        sheet.word_max += draw_count_figures(page);
    sheet.words = ARENA_ARRAY(setting->arena, const char *, sheet.word_max);
    if (!sheet.words)
        return ERR_NOMEM;
    enum status st = ERR_INVALID;
    if (press_weaves(press)) {
        st = print_woven(&sheet, m, pages, count, pdf);
        if (st != ERR_INVALID)
            return st;
        press_weaves_not(press);
        buf_reset(pdf);
    }
    st = print_once(sheet, m, pages, count, NULL, pdf);
    return st == ERR_INVALID ? OK : st; /* readable, but without words for its pictures */
}

static enum status set_and_print(struct paper *paper, struct paper_press *press, struct buf *pdf)
{
    struct setting setting = {.paper = paper,
                              .arena = paper->arena,
                              .context = press_context(press),
                              .art = press_art(press)};
    struct page *pages = NULL;
    size_t count = 0;
    setting_begin(&setting);
    struct margins m = set_margins(&setting);
    enum status st = flow_pages(&setting, m.top, m.bottom, &pages, &count);
    if (st == OK && paper->look.most_pages && count > paper->look.most_pages)
        st = ERR_LIMIT;
    if (st == OK)
        st = print_pages(&setting, press, &m, pages, count, pdf);
    setting_end(&setting);
    return st;
}

enum status paper_print(struct paper *paper, struct paper_press *press, struct bytes *ret_pdf)
{
    struct buf pdf;
    if (paper->failed == OK && paper->depth > 0)
        return ERR_INVALID;
    if (paper->failed != OK)
        return paper->failed;
    enum status st = press_enter(press);
    if (st != OK)
        return st;
    buf_init(&pdf, PDF_MAX);
    st = set_and_print(paper, press, &pdf);
    press_leave(press);
    void *copy = st == OK ? arena_memdup(paper->arena, pdf.data, pdf.len) : NULL;
    if (st == OK && !copy)
        st = ERR_NOMEM;
    if (st == OK)
        *ret_pdf = (struct bytes){.data = copy, .len = pdf.len};
    buf_free(&pdf);
    return st;
}

enum status paper_print_fitting(struct arena *arena, const struct paper_look *look,
                                struct paper_press *press, paper_write *write, int levels,
                                void *context, struct bytes *ret_pdf)
{
    enum status st = ERR_LIMIT;
    for (int level = 0; st == ERR_LIMIT && level < levels; level++) {
        struct arena_mark mark = arena_mark(arena);
        struct paper *paper = NULL;
        st = paper_open(arena, look, &paper);
        if (st != OK)
            return st;
        write(paper, level, context);
        st = paper_print(paper, press, ret_pdf);
        if (st == ERR_LIMIT)
            arena_rewind(arena, mark);
    }
    return st;
}
