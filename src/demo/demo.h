/*
 * demo: two schools full of believable people, for `make run`, screenshots, handbooks and tests,
 * and plain schools by the hundred for benches. Everything goes through the rules of the subjects,
 * so that demo data obeys what real data obeys; who writes is a member of staff with their rights.
 *
 * Given the same seed and the same day the same people, ids and texts come out, on any machine and
 * either engine. Keys and nonces never come from the seed. Nobody in it exists.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"
#include "demo/accounts.h"

struct work;

#define DEMO_SCHOOLS 2
/* Per pupil; of the conversations the first was held with answers, goal and agreements, the others
 * were short. */
#define DEMO_BENCH_OBSERVATIONS 4
#define DEMO_BENCH_TALKS 4

struct demo_schools {
    struct school_id school[DEMO_SCHOOLS]; /* by enum demo_school */
    struct pupil_id showcase;              /* whose dossier shows everything */
};

/*
 * Makes both demo schools in the open WRITE transaction. Of `work` the database, arena, vault,
 * moment and day count; its random source gives the keys. `password_hash` is stored for every demo
 * account (password.h). The database has no demo schools of this seed yet: ERR_CONFLICT.
 */
NODISCARD enum status demo_make(struct work *work, uint64_t seed, const char *password_hash,
                                struct demo_schools *ret_schools);

/*
 * Makes bench school `number` (from 1) in the open WRITE transaction: 250 pupils, with four
 * observations and four conversations each, spread over the past twelve months; one account,
 * leerkracht@school<number>.example, who teaches in group 7. With `talks`, each
 * pupil has that many long conversations instead, and a second account, ib@school<number>.example,
 * is coordinator.
 */
NODISCARD enum status demo_make_bench(struct work *work, uint64_t seed, unsigned number,
                                      unsigned talks, const char *password_hash,
                                      struct school_id *ret_school);

#endif
