/*
 * readers: the formats behind roster_read(). Each fills a build from an open package. OK when the
 * file was read to its end or to a problem; ERR_IO or ERR_NOMEM when the machine failed.
 */
#ifndef ROSTER_READERS_H
#define ROSTER_READERS_H

#include "roster/build.h"
#include "roster/package.h"

/* EDEXML 1.03 - 2.1, and the same inside a UWLR answer; `package` is one XML file. */
NODISCARD enum status edexml_read(struct roster_build *b, struct package *package);

/* A plain CSV file: pupils, or staff. */
NODISCARD enum status csv_own_read(struct roster_build *b, struct package *package);

/* OneRoster 1.1 and 1.2: a folder or zip with manifest.csv. */
NODISCARD enum status oneroster_read(struct roster_build *b, struct package *package);

/* Microsoft School Data Sync 2.1: a folder or zip without a manifest. */
NODISCARD enum status sds_read(struct roster_build *b, struct package *package);

#endif
