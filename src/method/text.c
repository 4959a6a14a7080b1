#include "method/text.h"

#include "access/work.h"
#include "vault/vault.h"

static struct vault_place place_of(const struct work *work, struct method_version_id id)
{
    return (struct vault_place){
        .column = "method_version.body", .school = work_school(work).v, .row = id.v};
}

enum status method_text_seal(struct work *work, struct method_version_id id, const char *yaml,
                             size_t len, struct sealed *ret_sealed)
{
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, work_school(work), &key);
    if (st != OK)
        return st;
    st = vault_seal(&key, work->random, work->arena, place_of(work, id), yaml, len, ret_sealed);
    vault_key_wipe(&key);
    return st;
}

enum status method_text_open(struct work *work, struct method_version_id id, struct sealed sealed,
                             struct bytes *ret_yaml)
{
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, work_school(work), &key);
    if (st != OK)
        return st;
    st = vault_open_bytes(&key, work->arena, place_of(work, id), sealed, ret_yaml);
    vault_key_wipe(&key);
    return st;
}
