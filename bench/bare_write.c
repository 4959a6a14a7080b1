/*
 * bare_write FILE BYTES SECONDS: the yardstick of autosave. Inserts rows of BYTES into a fresh
 * SQLite table, one transaction each, synchronous=FULL, and prints how many a second.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t bytes = strtoul(argv[2], NULL, 10);
    double seconds = strtod(argv[3], NULL);
    void *blob = calloc(1, bytes);
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    remove(argv[1]);
    if (!blob || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(school INTEGER, id INTEGER, body BLOB, at INTEGER, PRIMARY KEY(school, id))", NULL, NULL, NULL);
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES(1, random(), ?, 1)", -1, &insert, NULL);
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    long rows = 0;
    double passed = 0;
    while (passed < seconds) {
        sqlite3_bind_blob(insert, 1, blob, (int)bytes, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            return 1;
        sqlite3_reset(insert);
        rows++;
        clock_gettime(CLOCK_MONOTONIC, &now);
        passed = (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
    }
    printf("%.0f\n", (double)rows / passed);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    free(blob);
    return 0;
}
