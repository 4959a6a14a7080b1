#include "web/device.h"

#include "access/session.h"
#include "base/arena.h"
#include "vault/vault.h"
#include "web/web.h"

const char *device_key(const struct web *web)
{
    if (!web->session || !web->session->person) /* half-way in, nobody is somebody yet */
        return NULL;
    const int64_t whose[] = {web->session->school.v, (int64_t)web->actor.kind, web->actor.is_weak,
                             web->session->person};
    uint8_t key[32];
    vault_blind_index(web->work.vault, "device", whose, sizeof whose, key);
    char *text = arena_alloc(web->arena, 2 * sizeof key + 1);
    for (size_t i = 0; text && i < sizeof key; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", key[i]);
    return text;
}
