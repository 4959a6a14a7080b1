/*
 * facts: what a rule of the decision list can ask about a sentence besides its cues: how it asks,
 * of whom it speaks, which kinds of words are in it. Read once for a sentence; knows no labels.
 */
#ifndef LANGUAGE_FACTS_H
#define LANGUAGE_FACTS_H

#include <stdint.h>

#include "language/shape.h"

#define FACT(n) ((uint64_t)1 << (n))
#define WH FACT(0)          /* a question word leads */
#define VERB_FIRST FACT(1)  /* the verb leads */
#define STATEMENT FACT(2)   /* neither */
#define INDIRECT FACT(3)    /* "ik ben benieuwd …" */
#define INVITED FACT(4)     /* "vertel eens" */
#define WHETHER FACT(5)     /* "ik vraag me af of" */
#define YOU FACT(6)         /* somebody is addressed */
#define ME FACT(7)          /* "ik", "mij", "we" */
#define WHY FACT(8)         /* its question word asks why */
#define ALONE FACT(9)       /* three words at most */
#define NEGATED FACT(10)    /* verb first, with a "not" */
#define OPTIONS FACT(11)    /* answers to pick from */
#define OR_NOT FACT(12)     /* "… of niet?" */
#define LESSON FACT(13)     /* a noun of the lessons */
#define HERE FACT(14)       /* er, dit, dat, school things, people: about this day */
#define OTHERS FACT(15)     /* about people who are not addressed */
#define GIVEN_BACK FACT(16) /* a paraphrase marker before any advice */
#define PRAISED FACT(17)    /* praise before any filling in */
#define NAMED FACT(18)      /* a first name */
#define QUESTION FACT(19)   /* asks in some way */
#define POINTING FACT(20)   /* dat, dit, het as what is asked about */
#define FEELS FACT(21)      /* names a feeling */
#define NEGATIVE FACT(22)   /* a word that judges */
#define PRAISING FACT(23)   /* a word that praises */
#define DENIED FACT(24)     /* niet, geen, nooit */
#define GENERIC FACT(25)    /* "een …": about any of its kind */
#define UNKNOWN FACT(26)    /* a word that is in no list */
#define THIRD FACT(27)      /* the question is about somebody else */
#define ASKED FACT(28)      /* the one addressed is the subject of the question */
#define CERTAIN FACT(29)    /* "vast", "natuurlijk", "expres" beside a filling in */
#define WORK FACT(30)       /* what a pupil makes */
#define PERSONAL FACT(31)   /* jij, jou, jouw, jullie: this pupil, not anybody */
#define NOW FACT(32)        /* of this school day: toets, vandaag, hier */
#define COUNTED FACT(33)    /* a number */
#define ANY_OF FACT(34)     /* "een", "alle" right behind the verb */
#define CONCRETE FACT(36)   /* a thing, place or time of the day: it mostly informs */
#define LEADS_YOU FACT(37)  /* begins with je, jij, ge */
#define LEADS_YOUR FACT(38) /* begins with je + noun, jouw */
#define DONE FACT(39)       /* a participle */
#define QUOTING FACT(40)    /* words between quotation marks */
#define FULL_NAME FACT(42)  /* of somebody or something in the world */
#define UNASKED FACT(41)    /* a question by its form, closed by a point or a "!" */
#define EITHER FACT(43)     /* "… of doe je het liever zelf?" */
#define LEADS_THEM FACT(44) /* begins with somebody who is not addressed */
#define UNPLEASANT FACT(35) /* moeilijk, stom */

/* The cues of opinions, verdicts and advice. Needs "gen/words.h". */
#define FACTS_OPINIONS (CUE(MIRROR_CUE_ADVICE) | CUE(MIRROR_CUE_VERDICT) | CUE(MIRROR_CUE_MINIMISE))

/* All facts of a sentence whose cues and shape are known. */
uint64_t facts_of(const struct text *text, const struct sentence *sentence,
                  const struct cue_hits *cues, const struct shape *shape);

/* The first token of the first hit of any of these cues; SHAPE_NONE without. */
uint32_t facts_first(const struct cue_hits *cues, uint64_t set);

#endif
