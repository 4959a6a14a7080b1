/*
 * edit: changing a method by making another one. Every function leaves what it got as it was and
 * gives a new method that shares what did not change; all in the arena. What comes out can break a
 * rule of the format (an empty text, a reference that now points nowhere): who keeps it reads it
 * again first (own.h does). Refuses to know pages and storage.
 */
#ifndef METHOD_EDIT_H
#define METHOD_EDIT_H

#include "base/status.h"
#include "method/method.h"

struct arena;

/* Words in Dutch and English, trimmed; other languages stay. An empty one is taken out. */
struct method_text method_edit_text(const struct method_text *from, const char *nl, const char *en,
                                    struct arena *arena);

/*
 * Options from two texts with one option per line, Dutch and English. An option whose Dutch words
 * or whose place stays keeps its id, picture and other languages, so that conditions on it hold.
 */
NODISCARD enum status method_edit_options(const struct question *from, const char *nl,
                                          const char *en, struct arena *arena,
                                          struct question *ret_question);
/* The other way round: the lines of the options in one language. */
const char *method_edit_option_lines(const struct question *question, const char *lang,
                                     struct arena *arena);

/* The same for a list of texts without ids: follow-up questions, cues of one's own. */
NODISCARD enum status method_edit_texts(const struct method_text *from, size_t from_count,
                                        const char *nl, const char *en, struct arena *arena,
                                        const struct method_text **ret_texts, size_t *ret_count);
const char *method_edit_text_lines(const struct method_text *texts, size_t count, const char *lang,
                                   struct arena *arena);

/* A name made of words, "Wat lukt al?" -> "wat-lukt-al", that no phase or question has. */
const char *method_edit_free_id(const struct method *method, const char *words,
                                struct arena *arena);

/* By id, also in preparations. NULL when there is none. */
const struct phase *method_phase(const struct method *method, const char *id);

/*
 * Phases. ERR_NOT_FOUND for an id that is not there; ERR_LIMIT beyond METHOD_PHASES_MAX. Adding
 * puts it behind phase `after`, in the same preparation or conversation. Moving by -1 or 1 beyond
 * an end changes nothing. Setting keeps id and questions.
 */
NODISCARD enum status method_edit_add_phase(const struct method *method, const char *after,
                                            const struct phase *phase, struct arena *arena,
                                            const struct method **ret_method);
NODISCARD enum status method_edit_remove_phase(const struct method *method, const char *id,
                                               struct arena *arena,
                                               const struct method **ret_method);
NODISCARD enum status method_edit_move_phase(const struct method *method, const char *id, int by,
                                             struct arena *arena, const struct method **ret_method);
NODISCARD enum status method_edit_set_phase(const struct method *method, const char *id,
                                            const struct phase *phase, struct arena *arena,
                                            const struct method **ret_method);

/*
 * Questions, the same way. Adding puts it last in the phase. Moving beyond the end of a phase goes
 * to the next one of the same preparation or conversation. Setting keeps the id.
 */
NODISCARD enum status method_edit_add_question(const struct method *method, const char *phase,
                                               const struct question *question, struct arena *arena,
                                               const struct method **ret_method);
NODISCARD enum status method_edit_remove_question(const struct method *method, const char *id,
                                                  struct arena *arena,
                                                  const struct method **ret_method);
NODISCARD enum status method_edit_move_question(const struct method *method, const char *id, int by,
                                                struct arena *arena,
                                                const struct method **ret_method);
NODISCARD enum status method_edit_set_question(const struct method *method, const char *id,
                                               const struct question *question, struct arena *arena,
                                               const struct method **ret_method);

/*
 * Preparations. Adding makes one with a first phase; ERR_CONFLICT when that participant has one.
 * Setting keeps its phases. ERR_NOT_FOUND when there is none.
 */
NODISCARD enum status method_edit_add_preparation(const struct method *method, enum method_part who,
                                                  const struct phase *phase, struct arena *arena,
                                                  const struct method **ret_method);
NODISCARD enum status method_edit_set_preparation(const struct method *method, enum method_part who,
                                                  int days_before, struct method_text letter,
                                                  struct arena *arena,
                                                  const struct method **ret_method);
NODISCARD enum status method_edit_remove_preparation(const struct method *method,
                                                     enum method_part who, struct arena *arena,
                                                     const struct method **ret_method);

/*
 * What `when` and `shows` of a question may point at: what is asked before it, preparations first, in
 * their order. ERR_NOT_FOUND for an id that is not there.
 */
NODISCARD enum status method_edit_before(const struct method *method, const char *id,
                                         struct arena *arena,
                                         const struct question ***ret_questions, size_t *ret_count);

/* "wat-lukt-al" of "Wat lukt al?": letters and digits, at most `most`; "" when there are none. */
const char *method_edit_slug(struct arena *arena, const char *words, size_t most);

/*
 * The first question that points (when, shows) at one that is not asked before it any more, or at
 * an option that is gone. NULL when all is well.
 */
const struct question *method_edit_broken(const struct method *method);

#endif
