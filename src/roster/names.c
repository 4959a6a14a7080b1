#include "roster/names.h"

#include "base/arena.h"
#include "base/str.h"

static const char *const prefixes[] = {
    "'s",    "'t",  "a",   "aan", "af",      "bij",     "d'",     "da",     "de",  "del",
    "della", "den", "der", "des", "di",      "do",      "dos",    "du",     "el",  "het",
    "in",    "la",  "le",  "les", "of",      "onder",   "op",     "over",   "te",  "ten",
    "ter",   "the", "tot", "uit", "uijt",    "van",     "vanden", "vander", "ver", "voor",
    "von",   "zu",  "zum", "zur", "\u2019s", "\u2019t",
};

static bool is_prefix_word(const char *word, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (strlen(prefixes[i]) == len && memcmp(prefixes[i], word, len) == 0)
            return true;
    return false;
}

/* Length of the words at the start of `text` that are prefixes, with the blank after each. */
static size_t prefix_len(const char *text)
{
    size_t len = 0;
    for (;;) {
        size_t word = strcspn(text + len, " ");
        if (word == 0 || !is_prefix_word(text + len, word))
            return len;
        len += word;
        if (text[len] == '\0')
            return len;
        len++;
    }
}

bool name_is_prefix(const char *text)
{
    return *text && prefix_len(text) == strlen(text);
}

void name_split_prefix(struct arena *arena, struct roster_name *name)
{
    size_t len = prefix_len(name->family_name);
    if (*name->prefix || len == 0 || name->family_name[len] == '\0')
        return;
    name->prefix = arena_strndup(arena, name->family_name, len - 1);
    name->family_name += len;
}

void name_compose(struct arena *arena, struct roster_name *name)
{
    const char *first = *name->call_name     ? name->call_name
                        : *name->given_names ? name->given_names
                                             : name->initials;
    const char *parts[] = {first, name->prefix, name->family_name};
    const char *display = "";
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (*parts[i])
            display = *display ? arena_printf(arena, "%s %s", display, parts[i]) : parts[i];
    name->display = display;

    /* Two blanks end a part: a sort key never holds two, so "Bos" comes before "Bos Smit". */
    struct roster_name *n = name;
    n->sort = *n->family_name
                  ? arena_printf(arena, "%s  %s  %s", str_sort_key(arena, n->family_name),
                                 str_sort_key(arena, n->prefix), str_sort_key(arena, first))
                  : str_sort_key(arena, first);
}

static const char *const year_codes[ROSTER_YEARS] = {
    [ROSTER_YEAR_UNKNOWN] = "",   [ROSTER_YEAR_BABY] = "B",
    [ROSTER_YEAR_TODDLER] = "D",  [ROSTER_YEAR_0] = "0",
    [ROSTER_YEAR_1] = "1",        [ROSTER_YEAR_2] = "2",
    [ROSTER_YEAR_3] = "3",        [ROSTER_YEAR_4] = "4",
    [ROSTER_YEAR_5] = "5",        [ROSTER_YEAR_6] = "6",
    [ROSTER_YEAR_7] = "7",        [ROSTER_YEAR_8] = "8",
    [ROSTER_YEAR_11] = "11",      [ROSTER_YEAR_12] = "12",
    [ROSTER_YEAR_13] = "13",      [ROSTER_YEAR_14] = "14",
    [ROSTER_YEAR_15] = "15",      [ROSTER_YEAR_16] = "16",
    [ROSTER_YEAR_SPECIAL] = "S",  [ROSTER_YEAR_SPECIAL_SECONDARY] = "V",
    [ROSTER_YEAR_COMBINED] = "C", [ROSTER_YEAR_OTHER] = "N",
    [ROSTER_YEAR_LEFT] = "H",
};

enum roster_year year_parse(const char *code)
{
    if (!*code)
        return ROSTER_YEAR_UNKNOWN;
    for (unsigned i = 0; i < ROSTER_YEARS; i++)
        if (str_equal(code, year_codes[i]))
            return (enum roster_year)i;
    return ROSTER_YEAR_UNKNOWN;
}

enum roster_year year_parse_dutch(struct arena *arena, const char *text)
{
    static const char *const words[] = {"jaargroep", "leerjaar", "groep", "klas", "jaar", "gr"};
    const char *at = str_sort_key(arena, text);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(at, words[i])) {
            at += strlen(words[i]);
            break;
        }
    while (*at == ' ' || (*at == '0' && at[1] != '\0'))
        at++;
    char code[4] = "";
    if (strlen(at) >= sizeof code)
        return ROSTER_YEAR_UNKNOWN;
    for (size_t i = 0; at[i]; i++)
        code[i] = at[i] >= 'a' && at[i] <= 'z' ? (char)(at[i] - 32) : at[i];
    return year_parse(code);
}

enum roster_year year_secondary(enum roster_year year)
{
    if (year < ROSTER_YEAR_1 || year > ROSTER_YEAR_6)
        return year;
    return (enum roster_year)(ROSTER_YEAR_11 + (year - ROSTER_YEAR_1));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Weights 9 … 2 and -1, the sum divisible by eleven; nine zeros are nobody's number. */
static bool eleven_test(const char digits[9])
{
    int sum = 0;
    bool all_zero = true;
    for (int i = 0; i < 9; i++) {
        int digit = digits[i] - '0';
        sum += digit * (i == 8 ? -1 : 9 - i);
        all_zero = all_zero && digit == 0;
    }
    return !all_zero && sum % 11 == 0;
}

/* The nine digits of a text that has exactly nine and nothing else but separators. */
static bool nine_digits(const char *text, char digits[9])
{
    size_t count = 0;
    for (; *text; text++) {
        if (*text == '.' || *text == ' ' || *text == '-')
            continue;
        if (!is_digit(*text) || count == 9)
            return false;
        digits[count++] = *text;
    }
    return count == 9;
}

bool is_nine_digits(const char *text)
{
    char digits[9];
    return nine_digits(text, digits);
}

bool is_national_number(const char *text)
{
    char digits[9];
    return nine_digits(text, digits) && eleven_test(digits);
}

bool holds_national_number(const char *text)
{
    while (*text) {
        size_t run = strspn(text, "0123456789");
        if (run == 9 && eleven_test(text))
            return true;
        text += run;
        text += strcspn(text, "0123456789");
    }
    return false;
}

bool is_brin(const char *text)
{
    size_t len = strlen(text);
    if (len != 4 && len != 6)
        return false;
    bool capitals = text[2] >= 'A' && text[2] <= 'Z' && text[3] >= 'A' && text[3] <= 'Z';
    bool branch = len == 4 || (is_digit(text[4]) && is_digit(text[5]));
    return is_digit(text[0]) && is_digit(text[1]) && capitals && branch;
}
