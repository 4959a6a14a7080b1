#include "language/decide.h"

#include "base/arena.h"
#include "gen/words.h"
#include "language/facts.h"

#define C(name) CUE(MIRROR_CUE_##name)
#define LESSONS (C(SUM) | C(SPELLING) | C(GRAMMAR) | C(TASK) | C(ANYBODY))
#define OPINIONS FACTS_OPINIONS
#define ALSO(name) (1u << MIRROR_##name)

/*
 * The decision list. The first rule that holds decides. L subject matter, P giving back, S leading,
 * W why, K choice, G closed, O open; of statements R reports, M opinions, N filling in, F feedback.
 */
static const struct decide_rule questions[] = {
    {"M8", MIRROR_OPINION, MIRROR_MIDDLE, UNASKED, INVITED | INDIRECT | WHETHER, OPINIONS, 0,
     ALSO(LEADING)},
    {"L1", MIRROR_SUBJECT, MIRROR_HIGH, 0, 0, LESSONS, C(PROCESS), 0},
    {"L2", MIRROR_SUBJECT, MIRROR_HIGH, 0, YOU | ME, C(FACT), C(PROCESS), 0},
    {"L3", MIRROR_SUBJECT, MIRROR_MIDDLE, WH | LESSON, YOU | ME | NOW | OTHERS | NAMED, 0,
     C(PROCESS) | C(LOADED), ALSO(OPEN)},
    {"L16", MIRROR_SUBJECT, MIRROR_MIDDLE, WH | FULL_NAME, YOU | ME | NOW, 0, C(PROCESS),
     ALSO(OPEN)},
    {"L4", MIRROR_SUBJECT, MIRROR_LOW, WH | GENERIC, YOU | ME | HERE | OTHERS | NAMED, 0,
     C(PROCESS) | C(LOADED) | C(TAG), ALSO(OPEN)},
    {"L7", MIRROR_SUBJECT, MIRROR_LOW, WH | UNKNOWN, YOU | ME | HERE | OTHERS | NAMED | POINTING, 0,
     C(PROCESS) | C(LOADED), ALSO(OPEN)},
    {"L8", MIRROR_SUBJECT, MIRROR_LOW, WH | LESSON | ASKED,
     PERSONAL | ME | NOW | OTHERS | NAMED | WHY, C(GENERIC_YOU), C(PROCESS), ALSO(OPEN)},
    {"L12", MIRROR_SUBJECT, MIRROR_LOW, WH | UNKNOWN | ASKED,
     PERSONAL | ME | NOW | HERE | OTHERS | NAMED | WHY | FEELS | UNPLEASANT | CONCRETE,
     C(GENERIC_YOU), C(PROCESS) | C(LOADED), ALSO(OPEN)},
    {"L13", MIRROR_SUBJECT, MIRROR_MIDDLE, QUOTING, YOU | ME | OTHERS | STATEMENT, 0,
     C(PROCESS) | C(PARA) | C(REPORTED), ALSO(OPEN)},
    {"L17", MIRROR_SUBJECT, MIRROR_LOW, WH | LESSON | GENERIC, YOU | ME | OTHERS | NAMED | WHY, 0,
     C(PROCESS) | C(LOADED), ALSO(OPEN)},
    {"L14", MIRROR_SUBJECT, MIRROR_LOW, VERB_FIRST | COUNTED,
     YOU | ME | NOW | CONCRETE | OTHERS | NAMED | HERE, 0, C(PROCESS), ALSO(CLOSED)},
    {"L15", MIRROR_SUBJECT, MIRROR_LOW, WH | COUNTED,
     YOU | ME | NOW | CONCRETE | OTHERS | NAMED | HERE, 0, C(PROCESS) | C(LOADED) | C(TAG),
     ALSO(OPEN)},
    {"L9", MIRROR_SUBJECT, MIRROR_LOW, VERB_FIRST | ANY_OF, YOU | ME | NOW | NAMED | NEGATED, 0,
     C(PROCESS), ALSO(CLOSED)},
    {"L5", MIRROR_SUBJECT, MIRROR_MIDDLE, VERB_FIRST | LESSON, YOU | ME | NOW | OTHERS | NAMED, 0,
     C(PROCESS), ALSO(CLOSED)},
    {"P1", MIRROR_PARAPHRASE, MIRROR_HIGH, VERB_FIRST, NEGATED | OPTIONS, C(PARA),
     C(TAG) | C(PARTICLE) | C(LEAD), ALSO(CLOSED)},
    {"P2", MIRROR_PARAPHRASE, MIRROR_HIGH, STATEMENT | GIVEN_BACK, 0, C(PARA), C(TAG) | C(PARTICLE),
     ALSO(CLOSED)},
    {"S1", MIRROR_LEADING, MIRROR_HIGH, STATEMENT, 0, C(TAG), 0, ALSO(ASSUMING)},
    {"S2", MIRROR_LEADING, MIRROR_HIGH, VERB_FIRST, OR_NOT, C(TAG), 0, ALSO(CLOSED)},
    {"S9", MIRROR_LEADING, MIRROR_MIDDLE, WH | GENERIC, YOU, C(TAG), 0, ALSO(OPEN)},
    {"W1", MIRROR_WHY, MIRROR_HIGH, 0, 0, C(WHY_FRAME), 0, ALSO(OPEN)},
    {"W2", MIRROR_WHY, MIRROR_HIGH, 0, 0, C(WHY_ASKED), 0, ALSO(OPEN)},
    {"W3", MIRROR_WHY, MIRROR_HIGH, WHY | YOU, THIRD, C(WHY_NOT), 0, ALSO(OPINION)},
    {"W4", MIRROR_WHY, MIRROR_HIGH, WHY | YOU, THIRD, 0, 0, ALSO(OPEN)},
    {"W8", MIRROR_WHY, MIRROR_MIDDLE, WHY | YOU, 0, C(WHY_YOURS), 0, ALSO(OPEN)},
    {"W5", MIRROR_WHY, MIRROR_MIDDLE, WHY | ALONE, NAMED | OTHERS, 0, 0, ALSO(OPEN)},
    {"W6", MIRROR_WHY, MIRROR_LOW, WHY | POINTING, OTHERS | NAMED | LESSON, 0, 0, ALSO(OPEN)},
    {"W9", MIRROR_WHY, MIRROR_MIDDLE, WHY | ME, OTHERS | NAMED | LESSON, 0, 0, ALSO(OPINION)},
    {"W7", MIRROR_OPEN, MIRROR_LOW, WHY, 0, 0, 0, ALSO(WHY)},
    {"K0", MIRROR_CHOICE, MIRROR_HIGH, WH | OPTIONS, 0, 0, 0, 0},
    {"S3", MIRROR_LEADING, MIRROR_HIGH, WH, 0, C(LOADED), C(EXCLAIM), ALSO(OPEN)},
    {"S4", MIRROR_LEADING, MIRROR_HIGH, VERB_FIRST, OR_NOT | OPTIONS, C(LEAD), 0, ALSO(CLOSED)},
    {"S5", MIRROR_LEADING, MIRROR_HIGH, VERB_FIRST | NEGATED, OR_NOT | OPTIONS, 0, C(INVITE_CLOSED),
     ALSO(CLOSED)},
    {"S6", MIRROR_LEADING, MIRROR_MIDDLE, VERB_FIRST, OR_NOT | OPTIONS, C(SOMS), 0, ALSO(CLOSED)},
    {"S7", MIRROR_LEADING, MIRROR_MIDDLE, VERB_FIRST, OR_NOT | OPTIONS, C(PARTICLE), 0,
     ALSO(CLOSED)},
    {"S8", MIRROR_LEADING, MIRROR_HIGH, STATEMENT, OPTIONS,
     C(PARTICLE) | C(LEAD) | C(PARTICLE_WEAK) | C(ADVICE), 0, ALSO(ASSUMING) | ALSO(CLOSED)},
    {"K2", MIRROR_CHOICE, MIRROR_HIGH, OPTIONS | EITHER, INDIRECT, 0, 0, 0},
    {"O1", MIRROR_OPEN, MIRROR_HIGH, INVITED, 0, C(INVITE_CLOSED), 0, ALSO(CLOSED)},
    {"K1", MIRROR_CHOICE, MIRROR_HIGH, OPTIONS, INVITED | INDIRECT, 0, 0, 0},
    {"G1", MIRROR_CLOSED, MIRROR_HIGH, OR_NOT, WH, 0, 0, ALSO(CHOICE)},
    {"G2", MIRROR_CLOSED, MIRROR_HIGH, VERB_FIRST, 0, C(YES_NO_WH), 0, ALSO(OPEN)},
    {"G3", MIRROR_CLOSED, MIRROR_MIDDLE, VERB_FIRST, 0, C(ORDER_QUESTION), 0, ALSO(OTHER)},
    {"G4", MIRROR_CLOSED, MIRROR_HIGH, VERB_FIRST, 0, 0, 0, 0},
    {"G5", MIRROR_CLOSED, MIRROR_HIGH, WHETHER, 0, 0, 0, 0},
    {"O2", MIRROR_OPEN, MIRROR_HIGH, INVITED, 0, 0, 0, 0},
    {"O3", MIRROR_OPEN, MIRROR_HIGH, INDIRECT, 0, 0, 0, 0},
    {"O4", MIRROR_OPEN, MIRROR_HIGH, WH | YOU, 0, 0, 0, 0},
    {"O5", MIRROR_OPEN, MIRROR_MIDDLE, WH, 0, 0, 0, 0},
    {"O6", MIRROR_OPEN, MIRROR_MIDDLE, STATEMENT, 0, C(THEN), 0, 0},
    {"G6", MIRROR_CLOSED, MIRROR_LOW, STATEMENT, 0, 0, 0, ALSO(LEADING)},
    {"O7", MIRROR_OPEN, MIRROR_LOW, 0, 0, 0, 0, 0},
};

static const struct decide_rule statements[] = {
    {"L6", MIRROR_SUBJECT, MIRROR_MIDDLE, 0, 0, C(TASK) | C(SUM), C(PROCESS) | C(PARA) | C(PRAISE),
     0},
    {"R1", MIRROR_OTHER, MIRROR_MIDDLE, 0, YOU, C(REPORTED), 0, 0},
    {"R2", MIRROR_OTHER, MIRROR_MIDDLE, 0, 0, C(THREAT), C(VERDICT), ALSO(OPINION)},
    {"F8", MIRROR_FEEDBACK, MIRROR_MIDDLE, GIVEN_BACK | PRAISING | YOU, FEELS | UNPLEASANT | DENIED,
     C(PARA_SEEN), OPINIONS, ALSO(PARAPHRASE)},
    {"F10", MIRROR_FEEDBACK, MIRROR_MIDDLE, GIVEN_BACK | PRAISED | YOU, FEELS | UNPLEASANT | DENIED,
     C(PARA_SEEN), OPINIONS, ALSO(PARAPHRASE)},
    {"P3", MIRROR_PARAPHRASE, MIRROR_HIGH, GIVEN_BACK, 0, C(PARA), 0, 0},
    {"N0", MIRROR_ASSUMING, MIRROR_HIGH, YOU | CERTAIN, PRAISED | NEGATIVE, C(ASSUME), C(ADVICE),
     ALSO(OPINION)},
    {"N5", MIRROR_ASSUMING, MIRROR_MIDDLE, YOU, PRAISED, C(INNER), C(ADVICE), ALSO(OPINION)},
    {"N6", MIRROR_ASSUMING, MIRROR_MIDDLE, YOU, PRAISED, C(GUESS), C(ADVICE), ALSO(OPINION)},
    {"M1", MIRROR_OPINION, MIRROR_HIGH, 0, 0, C(ADVICE) | C(VERDICT), 0, 0},
    {"M2", MIRROR_OPINION, MIRROR_MIDDLE, 0, 0, C(MINIMISE), 0, 0},
    {"F1", MIRROR_FEEDBACK, MIRROR_HIGH, 0, 0, C(ACK), 0, ALSO(PARAPHRASE)},
    {"F2", MIRROR_FEEDBACK, MIRROR_HIGH, PRAISED, 0, C(PRAISE), 0, 0},
    {"N1", MIRROR_ASSUMING, MIRROR_HIGH, YOU, 0, C(ASSUME), 0, ALSO(PARAPHRASE)},
    {"F3", MIRROR_FEEDBACK, MIRROR_MIDDLE, 0, 0, C(PRAISE), 0, ALSO(OTHER)},
    {"M3", MIRROR_OPINION, MIRROR_LOW, NEGATIVE | YOU, DENIED | LEADS_THEM, 0, C(INSTRUCT), 0},
    {"F4", MIRROR_FEEDBACK, MIRROR_LOW, PRAISING | YOU, DENIED, 0,
     C(INSTRUCT) | C(PROPOSE) | C(SOCIAL), ALSO(OTHER)},
    {"F5", MIRROR_FEEDBACK, MIRROR_LOW, PRAISING | WORK, DENIED, 0,
     C(INSTRUCT) | C(PROPOSE) | C(SOCIAL), ALSO(OTHER)},
    {"N2", MIRROR_ASSUMING, MIRROR_LOW, FEELS | LEADS_YOU, ME | PRAISING | DONE, 0,
     C(INSTRUCT) | C(PROPOSE), 0},
    {"M6", MIRROR_OPINION, MIRROR_LOW, YOU | DENIED, CONCRETE | COUNTED | ME | LEADS_YOU, 0,
     C(ALLOWED) | C(INSTRUCT) | C(SOCIAL), 0},
    {"M5", MIRROR_OPINION, MIRROR_LOW, LEADS_YOUR | DENIED, CONCRETE | COUNTED, 0, 0, 0},
    {"F6", MIRROR_FEEDBACK, MIRROR_LOW, LEADS_YOUR | WORK, CONCRETE | COUNTED, 0, 0, ALSO(OTHER)},
    {"F7", MIRROR_FEEDBACK, MIRROR_LOW, LEADS_YOU | DONE, CONCRETE | COUNTED, C(YOU_HAVE), 0,
     ALSO(OTHER)},
    {"N3", MIRROR_ASSUMING, MIRROR_LOW, YOU, COUNTED, C(ASSUME_WEAK), C(INSTRUCT) | C(ALLOWED), 0},
    {"F11", MIRROR_FEEDBACK, MIRROR_LOW, LEADS_YOU, CONCRETE | COUNTED | ME | DENIED | FEELS, 0,
     C(ALLOWED) | C(INSTRUCT) | C(INNER) | C(ASSUME_MARK) | C(REPORTED), ALSO(OTHER)},
    {"N4", MIRROR_ASSUMING, MIRROR_LOW, LEADS_YOU, CONCRETE | COUNTED, 0, C(ALLOWED) | C(INSTRUCT),
     ALSO(OTHER)},
    {"M7", MIRROR_OPINION, MIRROR_LOW, NEGATIVE, ME | CONCRETE | OTHERS | NAMED, 0,
     C(INSTRUCT) | C(PROPOSE), 0},
    {"F9", MIRROR_FEEDBACK, MIRROR_LOW, PRAISING, ME | CONCRETE | OTHERS | NAMED | DENIED, 0,
     C(INSTRUCT) | C(PROPOSE) | C(SOCIAL), ALSO(OTHER)},
    {"L11", MIRROR_SUBJECT, MIRROR_LOW, LESSON, YOU | NOW | OTHERS | ME, C(INSTRUCT), 0,
     ALSO(OTHER)},
    {"R3", MIRROR_OTHER, MIRROR_HIGH, 0, 0, C(INSTRUCT) | C(PROPOSE), 0, 0},
    {"R4", MIRROR_OTHER, MIRROR_LOW, 0, 0, 0, 0, 0},
};

static const struct decide_rule stacked = {"A2", MIRROR_STACKED, MIRROR_HIGH, 0, 0, 0, 0, 0};

static bool holds(const struct decide_rule *rule, uint64_t facts, uint64_t cues)
{
    return (facts & rule->facts) == rule->facts && !(facts & rule->not_facts) &&
           (!rule->any || (cues & rule->any)) && !(cues & rule->not_any);
}

static const struct decide_rule *first_that_holds(const struct decide_rule *rules, size_t count,
                                                  uint64_t facts, uint64_t cues)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (holds(&rules[i], facts, cues))
            return &rules[i];
    return &rules[count - 1];
}

static void decide_sentence(const struct text *text, const struct sentence *sentence,
                            struct decided *d)
{
    *d = (struct decided){.sentence = sentence};
    pattern_match(&mirror_book, text, sentence, &d->cues);
    shape_read(text, sentence, &d->cues, &d->shape);
    d->facts = facts_of(text, sentence, &d->cues, &d->shape);
    d->question = d->shape.questions > 0;
    uint32_t check = facts_first(&d->cues, C(CHECK));
    d->check = d->question && check != SHAPE_NONE && check <= sentence->start;
    if (d->question)
        d->rule = first_that_holds(questions, ARRAY_LEN(questions), d->facts, d->cues.set);
    else
        d->rule = first_that_holds(statements, ARRAY_LEN(statements), d->facts, d->cues.set);
}

/* A tag behind a statement is not counted beside a real question. */
static bool is_tagged(const struct decided *d)
{
    return d->shape.kind == SHAPE_STATEMENT && (d->cues.set & C(TAG));
}

static size_t count_questions(const struct decided_turn *turn, size_t *ret_tags)
{
    size_t real = 0, tags = 0;
    for (size_t i = 0; i < turn->count; i++) {
        const struct decided *d = &turn->sentences[i];
        if (!d->question || (d->check && turn->count > 1))
            continue;
        if (is_tagged(d))
            tags++;
        else
            real += d->shape.questions;
    }
    *ret_tags = tags;
    return real;
}

static void settle(struct decided_turn *turn, const struct decided *by,
                   const struct decide_rule *rule)
{
    turn->main = by;
    turn->label = rule->label;
    turn->certainty = rule->certainty;
    turn->rule = rule->id;
    turn->also |= rule->also;
}

/* The question that counts: the first real one, else a tag, else a check. */
static const struct decided *main_question(const struct decided_turn *turn)
{
    const struct decided *best = NULL;
    int best_rank = 0;
    for (size_t i = 0; i < turn->count; i++) {
        const struct decided *d = &turn->sentences[i];
        if (!d->question)
            continue;
        int rank = d->check ? 1 : is_tagged(d) ? 2 : 3;
        if (rank > best_rank) {
            best = d;
            best_rank = rank;
        }
    }
    return best;
}

/* Opinion, filling in, giving back, feedback, the rest; what is only guessed stands behind what has
 * a cue. */
static int weight(const struct decide_rule *rule)
{
    static const int weights[MIRROR_LABELS] = {
        [MIRROR_OPINION] = 5,  [MIRROR_ASSUMING] = 4, [MIRROR_PARAPHRASE] = 3,
        [MIRROR_FEEDBACK] = 2, [MIRROR_SUBJECT] = 2,  [MIRROR_OTHER] = 1};
    if (rule->label == MIRROR_OTHER)
        return 1;
    return weights[rule->label] + (rule->certainty > MIRROR_LOW ? 5 : 0);
}

static const struct decided *main_statement(const struct decided_turn *turn)
{
    const struct decided *best = NULL;
    for (size_t i = 0; i < turn->count; i++) {
        const struct decided *d = &turn->sentences[i];
        if (!d->question && (!best || weight(d->rule) > weight(best->rule)))
            best = d;
    }
    return best;
}

static void settle_stacked(struct decided_turn *turn, const struct decided *first)
{
    settle(turn, first, &stacked);
    uint32_t parts = 0;
    for (size_t i = 0; i < turn->count; i++)
        if (turn->sentences[i].question && !turn->sentences[i].check)
            parts |= 1u << turn->sentences[i].rule->label;
    if ((parts & (parts - 1)) == 0) /* all alike */
        turn->also |= parts;
}

static const struct decide_rule acknowledged = {
    "P4", MIRROR_PARAPHRASE, MIRROR_MIDDLE, 0, 0, C(ASSUME), 0, ALSO(ASSUMING)};

/* "Je bent zenuwachtig. Dat snap ik.", "Je wilt naar huis. Klopt dat?": a feeling that is named and
 * then acknowledged or checked is given back. */
static void acknowledge(struct decided_turn *turn)
{
    for (size_t i = 0; i + 1 < turn->count; i++) {
        struct decided *d = &turn->sentences[i];
        const struct decided *next = &turn->sentences[i + 1];
        if (!d->question && d->rule->label == MIRROR_ASSUMING &&
            (next->question ? next->check : (next->cues.set & C(ACK)) != 0))
            d->rule = &acknowledged;
    }
}

static const struct decide_rule word_problem = {
    "L10", MIRROR_SUBJECT, MIRROR_MIDDLE, 0, 0, C(AMOUNT), 0, ALSO(OPEN)};

/* "Bas koopt drie ijsjes van 1,75. Wat moet hij betalen?" */
static bool is_word_problem(const struct decided_turn *turn, const struct decided *question)
{
    if (!(question->cues.set & C(AMOUNT)) || question->facts & YOU)
        return false;
    for (size_t i = 0; i < turn->count; i++)
        if (!turn->sentences[i].question && turn->sentences[i].facts & COUNTED)
            return true;
    return false;
}

static void settle_turn(struct decided_turn *turn)
{
    size_t tags;
    size_t real = count_questions(turn, &tags);
    const struct decided *question = main_question(turn);
    const struct decided *statement = main_statement(turn);
    bool judges =
        statement && statement->rule->certainty > MIRROR_LOW &&
        (statement->rule->label == MIRROR_OPINION || statement->rule->label == MIRROR_ASSUMING);
    if (real + (real ? 0 : tags) >= 2 && real) {
        settle_stacked(turn, question);
        return;
    }
    bool only_check = question && question->check;
    if (!question || (statement && (judges || only_check))) {
        if (question && !only_check)
            turn->also |= 1u << question->rule->label;
        if (statement && only_check && statement->rule->label == MIRROR_OTHER) {
            settle(turn, question, question->rule);
        } else if (statement) {
            settle(turn, statement, statement->rule);
        }
        return;
    }
    if (statement)
        turn->also |= 1u << statement->rule->label;
    if (is_word_problem(turn, question)) {
        settle(turn, question, &word_problem);
        return;
    }
    if (question->shape.contrast)
        turn->also |= ALSO(STACKED);
    settle(turn, question, question->rule);
}

static bool has_words(const struct text *text, const struct sentence *sentence)
{
    for (uint32_t i = sentence->start; i < sentence->end; i++)
        if (text->tokens[i].kind != TOKEN_MARK)
            return true;
    return false;
}

enum status decide_turn(struct arena *arena, const struct text *text, struct decided_turn *ret_turn)
{
    struct decided_turn turn = {.rule = "R4"};
    turn.sentences = ARENA_ARRAY(arena, struct decided, text->sentence_count);
    if (arena_failed(arena))
        return ERR_NOMEM;
    for (size_t i = 0; i < text->sentence_count; i++) {
        const struct sentence *sentence = &text->sentences[i];
        if (sentence->pupil || !has_words(text, sentence))
            continue;
        struct decided *d = &turn.sentences[turn.count++];
        decide_sentence(text, sentence, d);
        turn.harm |= (d->cues.set & C(HARM)) != 0;
    }
    if (turn.count) {
        acknowledge(&turn);
        settle_turn(&turn);
    }
    turn.also &= ~(1u << turn.label);
    *ret_turn = turn;
    return OK;
}

bool decided_unchecked(const struct decided_turn *turn)
{
    for (size_t i = 0; i < turn->count; i++)
        if (turn->sentences[i].question || turn->sentences[i].cues.set & CUE(MIRROR_CUE_CHECK))
            return false;
    return true;
}
