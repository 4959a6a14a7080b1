#include "print/photo_file.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

/* After stdio.h, which it takes for granted. */
#include <jerror.h>
#include <jpeglib.h>
#include <webp/decode.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "print/photo.h"

#define QUALITY 82
#define COARSEST 8 /* an eighth of each side: what JPEG can do while it reads */
#define JPEG_MEMORY ((long)256 << 20)

static bool is_sound(cairo_surface_t *surface)
{
    return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
}

static enum status sized(uint64_t width, uint64_t height, uint64_t most)
{
    if (width == 0 || height == 0)
        return ERR_INVALID;
    return width * height > most || width > UINT16_MAX || height > UINT16_MAX ? ERR_LIMIT : OK;
}

/* A row of a surface: one pixel is 0x00RRGGBB, whatever the machine's order of bytes. */
static uint32_t *row_of(cairo_surface_t *surface, size_t y)
{
    unsigned char *data = cairo_image_surface_get_data(surface);
    return (uint32_t *)(void *)(data + y * (size_t)cairo_image_surface_get_stride(surface));
}

/* --- JPEG: libjpeg tells what is wrong by a jump ------------------------------------------------
 */

struct trouble {
    struct jpeg_error_mgr errors;
    jmp_buf out;
    enum status st;
};

static void give_up(j_common_ptr jpeg)
{
    struct trouble *trouble = (struct trouble *)(void *)jpeg->err;
    trouble->st = jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? ERR_NOMEM : ERR_INVALID;
    longjmp(trouble->out, 1);
}

/* Half a picture is a picture: what is missing of it is grey. */
static void keep_quiet(UNUSED j_common_ptr jpeg)
{
}
static void do_not_mind(UNUSED j_common_ptr jpeg, UNUSED int level)
{
}

/* Some thousand passes of nothing would keep the machine busy for minutes. */
static void count_scans(j_common_ptr jpeg)
{
    const struct jpeg_decompress_struct *in = (const void *)jpeg;
    if (in->input_scan_number > PHOTO_SCANS_MAX)
        give_up(jpeg);
}

static struct jpeg_error_mgr *listen(struct trouble *trouble)
{
    struct jpeg_error_mgr *errors = jpeg_std_error(&trouble->errors);
    errors->error_exit = give_up;
    errors->output_message = keep_quiet;
    errors->emit_message = do_not_mind;
    return errors;
}

struct jpeg_in {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    struct trouble trouble;
    cairo_surface_t *surface;
};

static void choose_scale(struct jpeg_decompress_struct *jpeg, unsigned side)
{
    unsigned longest =
        jpeg->image_width > jpeg->image_height ? jpeg->image_width : jpeg->image_height;
    unsigned denom = 1;
    while (denom < COARSEST && longest / (2 * denom) >= side)
        denom *= 2;
    jpeg->scale_num = 1;
    jpeg->scale_denom = denom;
}

static void read_rows(struct jpeg_in *in)
{
    struct jpeg_decompress_struct *jpeg = &in->jpeg;
    JSAMPARRAY row =
        jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, jpeg->output_width * 3, 1);
    while (jpeg->output_scanline < jpeg->output_height) {
        size_t y = jpeg->output_scanline;
        if (jpeg_read_scanlines(jpeg, row, 1) == 0)
            break;
        uint32_t *to = row_of(in->surface, y);
        for (size_t x = 0; x < jpeg->output_width; x++)
            to[x] = (uint32_t)row[0][3 * x] << 16 | (uint32_t)row[0][3 * x + 1] << 8 |
                    row[0][3 * x + 2];
    }
    cairo_surface_mark_dirty(in->surface);
}

static enum status decode(struct jpeg_in *in, struct bytes file, unsigned side)
{
    struct jpeg_decompress_struct *jpeg = &in->jpeg;
    jpeg_mem_src(jpeg, file.data, file.len);
    jpeg->mem->max_memory_to_use = JPEG_MEMORY;
    if (jpeg_read_header(jpeg, TRUE) != JPEG_HEADER_OK)
        return ERR_INVALID;
    enum status st = sized(jpeg->image_width, jpeg->image_height,
                           jpeg_has_multiple_scans(jpeg) ? PHOTO_WHOLE_MAX : PHOTO_PIXELS_MAX);
    if (st != OK)
        return st;
    in->progress.progress_monitor = count_scans;
    jpeg->progress = &in->progress;
    jpeg->out_color_space = JCS_RGB;
    choose_scale(jpeg, side);
    (void)jpeg_start_decompress(jpeg); /* never waits: all of the file is there */
    in->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)jpeg->output_width,
                                             (int)jpeg->output_height);
    if (!is_sound(in->surface))
        return ERR_NOMEM;
    cairo_surface_flush(in->surface);
    read_rows(in);
    return OK; /* not jpeg_finish_decompress: it minds what comes behind the picture */
}

enum status photo_jpeg(struct bytes file, int side, cairo_surface_t **ret_surface)
{
    struct jpeg_in *in = calloc(1, sizeof *in); /* not on the stack: it outlives the jump */
    if (!in)
        return ERR_NOMEM;
    in->jpeg.err = listen(&in->trouble);
    enum status st;
    if (setjmp(in->trouble.out) == 0) {
        jpeg_create_decompress(&in->jpeg);
        st = decode(in, file, (unsigned)side);
    } else {
        st = in->trouble.st;
    }
    jpeg_destroy_decompress(&in->jpeg);
    if (st == OK)
        *ret_surface = in->surface;
    else if (in->surface)
        cairo_surface_destroy(in->surface);
    free(in);
    return st;
}

struct jpeg_out {
    struct jpeg_compress_struct jpeg;
    struct trouble trouble;
    unsigned char *data; /* heap */
    unsigned long len;
};

static void encode(struct jpeg_out *out, cairo_surface_t *surface)
{
    struct jpeg_compress_struct *jpeg = &out->jpeg;
    jpeg_create_compress(jpeg);
    jpeg_mem_dest(jpeg, &out->data, &out->len);
    jpeg->image_width = (JDIMENSION)cairo_image_surface_get_width(surface);
    jpeg->image_height = (JDIMENSION)cairo_image_surface_get_height(surface);
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, QUALITY, TRUE);
    jpeg_start_compress(jpeg, TRUE);
    JSAMPARRAY row =
        jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, jpeg->image_width * 3, 1);
    while (jpeg->next_scanline < jpeg->image_height) {
        const uint32_t *from = row_of(surface, jpeg->next_scanline);
        for (size_t x = 0; x < jpeg->image_width; x++) {
            row[0][3 * x] = (JSAMPLE)(from[x] >> 16 & 0xFF);
            row[0][3 * x + 1] = (JSAMPLE)(from[x] >> 8 & 0xFF);
            row[0][3 * x + 2] = (JSAMPLE)(from[x] & 0xFF);
        }
        (void)jpeg_write_scanlines(jpeg, row, 1);
    }
    jpeg_finish_compress(jpeg);
}

enum status photo_write(cairo_surface_t *surface, struct arena *arena, struct bytes *ret_jpeg)
{
    struct jpeg_out *out = calloc(1, sizeof *out);
    if (!out)
        return ERR_NOMEM;
    out->jpeg.err = listen(&out->trouble);
    cairo_surface_flush(surface);
    bool written = false;
    if (setjmp(out->trouble.out) == 0) {
        encode(out, surface);
        written = true;
    }
    void *copy = written ? arena_memdup(arena, out->data, out->len) : NULL;
    if (copy)
        *ret_jpeg = (struct bytes){copy, out->len};
    jpeg_destroy_compress(&out->jpeg);
    free(out->data);
    free(out);
    return copy ? OK : ERR_NOMEM; /* nothing else can go wrong while writing to memory */
}

/* --- PNG: cairo reads it itself ----------------------------------------------------------------
 */

static cairo_status_t next_bytes(void *context, unsigned char *to, unsigned len)
{
    struct bytes *rest = context;
    if (len > rest->len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, rest->data, len);
    *rest = (struct bytes){rest->data + len, rest->len - len};
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t number32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

enum status photo_png(struct bytes file, cairo_surface_t **ret_surface)
{
    enum { WIDTH_AT = 16, HEIGHT_AT = 20, HEAD_END = 33 };
    if (file.len < HEAD_END || memcmp(file.data + 12, "IHDR", 4) != 0)
        return ERR_INVALID;
    enum status st =
        sized(number32(file.data + WIDTH_AT), number32(file.data + HEIGHT_AT), PHOTO_WHOLE_MAX);
    if (st != OK)
        return st;
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(next_bytes, &file);
    if (is_sound(surface)) {
        *ret_surface = surface;
        return OK;
    }
    st = cairo_surface_status(surface) == CAIRO_STATUS_NO_MEMORY ? ERR_NOMEM : ERR_INVALID;
    cairo_surface_destroy(surface);
    return st;
}

/* --- WebP ---------------------------------------------------------------------------------------
 */

/* From the bytes that libwebp gives to a surface, see-through as cairo wants it. */
static void take_webp(const WebPRGBABuffer *from, cairo_surface_t *surface)
{
    size_t width = (size_t)cairo_image_surface_get_width(surface);
    size_t height = (size_t)cairo_image_surface_get_height(surface);
    for (size_t y = 0; y < height; y++) {
        const uint8_t *pixel = from->rgba + y * (size_t)from->stride;
        uint32_t *to = row_of(surface, y);
        for (size_t x = 0; x < width; x++, pixel += 4)
            to[x] = (uint32_t)pixel[3] << 24 | (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 |
                    pixel[2];
    }
    cairo_surface_mark_dirty(surface);
}

/* Sides that are no longer than `side`, which is done while reading. */
static void scale_webp(WebPDecoderConfig *config, int side)
{
    int width = config->input.width, height = config->input.height;
    int longest = width > height ? width : height;
    if (longest <= side)
        return;
    config->options.use_scaling = 1;
    config->options.scaled_width = width * side / longest > 0 ? width * side / longest : 1;
    config->options.scaled_height = height * side / longest > 0 ? height * side / longest : 1;
}

enum status photo_webp(struct bytes file, int side, cairo_surface_t **ret_surface)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) ||
        WebPGetFeatures(file.data, file.len, &config.input) != VP8_STATUS_OK ||
        config.input.has_animation)
        return ERR_INVALID;
    enum status st =
        sized((uint64_t)config.input.width, (uint64_t)config.input.height, PHOTO_WHOLE_MAX);
    if (st != OK)
        return st;
    scale_webp(&config, side);
    config.output.colorspace = MODE_rgbA; /* colours multiplied by how much is seen */
    VP8StatusCode read = WebPDecode(file.data, file.len, &config);
    if (read != VP8_STATUS_OK)
        return read == VP8_STATUS_OUT_OF_MEMORY ? ERR_NOMEM : ERR_INVALID;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, config.output.width, config.output.height);
    bool sound = is_sound(surface);
    if (sound)
        take_webp(&config.output.u.RGBA, surface);
    WebPFreeDecBuffer(&config.output);
    if (!sound) {
        cairo_surface_destroy(surface);
        return ERR_NOMEM;
    }
    *ret_surface = surface;
    return OK;
}
