#include "print/press.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include "base/arena.h"
#include "base/compiler.h"
#include "base/log.h"
#include "gen/assets.h"
#include "print/ink.h"
#include "print/press_in.h"

/*
 * The assets are WOFF2, for browsers. FreeType reads that, HarfBuzz (and so pango) does not; so
 * FreeType unpacks each font into a file in memory, which fontconfig is given under its name in
 * /proc. What pango keeps of a font it opens under that name again: the files stay until closing.
 */

#define ART_MAX ((size_t)4 << 20)

static const char *const font_assets[] = {
    "fonts/andika-400.woff2",     "fonts/andika-700.woff2",    "fonts/andika-ext-400.woff2",
    "fonts/andika-ext-700.woff2", "fonts/atkinson-next.woff2", "fonts/atkinson-next-ext.woff2",
};
#define FONTS ARRAY_LEN(font_assets)

/* Nothing of /etc/fonts: what a page looks like is not for a machine to decide. */
static const char configuration[] = "<?xml version=\"1.0\"?><fontconfig>"
                                    "<dir>/usr/share/fonts</dir>"
                                    "<cachedir>/var/cache/fontconfig</cachedir>"
                                    "</fontconfig>";

struct paper_press {
    pthread_mutex_t lock;
    bool ready;
    int files[FONTS]; /* -1: not open */
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    struct arena *arena; /* of the pictures */
    struct art art;
    bool weaves_not;
};

static struct bytes asset_bytes(const char *name)
{
    const struct asset *asset = asset_by_url(asset_url(name));
    return asset ? asset->plain : (struct bytes){NULL, 0};
}

static enum status write_all(int file, const unsigned char *data, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(file, data + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ERR_IO;
        done += (size_t)n;
    }
    return OK;
}

/* Table 0 is FreeType's word for the whole font, as it is after unpacking. */
static enum status unpack(FT_Library library, struct bytes packed, int file)
{
    FT_Face face;
    FT_ULong len = 0;
    if (FT_New_Memory_Face(library, packed.data, (FT_Long)packed.len, 0, &face))
        return ERR_IO;
    enum status st = FT_Load_Sfnt_Table(face, 0, 0, NULL, &len) ? ERR_IO : OK;
    unsigned char *plain = st == OK ? malloc(len) : NULL;
    if (st == OK && !plain)
        st = ERR_NOMEM;
    if (st == OK && FT_Load_Sfnt_Table(face, 0, 0, plain, &len))
        st = ERR_IO;
    if (st == OK)
        st = write_all(file, plain, len);
    free(plain);
    FT_Done_Face(face);
    return st;
}

static enum status add_font(struct paper_press *press, FT_Library library, size_t i)
{
    char path[sizeof("/proc/self/fd/") + 12];
    /* Empty again, if an earlier try got this far. */
    bool open = press->files[i] >= 0 && ftruncate(press->files[i], 0) == 0 &&
                lseek(press->files[i], 0, SEEK_SET) == 0;
    enum status st = open ? OK : ERR_IO;
    if (st == OK)
        st = unpack(library, asset_bytes(font_assets[i]), press->files[i]);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", press->files[i]);
    if (st == OK && !FcConfigAppFontAddFile(press->config, (const FcChar8 *)path))
        st = ERR_IO;
    return st;
}

/* A font that cannot be had is no reason not to print: the machine's own takes its place. */
static enum status add_fonts(struct paper_press *press)
{
    FT_Library library;
    if (FT_Init_FreeType(&library))
        return ERR_NOMEM;
    enum status st = OK;
    for (size_t i = 0; i < FONTS && st != ERR_NOMEM; i++) {
        st = add_font(press, library, i);
        if (st == ERR_IO)
            log_event(LOG_WARN, "font_missing", "file=%s errno=%d", font_assets[i], errno);
    }
    FT_Done_FreeType(library);
    return st == ERR_NOMEM ? st : OK;
}

static enum status make_map(struct paper_press *press)
{
    press->config = FcConfigCreate();
    if (!press->config)
        return ERR_NOMEM;
    if (!FcConfigParseAndLoadFromMemory(press->config, (const FcChar8 *)configuration, FcTrue) ||
        !FcConfigBuildFonts(press->config))
        return ERR_IO;
    enum status st = add_fonts(press);
    if (st != OK)
        return st;
    /* Or pango would read the machine's configuration too, only to leave it unused. */
    FcConfigSetCurrent(press->config);
    press->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!press->map)
        return ERR_IO;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(press->map), press->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(press->map), 72); /* points */
    press->context = pango_font_map_create_context(press->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(press->context, options);
    pango_context_set_round_glyph_positions(press->context, FALSE);
    cairo_font_options_destroy(options);
    return OK;
}

static enum status read_art(struct paper_press *press)
{
    press->arena = arena_new(ART_MAX);
    enum status st = press->arena ? OK : ERR_NOMEM;
    if (st == OK)
        st = art_read(&press->art, press->arena, asset_bytes("art.svg"), INK);
    if (st == OK)
        st = art_read(&press->art, press->arena, asset_bytes("icons.svg"), INK);
    return st;
}

/* Back to how it was opened; the files stay. */
static void clear(struct paper_press *press)
{
    if (press->context)
        g_object_unref(press->context);
    if (press->map)
        g_object_unref(press->map);
    if (press->config) {
        /* Not FcFini(): it asserts while cairo's own cache still holds a font of the machine. */
        FcConfigSetCurrent(NULL);
        FcConfigDestroy(press->config);
    }
    arena_free(press->arena);
    press->context = NULL;
    press->map = NULL;
    press->config = NULL;
    press->arena = NULL;
    press->art = (struct art){0};
    press->ready = false;
}

enum status paper_press_open(struct paper_press **ret_press)
{
    struct paper_press *press = calloc(1, sizeof(*press));
    if (!press)
        return ERR_NOMEM;
    pthread_mutex_init(&press->lock, NULL);
    for (size_t i = 0; i < FONTS; i++)
        press->files[i] =
            memfd_create(font_assets[i], MFD_CLOEXEC); /* -1: said at the first page */
    *ret_press = press;
    return OK;
}

void paper_press_close(struct paper_press *press)
{
    if (!press)
        return;
    clear(press);
    for (size_t i = 0; i < FONTS; i++)
        if (press->files[i] >= 0)
            close(press->files[i]);
    pthread_mutex_destroy(&press->lock);
    free(press);
}

enum status press_enter(struct paper_press *press)
{
    pthread_mutex_lock(&press->lock);
    if (press->ready)
        return OK;
    enum status st = make_map(press);
    if (st == OK)
        st = read_art(press);
    press->ready = st == OK;
    if (st != OK) {
        log_event(LOG_ERROR, "press_failed", "status=%s", status_name(st));
        clear(press);
        pthread_mutex_unlock(&press->lock);
    }
    return st;
}

void press_leave(struct paper_press *press)
{
    pthread_mutex_unlock(&press->lock);
}

PangoContext *press_context(struct paper_press *press)
{
    return press->context;
}

const struct art *press_art(const struct paper_press *press)
{
    return &press->art;
}

bool press_weaves(const struct paper_press *press)
{
    return !press->weaves_not;
}

void press_weaves_not(struct paper_press *press)
{
    press->weaves_not = true;
}
