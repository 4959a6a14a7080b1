#include "signin/password.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>

#include "base/date.h"
#include "base/utf8.h"

#define MIN_DIFFERENT 5 /* characters */
#define MIN_LETTERS 3   /* fewer, and it is a number with trimmings */
#define WORD_MIN 3      /* shorter ones occur in everything */
#define PERSONAL_MIN 4
#define MAX_COMMON_WORDS 2 /* two of the list and trimmings are found in minutes */
#define MAX_MIXED_WORDS 3  /* of the list and of the person together */
#define CONTEXT_WORDS 32
#define WORD_BYTES 64

static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "stored text");

/* --- what is a bad password -------------------------------------------------------------- */

/* How people write letters as something else. `1` is tried both ways. */
enum reading { READ_LETTERS, READ_ONE_AS_I, READ_ONE_AS_L, READINGS };

struct likeness {
    uint32_t code;
    char letter;
};

static const struct likeness digit_letters[] = {
    {'0', 'o'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'}, {'6', 'g'},
    {'7', 't'}, {'8', 'b'}, {'9', 'g'}, {'@', 'a'}, {'$', 's'},
    {'!', 'i'}, {'|', 'l'}, {'+', 't'}, {'(', 'c'}, {0x20AC, 'e'},
};

/*
 * The letters with marks of Dutch, Turkish, Polish and French keyboards, each with its plain one.
 */
static const struct likeness marked_letters[] = {
    {0xE0, 'a'},  {0xE1, 'a'},  {0xE2, 'a'},  {0xE3, 'a'},  {0xE4, 'a'},  {0xE5, 'a'},
    {0xE7, 'c'},  {0xE8, 'e'},  {0xE9, 'e'},  {0xEA, 'e'},  {0xEB, 'e'},  {0xEC, 'i'},
    {0xED, 'i'},  {0xEE, 'i'},  {0xEF, 'i'},  {0xF1, 'n'},  {0xF2, 'o'},  {0xF3, 'o'},
    {0xF4, 'o'},  {0xF5, 'o'},  {0xF6, 'o'},  {0xF8, 'o'},  {0xF9, 'u'},  {0xFA, 'u'},
    {0xFB, 'u'},  {0xFC, 'u'},  {0xFD, 'y'},  {0xFF, 'y'},  {0x105, 'a'}, {0x107, 'c'},
    {0x10D, 'c'}, {0x119, 'e'}, {0x11F, 'g'}, {0x131, 'i'}, {0x142, 'l'}, {0x144, 'n'},
    {0x15B, 's'}, {0x15F, 's'}, {0x161, 's'}, {0x17A, 'z'}, {0x17C, 'z'}, {0x17E, 'z'},
};

static char like(const struct likeness *table, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].code == code)
            return table[i].letter;
    return '\0';
}

/* The plain small letter of a letter; the code itself otherwise. */
static uint32_t plain(uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return code + 32;
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7))
        code += 32;
    char letter = like(marked_letters, ARRAY_LEN(marked_letters), code);
    return letter ? (uint32_t)(unsigned char)letter : code;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xC0 && code != 0xD7 && code != 0xF7 &&
                                            code != 0x20AC && (code < 0x2000 || code > 0x206F));
}

/*
 * The letters of a text as one word, in `to` of at least PASSWORD_MAX_BYTES + 1; their number of
 * bytes.
 */
static size_t read_letters(const uint32_t *codes, size_t count, enum reading reading, char *to)
{
    size_t first = 0;
    size_t end = count;
    /* Trimmings are trimmings, also where they look like letters: welkom2024! is no welkomzoz4i. */
    while (end > 0 && !is_letter(plain(codes[end - 1])))
        end--;
    while (first < end && !is_letter(plain(codes[first])))
        first++;
    size_t len = 0;
    for (size_t i = first; i < end; i++) {
        uint32_t code = plain(codes[i]);
        if (!is_letter(code) && reading != READ_LETTERS) {
            char letter = code == '1' ? (reading == READ_ONE_AS_I ? 'i' : 'l')
                                      : like(digit_letters, ARRAY_LEN(digit_letters), code);
            code = (uint32_t)(unsigned char)letter;
        }
        if (is_letter(code))
            len += utf8_put(code, to + len);
    }
    to[len] = '\0';
    return len;
}

/* The words of this person and place, folded as the password is. */
struct context {
    char words[CONTEXT_WORDS][WORD_BYTES];
    size_t count;
};

static void context_add(struct context *context, const uint32_t *codes, size_t count)
{
    char word[PASSWORD_MAX_BYTES + 1];
    size_t len = read_letters(codes, count, READ_LETTERS, word);
    if (len < PERSONAL_MIN || len >= WORD_BYTES || context->count == CONTEXT_WORDS)
        return;
    memcpy(context->words[context->count++], word, len + 1);
}

/*
 * Each word of a name or address, each with the one before it, and all run together: of
 * "Basisschool De Regenboog" also deregenboog. The part of an address before the @ counts as a
 * whole of its own.
 */
static void context_add_text(struct context *context, const char *text)
{
    uint32_t codes[WORD_BYTES];
    size_t count = 0;    /* letters since the start or the @ */
    size_t word = 0;     /* where the present word starts */
    size_t previous = 0; /* and the one before it */
    for (uint32_t code = 1; code != 0;) {
        code = utf8_next(&text);
        if (code && is_letter(plain(code))) {
            if (count < WORD_BYTES)
                codes[count++] = code;
            continue;
        }
        context_add(context, codes + word, count - word);
        if (previous < word)
            context_add(context, codes + previous, count - previous);
        if (count > word) {
            previous = word;
            word = count;
        }
        if (code == '@' || code == 0) {
            context_add(context, codes, count);
            count = word = previous = 0;
        }
    }
}

static int compare_word(const void *key, const void *element)
{
    return strcmp(key, *(const char *const *)element);
}

static bool is_common(const char *word)
{
    return bsearch(word, password_words, password_word_count, sizeof *password_words,
                   compare_word) != NULL;
}

static bool is_context(const struct context *context, const char *word)
{
    for (size_t i = 0; i < context->count; i++)
        if (strcmp(context->words[i], word) == 0)
            return true;
    return false;
}

/* Whether the text is nothing but at most `most` known words, one of them personal if so asked. */
static bool made_of_words(const struct context *context, const char *text, int most, bool personal)
{
    if (*text == '\0')
        return !personal;
    if (most == 0)
        return false;
    size_t len = strlen(text);
    char word[WORD_BYTES];
    for (size_t take = WORD_MIN; take <= len && take < WORD_BYTES; take++) {
        memcpy(word, text, take);
        word[take] = '\0';
        bool own = is_context(context, word);
        if ((own || is_common(word)) &&
            made_of_words(context, text + take, most - 1, personal && !own))
            return true;
    }
    return false;
}

/* Few different characters, or a short piece said again and again. */
static bool is_simple(const uint32_t *codes, size_t count)
{
    size_t different = 0;
    for (size_t i = 0; i < count && different < MIN_DIFFERENT; i++) {
        bool before = false;
        for (size_t j = 0; j < i && !before; j++)
            before = codes[j] == codes[i];
        different += !before;
    }
    if (different < MIN_DIFFERENT)
        return true;
    for (size_t period = 1; period < PASSWORD_MIN_CHARS && period <= count / 2; period++) {
        size_t i = period;
        while (i < count && codes[i] == codes[i - period])
            i++;
        if (i == count)
            return true;
    }
    return false;
}

/* Letters that follow each other up or down, as in abcdefgh: steps of one for most of the way. */
static bool is_row(const uint32_t *codes, size_t count)
{
    size_t up = 0;
    size_t down = 0;
    for (size_t i = 1; i < count; i++) {
        up += codes[i] == codes[i - 1] + 1;
        down += codes[i] + 1 == codes[i - 1];
    }
    return up * 4 >= count * 3 || down * 4 >= count * 3;
}

static enum password_flaw check_words(const struct context *context, const uint32_t *codes,
                                      size_t count)
{
    enum password_flaw flaw = PASSWORD_FINE;
    char text[PASSWORD_MAX_BYTES + 1];
    for (int reading = 0; reading < READINGS && flaw == PASSWORD_FINE; reading++) {
        size_t len = read_letters(codes, count, (enum reading)reading, text);
        if (len < MIN_LETTERS && reading == READ_LETTERS)
            flaw = PASSWORD_SIMPLE;
        else if (len == 0)
            continue;
        else if (made_of_words(context, text, MAX_MIXED_WORDS, true))
            flaw = PASSWORD_PERSONAL;
        else if (made_of_words(context, text, MAX_COMMON_WORDS, false))
            flaw = PASSWORD_COMMON;
    }
    sodium_memzero(text, sizeof text);
    return flaw;
}

enum password_flaw password_check(const char *password, size_t len, const char *const *words,
                                  size_t word_count)
{
    assert(password && (words || word_count == 0));

    if (len > PASSWORD_MAX_BYTES)
        return PASSWORD_LONG;
    if (!utf8_valid(password, len))
        return PASSWORD_NOT_TEXT;
    char copy[PASSWORD_MAX_BYTES + 1]; /* the argument need not end in a NUL */
    memcpy(copy, password, len);
    copy[len] = '\0';
    uint32_t codes[PASSWORD_MAX_BYTES];
    size_t count = 0;
    for (const char *at = copy; *at;)
        codes[count++] = utf8_next(&at);

    enum password_flaw flaw = PASSWORD_FINE;
    if (count < PASSWORD_MIN_CHARS) {
        flaw = PASSWORD_SHORT;
    } else if (is_simple(codes, count) || is_row(codes, count)) {
        flaw = PASSWORD_SIMPLE;
    } else {
        struct context context = {.count = 0};
        context_add_text(&context, "weerklank");
        for (size_t i = 0; i < word_count; i++)
            if (words[i])
                context_add_text(&context, words[i]);
        flaw = check_words(&context, codes, count);
    }
    sodium_memzero(copy, sizeof copy);
    sodium_memzero(codes, sizeof codes);
    return flaw;
}

/* --- the gate ---------------------------------------------------------------------------- */

struct password_gate {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    unsigned places;
};

enum status password_gate_new(unsigned places, struct password_gate **ret_gate)
{
    assert(places > 0);
    struct password_gate *gate = calloc(1, sizeof *gate);
    if (!gate)
        return ERR_NOMEM;
    gate->places = places;
    pthread_condattr_t monotonic; /* waiting must not depend on somebody setting the clock */
    bool ok = pthread_condattr_init(&monotonic) == 0;
    if (ok) {
        ok = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
             pthread_cond_init(&gate->freed, &monotonic) == 0;
        (void)pthread_condattr_destroy(&monotonic);
    }
    if (ok && pthread_mutex_init(&gate->mutex, NULL) != 0) {
        (void)pthread_cond_destroy(&gate->freed);
        ok = false;
    }
    if (!ok) {
        free(gate);
        return ERR_NOMEM;
    }
    *ret_gate = gate;
    return OK;
}

void password_gate_free(struct password_gate *gate)
{
    if (!gate)
        return;
    (void)pthread_cond_destroy(&gate->freed);
    (void)pthread_mutex_destroy(&gate->mutex);
    free(gate);
}

enum status password_gate_enter(struct password_gate *gate, uint32_t wait_ms)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(wait_ms / MS_SECOND);
    until.tv_nsec += (long)(wait_ms % MS_SECOND) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    (void)pthread_mutex_lock(&gate->mutex);
    int waited = 0;
    while (gate->places == 0 && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&gate->freed, &gate->mutex, &until);
    bool entered = gate->places > 0;
    if (entered)
        gate->places--;
    (void)pthread_mutex_unlock(&gate->mutex);
    return entered ? OK : ERR_LIMIT;
}

void password_gate_leave(struct password_gate *gate)
{
    (void)pthread_mutex_lock(&gate->mutex);
    gate->places++;
    (void)pthread_cond_signal(&gate->freed);
    (void)pthread_mutex_unlock(&gate->mutex);
}

/* --- hashing ----------------------------------------------------------------------------- */

struct password_cost password_cost_default(struct password_gate *gate)
{
    return (struct password_cost){
        .passes = 2, .memory = (size_t)64 << 20, .gate = gate, .wait_ms = 5000};
}

static enum status enter(const struct password_cost *cost, size_t len)
{
    if (len > PASSWORD_MAX_BYTES)
        return ERR_LIMIT;
    return cost->gate ? password_gate_enter(cost->gate, cost->wait_ms) : OK;
}

static void leave(const struct password_cost *cost)
{
    if (cost->gate)
        password_gate_leave(cost->gate);
}

enum status password_hash(const struct password_cost *cost, const char *password, size_t len,
                          char ret_hash[PASSWORD_HASH_SIZE])
{
    assert(cost && password && ret_hash);

    enum status st = enter(cost, len);
    if (st != OK)
        return st;
    char hash[PASSWORD_HASH_SIZE];
    if (crypto_pwhash_str_alg(hash, password, len, cost->passes, cost->memory,
                              crypto_pwhash_ALG_ARGON2ID13) == 0)
        memcpy(ret_hash, hash, sizeof hash);
    else
        st = ERR_NOMEM;
    leave(cost);
    return st;
}

/* The work of a verification without anything to compare with. */
static enum status verify_nobody(const struct password_cost *cost, const char *password, size_t len)
{
    static const uint8_t salt[crypto_pwhash_SALTBYTES] = "nobody at all.";
    uint8_t made[32];
    int failed = crypto_pwhash(made, sizeof made, password, len, salt, cost->passes, cost->memory,
                               crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(made, sizeof made);
    return failed ? ERR_NOMEM : ERR_FORBIDDEN;
}

static enum status verify_stored(const struct password_cost *cost, const char *stored,
                                 const char *password, size_t len, bool *ret_rehash)
{
    int other_cost = crypto_pwhash_str_needs_rehash(stored, cost->passes, cost->memory);
    if (other_cost < 0)
        return ERR_CORRUPT;
    errno = 0;
    if (crypto_pwhash_str_verify(stored, password, len) != 0)
        return errno == ENOMEM ? ERR_NOMEM : ERR_FORBIDDEN;
    *ret_rehash = other_cost != 0;
    return OK;
}

enum status password_verify(const struct password_cost *cost, const char *stored,
                            const char *password, size_t len, bool *ret_rehash)
{
    assert(cost && password && ret_rehash);

    enum status st = enter(cost, len);
    if (st != OK)
        return st;
    if (stored)
        st = verify_stored(cost, stored, password, len, ret_rehash);
    else
        st = verify_nobody(cost, password, len);
    leave(cost);
    return st;
}
