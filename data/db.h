/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shared/err.h"

/*
 * db: the database, without the name of its engine.
 *
 * SQL is what SQLite and PostgreSQL both accept, with $1... parameters, and is
 * always a string literal: statements are prepared once and found again by the
 * literal's address. One per process; never carried over fork().
 */
struct db;
struct db_rows;

/* Opens or creates the file (":memory:" for a test). ERR_CORRUPT when it is
 * not a database, ERR_DENIED when it cannot be read or written. */
enum err db_open(const char *path, struct db **ret);

/* Opens for reading only; never checkpoints. */
enum err db_open_reader(const char *path, struct db **ret);

/* Accepts NULL. */
void db_close(struct db *db);

/* Runs several statements of our own (schema, pragmas); no parameters. */
enum err db_script(struct db *db, const char *sql);

/*
 * Runs one statement. types has a letter for each parameter after it: i
 * int64_t, t const char * (NULL binds NULL), n int64_t where RECORD_NONE binds
 * NULL, e const char * where "" binds NULL, b const void * and size_t.
 * ERR_INPUT for a broken constraint, ERR_FULL for a full disk.
 */
enum err db_run(struct db *db, const char *sql, const char *types, ...);

/* The same, for rows. On ERR_OK the rows are to be db_rows_done(), before the
 * next query with the same literal. */
enum err db_query(struct db *db, struct db_rows **rows, const char *sql,
    const char *types, ...);
enum err db_vquery(struct db *db, struct db_rows **rows, const char *sql,
    const char *types, va_list ap);

/* Moves to the next row; false at the end or on failure. */
bool db_next(struct db_rows *rows);
/* Ends the rows and tells what stopped them; accepts NULL. */
enum err db_rows_done(struct db_rows *rows);
/* The same; where nothing stopped them, e: what their reader met. */
enum err db_rows_end(struct db_rows *rows, enum err e);

int db_columns(const struct db_rows *rows);
bool db_is_null(const struct db_rows *rows, int column);
bool db_is_text(const struct db_rows *rows, int column);
/* NULL reads as RECORD_NONE, "", and no bytes. Texts and bytes last until the
 * next db_next() or db_rows_done(). */
int64_t db_int(const struct db_rows *rows, int column);
const char *db_text(const struct db_rows *rows, int column);
const void *db_bytes(const struct db_rows *rows, int column, size_t *n);

/* One integer of one row: ERR_ABSENT when there is no row. */
enum err db_value(struct db *db, int64_t *value, const char *sql,
    const char *types, ...);

int64_t db_changes(const struct db *db); /* rows touched by the last db_run() */
int64_t db_writes(const struct db *db);  /* by all so far, undone or not */

/* Until db_looked() or db_begin(), what is read is one state of the database,
 * locked once. Does nothing in a write transaction. */
enum err db_look(struct db *db);
void db_looked(struct db *db);

/* The steps the engine has taken for all that was asked so far: what a query
 * costs, the same on every machine. */
int64_t db_steps(const struct db *db);

/* One write transaction at a time; savepoints nest inside it. */
bool db_in_transaction(const struct db *db); /* a full disk may end one */
/* Takes the writer's lock: ERR_BUSY when another process has it. */
enum err db_begin(struct db *db);
enum err db_commit(struct db *db);
void db_rollback(struct db *db);
enum err db_savepoint(struct db *db);
enum err db_release(struct db *db);
void db_rollback_to(struct db *db);

/* Copies the whole database to a new file. */
enum err db_copy(struct db *db, const char *path);
