#include "person/person.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "person/dossier.h"
#include "vault/vault.h"

/* Parts in the order they are stored; a later version adds at the end. */
#define SEPARATOR '\x1f'
#define PARTS 8

static const char *const columns[] = {
    [PERSON_PUPIL] = "pupil.profile",
    [PERSON_STAFF] = "staff.profile",
    [PERSON_GUARDIAN] = "guardian.profile",
};

struct person person_none(void)
{
    return (struct person){.call = "",
                           .given = "",
                           .initials = "",
                           .prefix = "",
                           .family = "",
                           .email = "",
                           .number = ""};
}

bool person_valid(const struct person *person)
{
    const char *const parts[] = {person->call,   person->given, person->initials, person->prefix,
                                 person->family, person->email, person->number};
    bool named = false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (utf8_chars(parts[i]) > PERSON_NAME_MAX || strchr(parts[i], '\x1f'))
            return false;
        named |= i < 5 && i != 3 && !str_is_blank(parts[i]);
    }
    return named;
}

const char *person_call(struct arena *arena, const struct person *person)
{
    if (*person->call)
        return person->call;
    if (*person->given)
        return arena_strndup(arena, person->given, strcspn(person->given, " "));
    return *person->initials ? person->initials : person->family;
}

const char *person_full(struct arena *arena, const struct person *person)
{
    const char *first = person_call(arena, person);
    if (!*person->family || first == person->family)
        return first;
    return arena_printf(arena, "%s%s%s%s%s", first, *first ? " " : "", person->prefix,
                        *person->prefix ? " " : "", person->family);
}

const char *person_sort_key(struct arena *arena, const struct person *person)
{
    return str_sort_key(arena, arena_printf(arena, "%s %s %s", person->family, person->prefix,
                                            person_call(arena, person)));
}

static size_t first_letter(const char *text)
{
    const char *after = text;
    (void)utf8_next(&after);
    return (size_t)(after - text);
}

const char *person_letters(struct arena *arena, const struct person *person)
{
    const char *first = person_call(arena, person);
    const char *last = first == person->family ? "" : person->family;
    size_t of_first = first_letter(first), of_last = first_letter(last);
    char *letters = arena_alloc(arena, of_first + of_last + 1); /* zeroed */
    if (!letters)
        return "";
    memcpy(letters, first, of_first);
    memcpy(letters + of_first, last, of_last);
    return letters;
}

static struct vault_place place_of(enum person_kind kind, struct school_id school, int64_t id)
{
    return (struct vault_place){.column = columns[kind], .school = school.v, .row = id};
}

enum status person_seal(const struct vault_key *key, struct random *random, struct arena *arena,
                        enum person_kind kind, struct school_id school, int64_t id,
                        const struct person *person, struct sealed *ret_sealed)
{
    const char *text =
        arena_printf(arena, "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", person->call,
                     person->given, person->initials, person->prefix, person->family, person->email,
                     person->number, date_text(person->birth).s);
    return vault_seal(key, random, arena, place_of(kind, school, id), text, strlen(text),
                      ret_sealed);
}

enum status person_open(const struct vault_key *key, struct arena *arena, enum person_kind kind,
                        struct school_id school, int64_t id, struct sealed sealed,
                        struct person *ret_person)
{
    const char *text = NULL;
    enum status st = vault_open(key, arena, place_of(kind, school, id), sealed, &text);
    if (st != OK)
        return st;
    char *rest = arena_strdup(arena, text);
    char *parts[PARTS];
    for (size_t i = 0; i < PARTS; i++) {
        parts[i] = str_split(&rest, SEPARATOR);
        if (!parts[i])
            return arena_failed(arena) ? ERR_NOMEM : ERR_CORRUPT;
    }
    *ret_person = (struct person){.call = parts[0],
                                  .given = parts[1],
                                  .initials = parts[2],
                                  .prefix = parts[3],
                                  .family = parts[4],
                                  .email = parts[5],
                                  .number = parts[6]};
    if (*parts[7] && date_parse(parts[7], &ret_person->birth) != OK)
        return ERR_CORRUPT;
    return OK;
}

enum status person_open_with(struct work *work, enum person_kind kind, struct school_id school,
                             int64_t id, int64_t slot, struct bytes key_wrapped,
                             struct sealed sealed, struct person *ret_person)
{
    struct vault_key key;
    enum status st = dossier_key(work, school, slot, key_wrapped, &key);
    if (st == ERR_ERASED) {
        *ret_person = person_none();
        return OK;
    }
    if (st != OK)
        return st;
    st = person_open(&key, work->arena, kind, school, id, sealed, ret_person);
    vault_key_wipe(&key);
    return st;
}

static enum status seal_and_wipe(struct work *work, struct vault_key *key, enum person_kind kind,
                                 int64_t id, const struct person *person, struct sealed *ret_sealed)
{
    enum status st = person_seal(key, work->random, work->arena, kind, work_school(work), id,
                                 person, ret_sealed);
    vault_key_wipe(key);
    return st;
}

enum status person_add(struct work *work, enum person_kind kind, int64_t id,
                       const struct person *person, struct sealed *ret_sealed)
{
    struct vault_key key;
    enum status st = dossier_new(work, kind, id, &key);
    return st == OK ? seal_and_wipe(work, &key, kind, id, person, ret_sealed) : st;
}

enum status person_rewrite(struct work *work, enum person_kind kind, int64_t id,
                           const struct person *person, struct sealed *ret_sealed)
{
    struct vault_key key;
    enum status st = dossier_open(work, id, &key);
    return st == OK ? seal_and_wipe(work, &key, kind, id, person, ret_sealed) : st;
}
