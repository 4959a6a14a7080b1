/*
 * node: a YAML file as texts, mappings and lists that know their line. The only place that knows
 * libyaml's parser. Takes anything: what comes in may be meant badly. Anchors, aliases and tags are
 * refused, so what comes out is never larger than what went in.
 */
#ifndef METHOD_NODE_H
#define METHOD_NODE_H

#include <stddef.h>

#include "base/status.h"
#include "method/method.h"

struct arena;

#define NODE_DEPTH_MAX 12

enum node_kind { NODE_TEXT, NODE_MAP, NODE_LIST };

struct node {
    enum node_kind kind;
    int line;                  /* 1 … */
    const char *text;          /* NODE_TEXT: valid UTF-8, no controls but \n and \t, trimmed */
    struct node *key;          /* of an item of a mapping: its key, a NODE_TEXT */
    struct node *first, *next; /* items, in the order of the file */
    size_t count;
};

/*
 * Reads one document. ERR_INVALID with the one thing that stopped it; ERR_NOMEM. Nodes live in
 * `arena` and point nowhere else.
 */
NODISCARD enum status node_read(const char *data, size_t len, struct arena *arena,
                                const struct node **ret_root, struct method_problem *ret_problem);

#endif
