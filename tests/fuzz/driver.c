/*
 * Runs a fuzz target as an ordinary test: every file of its corpus, then mutations of them that are
 * the same on every machine. What libFuzzer once found lies in the corpus and stays found.
 *
 *   fuzz_name CORPUS [MUTATIONS]
 *
 * The input that brings the target down is left behind as crash-<name> in the working folder.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/str.h"

#define MUTATIONS 4000
#define INPUT_MAX ((size_t)64 * 1024)
#define FILES_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

struct input {
    const char *name;
    const uint8_t *data;
    size_t len;
};

/* For the handler of a crash, which gets no argument: what is being run, and where to leave it. */
static struct {
    const uint8_t *data;
    size_t len;
    char file[256];
} running;

static void leave_behind(void)
{
    static const char said[] = "# the input was left in the working folder as crash-<name>\n";
    int file = open(running.file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || write(file, running.data, running.len) < 0 ||
        write(STDOUT_FILENO, said, sizeof said - 1) < 0)
        return; /* nothing is left to be done about it here */
    close(file);
}

static void on_abort(int signal UNUSED)
{
    leave_behind();
    _exit(1);
}

static void run(const uint8_t *data, size_t len)
{
    /* Exactly as large as the input, so that AddressSanitizer sees the first byte past it. */
    uint8_t *copy = malloc(len ? len : 1);
    if (!copy)
        abort();
    if (len)
        memcpy(copy, data, len);
    running.data = copy;
    running.len = len;
    (void)LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static bool read_file(struct arena *arena, const char *path, struct input *ret_input)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (file < 0 || fstat(file, &info) < 0 || !S_ISREG(info.st_mode)) {
        if (file >= 0)
            close(file);
        return false;
    }
    size_t size = (size_t)info.st_size;
    uint8_t *data = arena_alloc(arena, size);
    size_t len = 0;
    for (ssize_t n; data && len < size && (n = read(file, data + len, size - len)) > 0;)
        len += (size_t)n;
    close(file);
    *ret_input = (struct input){.data = data, .len = len};
    return data != NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct input *)a)->name, ((const struct input *)b)->name);
}

/* Sorted by name: the mutations must not depend on the order of a directory. */
static size_t read_corpus(struct arena *arena, const char *folder, struct input *inputs)
{
    DIR *dir = opendir(folder);
    size_t count = 0;
    for (struct dirent *entry; dir && count < FILES_MAX && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        if (read_file(arena, arena_printf(arena, "%s/%s", folder, entry->d_name), &inputs[count]))
            inputs[count++].name = arena_strdup(arena, entry->d_name);
    }
    if (dir)
        closedir(dir);
    qsort(inputs, count, sizeof *inputs, by_name);
    return count;
}

/* Replaces `cut` bytes at `at` by others. */
static void replace_part(struct buf *to, const struct input *from, size_t at, size_t cut,
                         const void *other, size_t len)
{
    buf_reset(to);
    buf_add(to, from->data, at);
    buf_add(to, other, len);
    buf_add(to, from->data + at + cut, from->len - at - cut);
}

static void mutate(struct random *random, const struct input *from, const struct input *other,
                   struct buf *to)
{
    /* Bytes that mean something to somebody: ends, quotes, escapes, limits of encodings. */
    static const uint8_t special[] = {
        0,   '\n', '\r', ' ',  '"',  '\'', '<',  '>',  '&',  '%',  ';', ',', '=', '/', '\\', '-',
        '0', '9',  0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xF4, 0xFF, ':', '.', '{', '}', '[',  ']'};
    size_t at = random_below(random, (uint32_t)from->len + 1);
    size_t left = from->len - at;
    size_t some = left ? random_below(random, (uint32_t)(left < 32 ? left : 32)) + 1 : 0;
    uint8_t byte = special[random_below(random, sizeof special)];
    switch (random_below(random, 7)) {
    case 0: /* one bit */
        if (left)
            byte = from->data[at] ^ (uint8_t)(1u << random_below(random, 8));
        replace_part(to, from, at, left ? 1 : 0, &byte, 1);
        break;
    case 1: /* a telling byte instead */
        replace_part(to, from, at, left ? 1 : 0, &byte, 1);
        break;
    case 2: /* one more */
        replace_part(to, from, at, 0, &byte, 1);
        break;
    case 3: /* some less */
        replace_part(to, from, at, some, NULL, 0);
        break;
    case 4: /* some twice */
        replace_part(to, from, at, 0, from->data + at, some);
        break;
    case 5: /* cut off */
        replace_part(to, from, at, left, NULL, 0);
        break;
    default: /* the end of another */
        some = random_below(random, (uint32_t)other->len + 1);
        replace_part(to, from, at, left, other->data + some, other->len - some);
        break;
    }
}

static void run_mutations(const struct input *inputs, size_t count, long mutations)
{
    struct random random = random_seeded(2026);
    struct buf bufs[2];
    buf_init(&bufs[0], INPUT_MAX);
    buf_init(&bufs[1], INPUT_MAX);
    for (long i = 0; i < mutations; i++) {
        struct input now = inputs[random_below(&random, (uint32_t)count)];
        if (now.len > INPUT_MAX / 2)
            now.len = INPUT_MAX / 2;
        uint32_t steps = 1 + random_below(&random, 4);
        for (uint32_t step = 0; step < steps; step++) {
            struct buf *to = &bufs[step & 1];
            mutate(&random, &now, &inputs[random_below(&random, (uint32_t)count)], to);
            now = (struct input){.data = (const uint8_t *)to->data, .len = to->len};
        }
        run(now.data, now.len);
    }
    buf_free(&bufs[0]);
    buf_free(&bufs[1]);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: %s CORPUS [MUTATIONS]\n", argv[0]);
        return 2;
    }
    int64_t mutations = MUTATIONS;
    if (argc > 2 && str_to_int64(argv[2], &mutations) != OK)
        return 2;
    const char *name = strrchr(argv[1], '/');
    (void)snprintf(running.file, sizeof running.file, "crash-%s", name ? name + 1 : argv[1]);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(leave_behind);
    (void)signal(SIGABRT, on_abort);
    if (LLVMFuzzerInitialize)
        (void)LLVMFuzzerInitialize(&argc, &argv);

    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct input *inputs = arena ? ARENA_ARRAY(arena, struct input, FILES_MAX) : NULL;
    if (!inputs)
        return 1;
    (void)printf("1..2\n");
    (void)fflush(stdout);
    size_t count = read_corpus(arena, argv[1], inputs);
    for (size_t i = 0; i < count; i++)
        run(inputs[i].data, inputs[i].len);
    bool whole = count > 0 && !arena_failed(arena);
    (void)printf("%sok 1 - %zu inputs of the corpus\n", whole ? "" : "not ", count);
    (void)fflush(stdout);
    if (count)
        run_mutations(inputs, count, (long)mutations);
    (void)printf("%sok 2 - %ld mutations of them\n", count ? "" : "not ", (long)mutations);
    arena_free(arena);
    return whole ? 0 : 1;
}
