#include "markup.h"

static bool between_attributes(const struct place *place)
{
    return place->at == POS_SPACE || place->at == POS_AFTER;
}

bool place_same(const struct place *place, const struct place *other)
{
    bool in_tag = between_attributes(place) && between_attributes(other);
    bool in_value = place->at == POS_EQUALS || place->at == POS_VALUE;
    if (place->at != other->at && !in_tag)
        return false;
    if ((in_tag || in_value) && place->tag.name.s != other->tag.name.s)
        return false;
    return !in_value || place->attribute.name.s == other->attribute.name.s;
}

bool place_join(struct place *place, const struct place *other)
{
    if (place->at == POS_VALUE && !url_join(&place->url, &other->url))
        return false;
    if (place->at != other->at)
        place->at = POS_AFTER; /* the stricter of the two places between attributes */
    place->tag.has &= other->tag.has;
    place->blank = place->blank && other->blank;
    return true;
}

const char *place_name(struct arena *arena, const struct place *place)
{
    static const char *const in_address[] = {
        [URL_START] = "at the start of",
        [URL_SCHEME] = "at the first letters of",
        [URL_OPEN] = "at the first letters of",
        [URL_SLASH] = "behind the first / of",
        [URL_WHOLE] = "later in",
        [URL_REST] = "later in",
    };
    switch (place->at) {
    case POS_TEXT:
    case POS_COMMENT:
        return "in text";
    case POS_SPACE:
    case POS_AFTER:
        return arena_printf(arena, "in a tag <%.*s>", SLICE(place->tag.name));
    case POS_CLOSING:
        return arena_printf(arena, "in the tag </%.*s>", SLICE(place->tag.name));
    case POS_EQUALS:
    case POS_VALUE:
        if (place->attribute.kind == ATTRIBUTE_URL || place->attribute.kind == ATTRIBUTE_URLS)
            return arena_printf(arena, "%s the address in %.*s", in_address[place->url.state],
                                SLICE(place->attribute.name));
        return arena_printf(arena, "in the value of %.*s", SLICE(place->attribute.name));
    case POS_RAW:
        break;
    }
    return arena_printf(arena, "in <%.*s>", SLICE(place->tag.name));
}
