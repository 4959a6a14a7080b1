/*
 * paper: A4 pages in the house style, as PDF (UX §11). A page is written down as a manuscript, top
 * to bottom, with the calls below; paper_print() sets it in type, breaks it into pages and prints
 * it. Blank forms and filled ones are the same calls: what has no answer gets lines to write on.
 * Knows paper, ink and text; refuses to know conversations, methods and the database.
 *
 *     struct paper *paper;
 *     st = paper_open(arena, &look, &paper);
 *     paper_title(paper, title, lead, "t-samen");
 *     paper_box_begin(paper, &(struct paper_box){.title = title, .symbol = "t-doel"});
 *     paper_answer(paper, PAPER_CHILD, "Zeynep", text);
 *     paper_box_end(paper);
 *     st = paper_print(paper, press, &pdf);
 *
 * Writing down cannot fail: what goes wrong (no memory, an end without a begin, too much text) is
 * kept and answered by paper_print(). Texts are copied, translated by the caller and may be of any
 * script, any length, empty or NULL (as empty). Widths are the printer's business; nothing runs off
 * the page or over something else. In grey everything keeps its meaning.
 *
 * The PDF has the title and language in it, structure and words for pictures for who listens to it,
 * fonts embedded and text that can be selected. The same manuscript gives the same bytes (on one
 * machine): nothing in it depends on the moment.
 */
#ifndef PRINT_PAPER_H
#define PRINT_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "i18n/tr.h"

struct arena;
struct paper;
struct paper_press;

#define PAPER_TEXT_MAX ((size_t)4 << 20) /* bytes of text in one manuscript */
#define PAPER_PAGES_MAX 1000
#define PAPER_DEPTH_MAX 12  /* boxes in columns in boxes … */
#define PAPER_ACROSS_MAX 12 /* columns, faces, choices beside each other */
#define PAPER_QR_MAX 512    /* bytes; more gets too fine to scan from paper */

/* For whom it is written: decides the size of the letters and of the room to write in. */
enum paper_band {
    PAPER_OLDER,    /* 8–12 and 12–18: lines of 8.4 mm */
    PAPER_YOUNGER,  /* 7–9: lines of 12 mm */
    PAPER_YOUNGEST, /* 4–6: boxes to draw in instead of lines */
};

enum paper_letters {
    PAPER_ANDIKA,   /* what children read */
    PAPER_ATKINSON, /* what only adults read */
};

/* Whose words. Each has its own colour, and its own bar that differs in grey too. */
enum paper_voice {
    PAPER_NEUTRAL,
    PAPER_CHILD,
    PAPER_TEACHER,
    PAPER_HOME,
    PAPER_SCHOOL,
    PAPER_TOGETHER
};

/* What every page has. Texts may be NULL. */
struct paper_look {
    const struct tr *tr; /* for the few words of the page itself, and the document's language */
    const char *title;   /* of the document, as readers show it in their window; not printed */
    enum paper_band band;
    enum paper_letters letters;
    const char *head_left, *head_right; /* a line above each page: school; name and date */
    const char *note;                   /* in the footer, with a lock: who sees this */
    const char *made;                   /* in the footer: who printed it, and when */
    const char *code;                   /* in the footer: to find it again when typing it in */
    int64_t made_ms;                    /* in the file as its date; 0: none */
    size_t most_pages; /* longer is ERR_LIMIT, before anything is drawn; 0: as long as it is */
};

/* ERR_INVALID without translations or title; ERR_NOMEM. The paper lives in the arena. */
NODISCARD enum status paper_open(struct arena *arena, const struct paper_look *look,
                                 struct paper **ret_paper);

/*
 * Sets and prints; once per paper. The PDF is in the paper's arena. ERR_INVALID: begin and end do
 * not match; ERR_LIMIT: more text, depth, columns or pages than the limits above, a QR text that is
 * too long; ERR_NOMEM; ERR_IO: the machine cannot print (logged).
 */
NODISCARD enum status paper_print(struct paper *paper, struct paper_press *press,
                                  struct bytes *ret_pdf);

/*
 * For what has to stand on so many pages as the look says: writes manuscripts that say less and less, from level 0
 * (everything) to `levels` - 1, until one fits, and prints that. ERR_LIMIT when the last does not fit either; else as
 * paper_open() and paper_print(). `write` leaves out or shortens the least, and says that it did.
 */
typedef void paper_write(struct paper *paper, int level, void *context);
NODISCARD enum status paper_print_fitting(struct arena *arena, const struct paper_look *look,
                                          struct paper_press *press, paper_write *write, int levels,
                                          void *context, struct bytes *ret_pdf);

/* --- text ------------------------------------------------------------------------------------- */

/* The top of the first page: heading 1, a line under it, a picture (a name in art.svg) at the
 * right. */
void paper_title(struct paper *paper, const char *title, const char *lead, const char *symbol);
/* Level 2 or 3; stays with what follows. `symbol` may be NULL. */
void paper_heading(struct paper *paper, int level, const char *text, const char *symbol);

enum paper_style { PAPER_PLAIN, PAPER_LARGE, PAPER_MUTED, PAPER_STRONG, PAPER_SMALL };
/* A paragraph; line breaks in it count. */
void paper_text(struct paper *paper, enum paper_style style, const char *text);
/*
 * A question with its number ("3", NULL: none), help and a picture (a name in art.svg) for who does not
 * read yet; NULL or "": none. Stays with what follows.
 */
void paper_question(struct paper *paper, const char *number, const char *text, const char *help,
                    const char *symbol);
/* What somebody said: a bar, the name, the words. Flows over pages. */
void paper_answer(struct paper *paper, enum paper_voice voice, const char *who, const char *text);
/* Items with a mark each ("+"; NULL: a dot). An item NULL is a line to write on. */
void paper_list(struct paper *paper, const char *mark, const char *const *items, size_t count);
/* A box to tick with its text, blank or ticked. */
void paper_checkbox(struct paper *paper, bool ticked, const char *text);

/* "Name ____  Group ____": a value, or (NULL) a line to write on; `weight` is its share of the
 * width. */
struct paper_field {
    const char *label, *value;
    int weight; /* 0 counts as 1 */
};
void paper_fields(struct paper *paper, const struct paper_field *fields, size_t count);

/* Whose hand writes in what follows, in rooms of which size; from the look's band on. Letters stay. */
void paper_hand(struct paper *paper, enum paper_band hand);
/* Room for `count` lines of writing; for the youngest a box of that height to draw in. */
void paper_lines(struct paper *paper, int count);

/* --- arranging -------------------------------------------------------------------------------- */

#define PAPER_REST (-1.0) /* a height: what is left of the page, if that is enough to be of use */

/* A part with an outline. Kept on one page unless it is longer than a page. */
struct paper_box {
    const char *title, *symbol, *help; /* NULL: none */
    enum paper_voice voice;            /* its colour; neutral: ink on white */
    bool tinted;                       /* the voice's pale colour inside (neutral: cream) */
    double height_mm;                  /* at least; 0: as high as it needs; or PAPER_REST */
};
void paper_box_begin(struct paper *paper, const struct paper_box *box);
void paper_box_end(struct paper *paper);

/*
 * Columns beside each other, their boxes equally high. `weights` NULL: equally wide. Columns that
 * do not fit on one page are printed one under another.
 */
void paper_columns_begin(struct paper *paper, size_t count, const int *weights);
void paper_next_column(struct paper *paper);
void paper_columns_end(struct paper *paper);

/* What stands between these stays on one page, unless it is longer than half a page. */
void paper_keep_together_begin(struct paper *paper);
void paper_keep_together_end(struct paper *paper);

void paper_break(struct paper *paper); /* the rest on a new page; nothing at the top of one */
void paper_space(struct paper *paper, double mm);
void paper_rule(struct paper *paper); /* a dotted line between parts */

/* A cell is a text, or NULL: blank, to write in. `cells` has rows × columns, row by row. */
struct paper_column {
    const char *title;
    int weight; /* 0 counts as 1 */
};
void paper_table(struct paper *paper, const struct paper_column *columns, size_t column_count,
                 const char *const *cells, size_t rows);

/* --- choosing --------------------------------------------------------------------------------- */

#define PAPER_NONE (-1) /* nothing chosen: a blank form */

/*
 * Faces from very happy to very sad (2, 3 or 5) with a box and a word each; words may be NULL (then
 * the faces' own). `chosen` counts from 0.
 */
void paper_faces(struct paper *paper, size_t count, const char *const *words, int chosen);

struct paper_choice {
    const char *label, *symbol; /* symbol NULL: none */
    bool chosen;
};
/*
 * Boxes (several may be chosen) or rounds (one). With pictures beside each other, up to six in a
 * row, else in a list.
 */
void paper_choices(struct paper *paper, const struct paper_choice *choices, size_t count,
                   bool round);

/* A line with `steps` (2 … 10) rounds from one extreme to the other; -1 … steps-1 chosen. */
void paper_scale(struct paper *paper, int steps, const char *left, const char *right, int chosen);

/* Theme cards, `across` beside each other: a picture, a title, a text; with a mark when chosen. */
struct paper_card {
    const char *symbol, *title, *text;
    bool chosen;
    int place; /* in an order, from 1: shown instead of the mark; 0: none */
};
void paper_cards(struct paper *paper, const struct paper_card *cards, size_t count, size_t across);

/*
 * Cards to cut out, two beside each other, ten on a page (91 × 48.5 mm): a QR code at the left; a
 * picture, a name and a code to type at the right. As paper_qr for texts that are too long.
 */
struct paper_cut_card {
    const char *qr, *symbol, *title, *code;
};
void paper_cut_cards(struct paper *paper, const struct paper_cut_card *cards, size_t count);

/* --- pictures --------------------------------------------------------------------------------- */

/* Points in thousandths of the drawing's width, from its upper left corner. */
struct paper_point {
    int32_t x, y;
};
struct paper_stroke {
    const struct paper_point *points;
    size_t count;
    int32_t width;   /* thousandths too */
    uint32_t colour; /* 0xRRGGBB */
};
/* A framed drawing, as wide as the column; without strokes a box to draw in. */
struct paper_drawing {
    const struct paper_stroke *strokes;
    size_t count;
    double height_mm;       /* or PAPER_REST; a drawing that is higher is made smaller */
    const char *background; /* a picture of art.svg behind it; NULL: none */
    const char *words;      /* what it is, for who listens; NULL: that it is a drawing */
};
void paper_drawing(struct paper *paper, const struct paper_drawing *drawing);

/*
 * A photo (photo.h), framed, as large as it is in print at 110 to the inch or as fits; `words` says what
 * it is, for who listens (NULL: that it is a photo). Its bytes stay the caller's until it is printed.
 */
struct photo;
void paper_photo(struct paper *paper, const struct photo *photo, const char *words);

/* A QR code of `size_mm`, with the code that can be typed instead under it (NULL: none). */
void paper_qr(struct paper *paper, const char *text, double size_mm, const char *code);

#endif
