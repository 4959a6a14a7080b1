/*
 * cue: reminders for the adult, by name: how to ask, how to listen, what to leave out (D5, P8, P10,
 * L4, K5, K7, K19, H5, H7, H15). They remind and never lock. OMA has two readings in the sources:
 * both are here. The wording is ours.
 */
#ifndef METHOD_CUE_H
#define METHOD_CUE_H

struct cue {
    const char *name;    /* as in methods/README.md */
    const char *title;   /* msgid */
    const char *explain; /* msgid: two or three plain sentences */
};

/* All of them, in the order of the README, ended by name NULL. */
extern const struct cue cues[];

/* NULL when there is none. */
const struct cue *cue_find(const char *name);

#endif
