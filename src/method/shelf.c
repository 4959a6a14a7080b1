#include "method/shelf.h"

#include <assert.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "gen/methods.h"

/* Of the hash table: a power of two, above the maxima together. Unused places cost no memory. */
#define PLACES 32768
#define LINKS_MAX 16000 /* rows whose text is a shipped one: every school has some */
#define ONE_METHOD_MAX ((size_t)32 << 20) /* the largest file that is allowed, when read */
#define SHIPPED_BYTES_MAX ((size_t)64 << 20)

struct kept {
    int64_t school, id; /* 0: free */
    const struct method *method;
};

struct method_shelf {
    const struct method_kinds *kinds;
    pthread_mutex_t lock;
    struct arena *shipped_arena, *kept_arena;
    size_t shipped_count;
    const struct method **shipped; /* NULL: not read yet */
    size_t kept_count, link_count;
    struct kept kept[PLACES];
};

size_t method_shipped_count(void)
{
    size_t count = 0;
    while (SHIPPED_METHODS[count].name)
        count++;
    return count;
}

const char *method_shipped_key(size_t index)
{
    assert(index < method_shipped_count());
    return SHIPPED_METHODS[index].name;
}

static size_t shipped_index(const char *key)
{
    size_t i = 0;
    while (SHIPPED_METHODS[i].name && !str_equal(SHIPPED_METHODS[i].name, key))
        i++;
    return i;
}

struct bytes method_shipped_yaml(const char *key)
{
    return SHIPPED_METHODS[shipped_index(key)].text;
}

enum status method_shelf_open(const struct method_kinds *kinds, struct method_shelf **ret_shelf)
{
    assert(kinds);
    struct method_shelf *shelf = calloc(1, sizeof *shelf);
    if (!shelf)
        return ERR_NOMEM;
    shelf->kinds = kinds;
    shelf->shipped_count = method_shipped_count();
    shelf->shipped_arena = arena_new(SHIPPED_BYTES_MAX);
    shelf->kept_arena = arena_new(SHELF_BYTES_MAX + ONE_METHOD_MAX);
    shelf->shipped = calloc(shelf->shipped_count + 1, sizeof *shelf->shipped);
    if (pthread_mutex_init(&shelf->lock, NULL) != 0) {
        arena_free(shelf->shipped_arena);
        arena_free(shelf->kept_arena);
        free(shelf->shipped);
        free(shelf);
        return ERR_NOMEM;
    }
    if (!shelf->shipped_arena || !shelf->kept_arena || !shelf->shipped) {
        method_shelf_close(shelf);
        return ERR_NOMEM;
    }
    *ret_shelf = shelf;
    return OK;
}

void method_shelf_close(struct method_shelf *shelf)
{
    if (!shelf)
        return;
    pthread_mutex_destroy(&shelf->lock);
    arena_free(shelf->shipped_arena);
    arena_free(shelf->kept_arena);
    free(shelf->shipped);
    free(shelf);
}

const struct method_kinds *method_shelf_kinds(const struct method_shelf *shelf)
{
    return shelf->kinds;
}

static const struct method *read_shipped(struct method_shelf *shelf, size_t index)
{
    const struct embedded_text *file = &SHIPPED_METHODS[index];
    const struct method *method = NULL;
    struct method_problem *problems = NULL;
    size_t count = 0;
    enum status st = method_read((const char *)file->text.data, file->text.len, shelf->kinds,
                                 shelf->shipped_arena, &method, &problems, &count);
    if (st != OK)
        log_event(LOG_ERROR, "shipped_method", "key=%s status=%s line=%d", file->name,
                  status_name(st), count ? problems[0].line : 0);
    return method;
}

const struct method *method_shipped(struct method_shelf *shelf, const char *key)
{
    size_t index = shipped_index(key);
    if (index == shelf->shipped_count)
        return NULL;
    pthread_mutex_lock(&shelf->lock);
    if (!shelf->shipped[index])
        shelf->shipped[index] = read_shipped(shelf, index);
    const struct method *method = shelf->shipped[index];
    pthread_mutex_unlock(&shelf->lock);
    return method;
}

/* The place of a version, or the free one where it would stand. Ids are random already. */
static struct kept *place_of(struct method_shelf *shelf, int64_t school, int64_t id)
{
    size_t at = (size_t)id & (PLACES - 1);
    while (shelf->kept[at].id && (shelf->kept[at].id != id || shelf->kept[at].school != school))
        at = (at + 1) & (PLACES - 1);
    return &shelf->kept[at];
}

const struct method *method_shelf_find(struct method_shelf *shelf, struct school_id school,
                                       struct method_version_id id)
{
    pthread_mutex_lock(&shelf->lock);
    const struct method *method = place_of(shelf, school.v, id.v)->method;
    pthread_mutex_unlock(&shelf->lock);
    return method;
}

void method_shelf_link(struct method_shelf *shelf, struct school_id school,
                       struct method_version_id id, const struct method *shipped)
{
    assert(school.v && id.v && shipped);
    pthread_mutex_lock(&shelf->lock);
    struct kept *place = place_of(shelf, school.v, id.v);
    if (!place->id && shelf->link_count < LINKS_MAX) {
        *place = (struct kept){.school = school.v, .id = id.v, .method = shipped};
        shelf->link_count++;
    }
    pthread_mutex_unlock(&shelf->lock);
}

/* Under the lock. Another thread may have been first. */
static enum status keep(struct method_shelf *shelf, struct school_id school,
                        struct method_version_id id, const char *yaml, size_t len,
                        const struct method **ret_method)
{
    struct kept *place = place_of(shelf, school.v, id.v);
    if (!place->id) {
        struct method_problem *problems = NULL;
        size_t count = 0;
        struct arena_mark mark = arena_mark(shelf->kept_arena);
        enum status st = method_read(yaml, len, shelf->kinds, shelf->kept_arena, &place->method,
                                     &problems, &count);
        if (st != OK) {
            place->method = NULL;
            arena_rewind(shelf->kept_arena, mark);
            return st;
        }
        place->school = school.v;
        place->id = id.v;
        shelf->kept_count++;
    }
    *ret_method = place->method;
    return OK;
}

enum status method_shelf_add(struct method_shelf *shelf, struct school_id school,
                             struct method_version_id id, const char *yaml, size_t len,
                             struct arena *arena, const struct method **ret_method)
{
    assert(school.v && id.v);
    enum status st = ERR_LIMIT;
    pthread_mutex_lock(&shelf->lock);
    if (shelf->kept_count < SHELF_VERSIONS_MAX && arena_used(shelf->kept_arena) < SHELF_BYTES_MAX)
        st = keep(shelf, school, id, yaml, len, ret_method);
    pthread_mutex_unlock(&shelf->lock);
    if (st == OK || st == ERR_INVALID)
        return st;
    struct method_problem *problems = NULL;
    size_t count = 0;
    return method_read(yaml, len, shelf->kinds, arena, ret_method, &problems, &count);
}
