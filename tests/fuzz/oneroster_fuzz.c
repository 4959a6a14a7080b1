/*
 * OneRoster and SDS packages. A zip made by chance is rarely a zip, so the input is text in which a
 * line "=name.csv" begins a file; the zip around it is made here. Input that starts with "PK" goes
 * in as it is, for the zip reader itself.
 */
#include <zip.h>

#include "roster_fuzz.h"

#define FILES_MAX 16

struct part {
    char name[32];
    const uint8_t *data;
    size_t len;
};

/* Cuts the input at its "=name" lines; the number of parts. */
static size_t cut(const uint8_t *data, size_t size, struct part parts[FILES_MAX])
{
    size_t count = 0;
    size_t at = 0;
    while (at < size && count < FILES_MAX) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t line = end ? (size_t)(end - data) - at : size - at;
        if (data[at] == '=' && line > 1 && line <= sizeof parts->name) {
            struct part *part = &parts[count++];
            memcpy(part->name, data + at + 1, line - 1);
            part->name[line - 1] = '\0';
            part->data = data + at + line;
            part->len = 0;
            at += line + (end != NULL);
            part->data = data + at;
            continue;
        }
        at += line + (end != NULL);
        if (count)
            parts[count - 1].len = (size_t)(data + at - parts[count - 1].data);
    }
    return count;
}

static void read_zip(zip_source_t *bytes)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(bytes, &stat) != 0 || zip_source_open(bytes) != 0)
        return;
    uint8_t *zip = malloc(stat.size + 1);
    PROMISE(zip != NULL);
    zip_int64_t len = zip_source_read(bytes, zip, stat.size);
    (void)zip_source_close(bytes);
    if (len > 0)
        fuzz_roster(zip, (size_t)len);
    free(zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 2 && data[0] == 'P' && data[1] == 'K') {
        fuzz_roster(data, size);
        return 0;
    }
    struct part parts[FILES_MAX] = {0};
    size_t count = cut(data, size, parts);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *bytes = zip_source_buffer_create(NULL, 0, 0, &error);
    PROMISE(bytes != NULL);
    zip_source_keep(bytes);
    zip_t *zip = zip_open_from_source(bytes, ZIP_CREATE | ZIP_TRUNCATE, &error);
    PROMISE(zip != NULL);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *part = zip_source_buffer(zip, parts[i].data, parts[i].len, 0);
        zip_int64_t index = part ? zip_file_add(zip, parts[i].name, part, ZIP_FL_ENC_GUESS) : -1;
        if (index < 0)
            zip_source_free(part); /* the same name twice, or none that a zip takes */
        else
            (void)zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    if (zip_close(zip) == 0)
        read_zip(bytes);
    else
        zip_discard(zip);
    zip_source_free(bytes);
    zip_error_fini(&error);
    return 0;
}
