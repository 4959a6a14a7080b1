#include "web/view.h"

#include "base/arena.h"
#include "base/str.h"
#include "i18n/tr.h"

const char *view_theme(const struct page *page)
{
    static const char *const names[] = {
        [THEME_LIGHT] = "light", [THEME_DARK] = "dark", [THEME_CONTRAST] = "contrast"};
    return page->look.theme == THEME_AUTO ? NULL : names[page->look.theme];
}

bool view_has_errors(const struct page *page)
{
    return page->form && page->form->sent && !form_valid(page->form);
}

const char *view_error(const struct html *h, const struct form_values *form, size_t i)
{
    const char *value = form->error_value[i] ? form->error_value[i] : "";
    return trf(h->tr, h->arena, form->error[i], 1, value);
}

const char *view_input_type(const struct field *field)
{
    switch (field->kind) {
    case FIELD_PASSWORD:
        return "password";
    case FIELD_EMAIL:
        return "email";
    case FIELD_DATE:
        return "date";
    case FIELD_NUMBER:
        return "number";
    case FIELD_TIME:
        return "time";
    case FIELD_FILE:
        return "file";
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_CHOICE:
    case FIELD_CHECK:
    case FIELD_ID:
    case FIELD_IDS:
    case FIELD_HIDDEN:
        break;
    }
    return "text";
}

const char *view_described(struct arena *arena, const struct field *field, bool wrong)
{
    if (field->hint && wrong)
        return arena_printf(arena, "h-%s e-%s", field->name, field->name);
    return arena_printf(arena, "%s-%s", wrong ? "e" : "h", field->name);
}

bool view_same(const char *a, const char *b)
{
    return str_equal(a, b);
}

const char *view_number(struct arena *arena, int64_t number)
{
    return arena_printf(arena, "%lld", (long long)number);
}
