#include "method/schema.h"

#include "base/str.h"
#include "gen/assets.h"

#define TITLE_MAX 120
#define TEXT_MAX 1000
#define LETTER_MAX 4000
#define CITE_MAX 300
#define ASK_MAX 500

const struct word band_words[] = {
    {"4-6", BAND_4_6}, {"7-9", BAND_7_9}, {"8-12", BAND_8_12}, {"12-18", BAND_12_18}, {NULL, 0}};
const struct word age_words[] = {{"4-6", 1u << BAND_4_6},
                                 {"7-9", 1u << BAND_7_9},
                                 {"8-12", 1u << BAND_8_12},
                                 {"12-18", 1u << BAND_12_18},
                                 {NULL, 0}};
const struct word tier_words[] = {{"1", 1u << 1}, {"2", 1u << 2}, {"3", 1u << 3}, {NULL, 0}};
const struct word about_words[] = {{"pupil", ABOUT_PUPIL},
                                   {"pupils", ABOUT_PUPILS},
                                   {"group", ABOUT_GROUP},
                                   {"staff", ABOUT_STAFF},
                                   {NULL, 0}};
const struct word part_words[] = {{"pupil", PART_PUPIL},
                                  {"pupils", PART_PUPILS},
                                  {"teacher", PART_TEACHER},
                                  {"coordinator", PART_COORDINATOR},
                                  {"guardian", PART_GUARDIAN},
                                  {"external", PART_EXTERNAL},
                                  {NULL, 0}};
const struct word who_words[] = {{"pupil", PART_PUPIL},       {"guardian", PART_GUARDIAN},
                                 {"teacher", PART_TEACHER},   {"coordinator", PART_COORDINATOR},
                                 {"external", PART_EXTERNAL}, {NULL, 0}};
const struct word topic_words[] = {{"wellbeing", TOPIC_WELLBEING},
                                   {"learning", TOPIC_LEARNING},
                                   {"subject-matter", TOPIC_SUBJECT_MATTER},
                                   {NULL, 0}};
const struct word closing_words[] = {
    {"thanks", CLOSING_THANKS},         {"overview", CLOSING_OVERVIEW},
    {"agreements", CLOSING_AGREEMENTS}, {"look-back", CLOSING_LOOK_BACK},
    {"sharing", CLOSING_SHARING},       {"pupil-view", CLOSING_PUPIL_VIEW},
    {"listening", CLOSING_LISTENING},   {NULL, 0}};
const struct word voice_words[] = {{"pupil", VOICE_PUPIL},       {"teacher", VOICE_TEACHER},
                                   {"guardian", VOICE_GUARDIAN}, {"other", VOICE_OTHER},
                                   {"together", VOICE_TOGETHER}, {NULL, 0}};

#define DEFINE_TYPE(name)                                                                          \
    const struct value_type type_##name = {read_##name, is_set_##name, write_##name};
VALUE_TYPES(DEFINE_TYPE)
#undef DEFINE_TYPE

#define AT(type_, field) .at = offsetof(struct type_, field)
#define LIST(type_, field, counter)                                                                \
    .at = offsetof(struct type_, field), .count_at = offsetof(struct type_, counter)

static const struct key option_keys[] = {
    {"id", &type_id, AT(question_option, id), .required = true},
    {"label", &type_text, AT(question_option, label), .required = true, .most = TITLE_MAX},
    {"picture", &type_picture, AT(question_option, picture)},
    {NULL},
};
static const struct shape option_shape = {.keys = option_keys,
                                          .size = sizeof(struct question_option),
                                          .line_at = NO_LINE,
                                          .has_own_ids = true};

static const struct key when_keys[] = {
    {"question", &type_id, AT(question, when_question), .required = true},
    {"is", &type_names, LIST(question, when_is, when_count), .required = true,
     .most = METHOD_OPTIONS_MAX},
    {NULL},
};
static const struct shape when_shape = {.keys = when_keys, .line_at = NO_LINE};

static const struct key question_keys[] = {
    {"id", &type_id, AT(question, id), .required = true},
    {"kind", &type_kind, AT(question, kind), .required = true},
    {"ask", &type_text, AT(question, ask), .required = true, .most = ASK_MAX},
    {"ask_for", &type_by_band, AT(question, ask_for), .most = ASK_MAX},
    {"help", &type_text, AT(question, help), .most = ASK_MAX},
    {"follow_ups", &type_texts, LIST(question, follow_ups, follow_up_count), .chars = ASK_MAX,
     .most = 12},
    {"voices", &type_voices, AT(question, voices)},
    {"skip", &type_yes_no, AT(question, may_skip), .otherwise = 1},
    {"when", &type_map, AT(question, when_question), .of = &when_shape},
    {"shows", &type_id, AT(question, shows)},
    {"picture", &type_picture, AT(question, picture)},
    {"options", &type_maps, LIST(question, options, option_count), .most = METHOD_OPTIONS_MAX,
     .of = &option_shape},
    {"ends", &type_two_texts, AT(question, ends), .most = TITLE_MAX},
    {"number", &type_number, AT(question, number), .least = 1, .most = METHOD_OPTIONS_MAX},
    {"most", &type_number, AT(question, most), .least = 1, .most = 20000},
    {"lines", &type_number, AT(question, lines), .least = 1, .most = 20},
    {"background", &type_picture, AT(question, background)},
    {"tags", &type_names, LIST(question, tags, tag_count), .most = 20},
    {NULL},
};
static const struct shape question_shape = {.keys = question_keys,
                                            .size = sizeof(struct question),
                                            .line_at = offsetof(struct question, line)};

static const struct key phase_keys[] = {
    {"id", &type_id, AT(phase, id), .required = true},
    {"title", &type_text, AT(phase, title), .required = true, .most = TITLE_MAX},
    {"purpose", &type_text, AT(phase, purpose), .most = TEXT_MAX},
    {"cues", &type_cues, LIST(phase, cues, cue_count), .chars = TEXT_MAX, .most = 24},
    {"summary", &type_yes_no, AT(phase, has_summary)},
    {"questions", &type_maps, LIST(phase, questions, question_count), .most = METHOD_QUESTIONS_MAX,
     .of = &question_shape},
    {NULL},
};
static const struct shape phase_shape = {
    .keys = phase_keys, .size = sizeof(struct phase), .line_at = NO_LINE};

static const struct key preparation_keys[] = {
    {"who", &type_one_word, AT(method_preparation, who), .required = true, .words = who_words},
    {"days_before", &type_number, AT(method_preparation, days_before), .least = 0, .most = 60,
     .otherwise = METHOD_DAYS_BEFORE},
    {"letter", &type_text, AT(method_preparation, letter), .most = LETTER_MAX},
    {"phases", &type_maps, LIST(method_preparation, phases, phase_count), .required = true,
     .most = METHOD_PHASES_MAX, .of = &phase_shape},
    {NULL},
};
static const struct shape preparation_shape = {
    .keys = preparation_keys, .size = sizeof(struct method_preparation), .line_at = NO_LINE};

static const struct key source_keys[] = {
    {"tags", &type_names, LIST(method, source_tags, source_tag_count), .required = true,
     .most = 40},
    {"cite", &type_line, AT(method, source_cite), .most = CITE_MAX},
    {NULL},
};
static const struct shape source_shape = {.keys = source_keys, .line_at = NO_LINE};

static const struct key print_keys[] = {
    {"lines", &type_number, AT(method, lines), .least = 1, .most = 20, .otherwise = 4},
    {NULL},
};
static const struct shape print_shape = {.keys = print_keys, .line_at = NO_LINE};

static const struct key method_keys[] = {
    {"method", &type_id, AT(method, key), .required = true},
    {"version", &type_number, AT(method, version), .required = true, .least = 1, .most = 1000000},
    {"title", &type_text, AT(method, title), .required = true, .most = TITLE_MAX},
    {"purpose", &type_text, AT(method, purpose), .required = true, .most = TEXT_MAX},
    {"source", &type_map, AT(method, source_tags), .of = &source_shape},
    {"ages", &type_words, AT(method, bands), .required = true, .words = age_words},
    {"tiers", &type_words, AT(method, tiers), .required = true, .words = tier_words},
    {"about", &type_one_word, AT(method, about), .required = true, .words = about_words},
    {"takes_part", &type_words, AT(method, takes_part), .required = true, .words = part_words},
    {"minutes", &type_number, AT(method, minutes), .least = 1, .most = 180, .otherwise = 20},
    {"topic", &type_one_word, AT(method, topic), .required = true, .words = topic_words},
    {"preparations", &type_maps, LIST(method, preparations, preparation_count), .most = 5,
     .of = &preparation_shape},
    {"phases", &type_maps, LIST(method, phases, phase_count), .required = true,
     .most = METHOD_PHASES_MAX, .of = &phase_shape},
    {"closing", &type_words, AT(method, closing), .words = closing_words},
    {"print", &type_map, AT(method, lines), .of = &print_shape},
    {NULL},
};
const struct shape method_shape = {
    .keys = method_keys, .size = sizeof(struct method), .line_at = NO_LINE};

const struct word *word_find(const struct word *words, const char *name)
{
    for (; words->name; words++)
        if (str_equal(words->name, name))
            return words;
    return NULL;
}

const struct word *word_of(const struct word *words, unsigned value)
{
    for (; words->name; words++)
        if (words->value == value)
            return words;
    return NULL;
}

bool name_is_valid(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len <= METHOD_NAME_MAX && name[0] != '-' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

bool picture_is_known(const char *name)
{
    const struct asset *art = asset_by_url(asset_url("art.svg"));
    char mark[METHOD_NAME_MAX + 16];
    int len = snprintf(mark, sizeof mark, "id=\"a-%s\"", name);
    return art && name_is_valid(name) && len > 0 && (size_t)len < sizeof mark &&
           memmem(art->plain.data, art->plain.len, mark, (size_t)len) != NULL;
}
