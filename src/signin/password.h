/*
 * password: which passwords we accept from staff and guardians, and how they are kept. Knows text
 * and libsodium; refuses to know accounts, forms and the database.
 *
 * The rules are those of OWASP ASVS 5.0 and of NIST 800-63B: long enough, not a common password,
 * not made of what everybody knows about the person; no required kinds of characters, no expiry,
 * every character allowed. Only ever compared as the bytes that were typed.
 */
#ifndef SIGNIN_PASSWORD_H
#define SIGNIN_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define PASSWORD_MIN_CHARS 12  /* code points */
#define PASSWORD_MAX_BYTES 256 /* more is no safer, and costs us time */
#define PASSWORD_HASH_SIZE 128 /* of the text to store, with its NUL */

/* Why a password is refused; each has its own sentence in the form. */
enum password_flaw {
    PASSWORD_FINE = 0,
    PASSWORD_NOT_TEXT, /* NUL or invalid UTF-8 */
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_SIMPLE,   /* few different characters, a repetition, hardly anything but digits */
    PASSWORD_COMMON,   /* one or two common words or rows of keys, with trimmings */
    PASSWORD_PERSONAL, /* the same with words of the person, the school or this program */
};

/*
 * Looks at `len` bytes. `words` are what everybody knows: the e-mail address, the names of person
 * and school; NULL entries are skipped, addresses and names are cut into words here. Letter case,
 * accents, digits for letters (w4chtw00rd) and what is put around or between words do not help.
 */
enum password_flaw password_check(const char *password, size_t len, const char *const *words,
                                  size_t word_count);

/*
 * Argon2id takes 64 MiB while it runs. The gate lets a fixed number run at once, so that many
 * sign-ins at nine o'clock, or an attacker, cannot take all memory. Made by main, shared by
 * threads.
 */
struct password_gate;
NODISCARD enum status password_gate_new(unsigned places, struct password_gate **ret_gate);
void password_gate_free(struct password_gate *gate); /* nobody inside; NULL is fine */

/* ERR_LIMIT when no place came free within wait_ms. After OK, leave. */
NODISCARD enum status password_gate_enter(struct password_gate *gate, uint32_t wait_ms);
void password_gate_leave(struct password_gate *gate);

/* What a hash costs. password_cost_default(): 2 passes over 64 MiB. */
struct password_cost {
    unsigned long long passes;
    size_t memory;              /* bytes */
    struct password_gate *gate; /* NULL: nobody else is hashing (command line, tests) */
    uint32_t wait_ms;
};
struct password_cost password_cost_default(struct password_gate *gate);

/*
 * The text to store; its salt comes from libsodium itself. ERR_LIMIT when the gate is full or the
 * password longer than PASSWORD_MAX_BYTES, ERR_NOMEM.
 */
NODISCARD enum status password_hash(const struct password_cost *cost, const char *password,
                                    size_t len, char ret_hash[PASSWORD_HASH_SIZE]);

/*
 * OK when it is the password; *ret_rehash says whether the stored text was made at another cost.
 * ERR_FORBIDDEN when it is not. `stored` NULL stands for "no such account": the same work is done
 * and the answer is ERR_FORBIDDEN, so that time does not tell who has an account. ERR_LIMIT
 * and ERR_NOMEM as above, ERR_CORRUPT when `stored` is no hash.
 */
NODISCARD enum status password_verify(const struct password_cost *cost, const char *stored,
                                      const char *password, size_t len, bool *ret_rehash);

/* The common words, in order, for the test of the list. */
extern const char *const password_words[];
extern const size_t password_word_count;

#endif
