#include "web/route.h"

#include "base/ids.h"
#include "base/str.h"

static const char *const param_names[PARAM_COUNT] = {
    [PARAM_GROUP] = "group",       [PARAM_PUPIL] = "pupil",
    [PARAM_STAFF] = "staff",       [PARAM_GUARDIAN] = "guardian",
    [PARAM_YEAR] = "year",         [PARAM_OBSERVATION] = "observation",
    [PARAM_NOTE] = "note",         [PARAM_SESSION] = "session",
    [PARAM_SCHOOL] = "school",     [PARAM_FUNCTION] = "function",
    [PARAM_IMPORT] = "import",     [PARAM_LOCATION] = "location",
    [PARAM_CONVERSATION] = "conversation", [PARAM_ROUND] = "round",
    [PARAM_GOAL] = "goal",         [PARAM_NEED] = "need",
    [PARAM_AGREEMENT] = "agreement", [PARAM_PLAN] = "plan",
    [PARAM_ATTACHMENT] = "attachment", [PARAM_METHOD] = "method", [PARAM_LINK] = "link",
    [PARAM_MOMENT] = "moment",
};

static size_t segment_len(const char *at)
{
    return strcspn(at, "/");
}

static bool take_id(const char *name, size_t name_len, const char *value, size_t value_len,
                    int64_t ids[PARAM_COUNT])
{
    char text[ID_TEXT_LEN + 1] = "";
    if (value_len != ID_TEXT_LEN)
        return false;
    memcpy(text, value, value_len);
    for (int p = 0; p < PARAM_COUNT; p++)
        if (strlen(param_names[p]) == name_len && memcmp(param_names[p], name, name_len) == 0)
            return id_parse(text, &ids[p]) == OK;
    return false;
}

/* Does the path have the pattern's shape? Segment by segment; ":name" takes an id, "*" the rest. */
static bool path_matches(const char *pattern, const char *path, int64_t ids[PARAM_COUNT])
{
    while (*pattern == '/' && *path == '/') {
        pattern++;
        path++;
        if (*pattern == '*')
            return true;
        size_t want = segment_len(pattern);
        size_t have = segment_len(path);
        if (*pattern == ':') {
            if (!take_id(pattern + 1, want - 1, path, have, ids))
                return false;
        } else if (want != have || memcmp(pattern, path, want) != 0) {
            return false;
        }
        pattern += want;
        path += have;
    }
    return *pattern == '\0' && *path == '\0';
}

const struct route *route_find(const struct route *const *tables, enum http_method method,
                               const char *path, int64_t ret_ids[PARAM_COUNT],
                               bool *ret_other_method)
{
    *ret_other_method = false;
    enum http_method asked = method == HTTP_HEAD ? HTTP_GET : method;
    for (; *tables; tables++) {
        for (const struct route *route = *tables; route->run; route++) {
            int64_t ids[PARAM_COUNT] = {0};
            if (!path_matches(route->path, path, ids))
                continue;
            if (route->method == asked) {
                memcpy(ret_ids, ids, sizeof ids);
                return route;
            }
            *ret_other_method = true;
        }
    }
    return NULL;
}

const char *route_allows(const struct route *const *tables, const char *path)
{
    static const char *const texts[] = {"", "GET, HEAD", "POST", "GET, HEAD, POST"};
    int64_t ids[PARAM_COUNT];
    bool other;
    unsigned gets = route_find(tables, HTTP_GET, path, ids, &other) != NULL;
    unsigned posts = route_find(tables, HTTP_POST, path, ids, &other) != NULL;
    return texts[gets | posts << 1];
}
