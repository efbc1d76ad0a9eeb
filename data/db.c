/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "shared/record.h"

enum {
	STATEMENT_CAP = 512, /* more literals than the tree has */
	TEXT_CAP = 8 << 20,  /* bytes in one value */
};

struct statement {
	const char *sql; /* the literal's address is the key */
	sqlite3_stmt *stmt;
};

struct db_rows {
	sqlite3_stmt *stmt; /* the db's */
	int code;
};

struct db {
	sqlite3 *handle;
	struct statement statements[STATEMENT_CAP];
	struct db_rows rows[STATEMENT_CAP]; /* one for each statement */
	int64_t changes;
	bool begun;   /* a transaction, not ended by us yet */
	bool looking; /* one that only reads */
};

/* Prepared at opening: there may be no memory to undo with later. */
static const char sql_look[] = "BEGIN";
static const char sql_begin[] = "BEGIN IMMEDIATE";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";
static const char sql_savepoint[] = "SAVEPOINT step";
static const char sql_release[] = "RELEASE step";
static const char sql_rollback_to[] = "ROLLBACK TO step";

static enum err
from_sqlite(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return ERR_OK;
	case SQLITE_NOMEM:
		return ERR_NOMEM;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CONSTRAINT:
	case SQLITE_TOOBIG:
	case SQLITE_MISMATCH:
		return ERR_INPUT;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_READONLY:
		return ERR_DENIED;
	default:
		return ERR_IO;
	}
}

/* A lone connection: WAL, durable at commit, nothing left to a caller's SQL. */
static const char *const writer_setup =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864;"
    "PRAGMA temp_store=MEMORY;";
static const char *const reader_setup =
    "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF;"
    "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY;";

/* The prepared statement of a literal, found by open addressing. */
static enum err
prepared(struct db *db, const char *sql, size_t *at)
{
	size_t i = ((uintptr_t)sql >> 3) * 2654435761u % STATEMENT_CAP;

	for (size_t tries = 0; tries < STATEMENT_CAP; tries++) {
		struct statement *s = &db->statements[i];

		if (s->sql == sql) {
			*at = i;
			return ERR_OK;
		}
		if (s->sql == NULL) {
			int code = sqlite3_prepare_v3(db->handle, sql, -1,
			    SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL);

			if (code != SQLITE_OK)
				return from_sqlite(code);
			s->sql = sql;
			*at = i;
			return ERR_OK;
		}
		i = (i + 1) % STATEMENT_CAP;
	}
	return ERR_LIMIT;
}

static enum err
prepare_steps(struct db *db)
{
	static const char *const all[] = { sql_look, sql_begin, sql_commit,
		sql_rollback, sql_savepoint, sql_release, sql_rollback_to };
	enum err e = ERR_OK;
	size_t at;

	for (size_t i = 0; i < sizeof all / sizeof *all && e == ERR_OK; i++)
		e = prepared(db, all[i], &at);
	return e;
}

static enum err
open_with(const char *path, int flags, const char *setup, struct db **ret)
{
	struct db *db = calloc(1, sizeof *db);
	enum err e;

	if (db == NULL)
		return ERR_NOMEM;
	e = from_sqlite(sqlite3_open_v2(path, &db->handle,
	    flags | SQLITE_OPEN_NOMUTEX, NULL));
	if (e == ERR_OK) {
		sqlite3_extended_result_codes(db->handle, 1);
		sqlite3_busy_timeout(db->handle, 5000);
		sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, TEXT_CAP);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1,
		    NULL);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
		if ((e = db_script(db, setup)) == ERR_OK)
			e = prepare_steps(db);
	}
	if (e != ERR_OK) {
		db_close(db);
		return e;
	}
	*ret = db;
	return ERR_OK;
}

enum err
db_open(const char *path, struct db **ret)
{
	return open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	    writer_setup, ret);
}

enum err
db_open_reader(const char *path, struct db **ret)
{
	enum err e = open_with(path, SQLITE_OPEN_READWRITE, reader_setup, ret);

	if (e == ERR_OK)
		sqlite3_db_config((*ret)->handle,
		    SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return e;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < STATEMENT_CAP; i++)
		sqlite3_finalize(db->statements[i].stmt);
	sqlite3_close(db->handle);
	free(db);
}

enum err
db_script(struct db *db, const char *sql)
{
	return from_sqlite(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

/* SQLite numbers $1... by where they first stand, not by their digits. */
static int
parameter(sqlite3_stmt *stmt, int number)
{
	char name[8];

	snprintf(name, sizeof name, "$%d", number);
	return sqlite3_bind_parameter_index(stmt, name);
}

static int
bind_text(sqlite3_stmt *stmt, int i, const char *text)
{
	return sqlite3_bind_text(stmt, i, text, -1, SQLITE_TRANSIENT);
}

/* Binds by the letters of db.h. Texts are copied: a row may outlive them. */
static int
bind_all(sqlite3_stmt *stmt, const char *types, va_list ap)
{
	int code = SQLITE_OK;

	for (int n = 1; types[n - 1] != '\0' && code == SQLITE_OK; n++) {
		int i = parameter(stmt, n);

		switch (types[n - 1]) {
		case 'i':
			code = sqlite3_bind_int64(stmt, i, va_arg(ap, int64_t));
			break;
		case 'n': {
			int64_t value = va_arg(ap, int64_t);

			code = value == RECORD_NONE
			           ? sqlite3_bind_null(stmt, i)
			           : sqlite3_bind_int64(stmt, i, value);
			break;
		}
		case 't':
			code = bind_text(stmt, i, va_arg(ap, const char *));
			break;
		case 'e': {
			const char *text = va_arg(ap, const char *);

			code = bind_text(stmt, i, *text != '\0' ? text : NULL);
			break;
		}
		case 'b': {
			const void *bytes = va_arg(ap, const void *);
			size_t size = va_arg(ap, size_t);

			code = sqlite3_bind_blob64(stmt, i,
			    size > 0 ? bytes : "", size, SQLITE_TRANSIENT);
			break;
		}
		default:
			code = SQLITE_MISUSE;
		}
	}
	return code;
}

enum err
db_vquery(struct db *db, struct db_rows **rows, const char *sql,
    const char *types, va_list ap)
{
	enum err e;
	size_t at;
	int code;

	/* One that SQLite has ended by itself, for want of memory or of disk,
	 * is lost: what came after would be durable alone. */
	if (db->begun && sqlite3_get_autocommit(db->handle))
		return ERR_IO;
	if ((e = prepared(db, sql, &at)) != ERR_OK)
		return e;
	*rows = &db->rows[at];
	(*rows)->stmt = db->statements[at].stmt;
	(*rows)->code = SQLITE_OK;
	sqlite3_reset((*rows)->stmt);
	code = bind_all((*rows)->stmt, types, ap);
	return code == SQLITE_OK ? ERR_OK : from_sqlite(code);
}

enum err
db_query(struct db *db, struct db_rows **rows, const char *sql,
    const char *types, ...)
{
	va_list ap;
	enum err e;

	va_start(ap, types);
	e = db_vquery(db, rows, sql, types, ap);
	va_end(ap);
	return e;
}

enum err
db_run(struct db *db, const char *sql, const char *types, ...)
{
	struct db_rows *rows;
	va_list ap;
	enum err e;

	va_start(ap, types);
	e = db_vquery(db, &rows, sql, types, ap);
	va_end(ap);
	if (e != ERR_OK)
		return e;
	while (db_next(rows))
		;
	db->changes = sqlite3_changes64(db->handle);
	return db_rows_done(rows);
}

bool
db_next(struct db_rows *rows)
{
	rows->code = sqlite3_step(rows->stmt);
	return rows->code == SQLITE_ROW;
}

enum err
db_rows_done(struct db_rows *rows)
{
	int code;

	if (rows == NULL)
		return ERR_OK;
	code = sqlite3_reset(rows->stmt);
	sqlite3_clear_bindings(rows->stmt);
	return from_sqlite(code);
}

enum err
db_rows_end(struct db_rows *rows, enum err e)
{
	enum err stopped = db_rows_done(rows);

	return stopped != ERR_OK ? stopped : e;
}

int64_t
db_steps(const struct db *db)
{
	int64_t steps = 0;

	for (size_t i = 0; i < STATEMENT_CAP; i++)
		if (db->statements[i].stmt != NULL)
			steps += sqlite3_stmt_status(db->statements[i].stmt,
			    SQLITE_STMTSTATUS_VM_STEP, 0);
	return steps;
}

int
db_columns(const struct db_rows *rows)
{
	return sqlite3_column_count(rows->stmt);
}

bool
db_is_null(const struct db_rows *rows, int column)
{
	return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

bool
db_is_text(const struct db_rows *rows, int column)
{
	return sqlite3_column_type(rows->stmt, column) == SQLITE_TEXT;
}

int64_t
db_int(const struct db_rows *rows, int column)
{
	if (db_is_null(rows, column))
		return RECORD_NONE;
	return sqlite3_column_int64(rows->stmt, column);
}

const char *
db_text(const struct db_rows *rows, int column)
{
	const unsigned char *text = sqlite3_column_text(rows->stmt, column);

	return text != NULL ? (const char *)text : "";
}

const void *
db_bytes(const struct db_rows *rows, int column, size_t *n)
{
	const void *bytes = sqlite3_column_blob(rows->stmt, column);

	*n = (size_t)sqlite3_column_bytes(rows->stmt, column);
	return bytes;
}

enum err
db_value(struct db *db, int64_t *value, const char *sql, const char *types, ...)
{
	struct db_rows *rows;
	bool found = false;
	va_list ap;
	enum err e;

	va_start(ap, types);
	e = db_vquery(db, &rows, sql, types, ap);
	va_end(ap);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		*value = db_int(rows, 0);
		found = true;
	}
	e = db_rows_done(rows);
	return e == ERR_OK && !found ? ERR_ABSENT : e;
}

int64_t
db_changes(const struct db *db)
{
	return db->changes;
}

int64_t
db_writes(const struct db *db)
{
	return sqlite3_total_changes64(db->handle);
}

bool
db_in_transaction(const struct db *db)
{
	return !db->looking && !sqlite3_get_autocommit(db->handle);
}

enum err
db_look(struct db *db)
{
	enum err e;

	if (!sqlite3_get_autocommit(db->handle))
		return ERR_OK;
	e = db_run(db, sql_look, "");
	db->looking = e == ERR_OK;
	return e;
}

void
db_looked(struct db *db)
{
	if (!db->looking)
		return;
	if (!sqlite3_get_autocommit(db->handle) &&
	    db_run(db, sql_commit, "") != ERR_OK)
		db_run(db, sql_rollback, "");
	db->looking = !sqlite3_get_autocommit(db->handle);
}

enum err
db_begin(struct db *db)
{
	enum err e;

	db_looked(db);
	e = db_run(db, sql_begin, "");
	db->begun = e == ERR_OK;
	return e;
}

enum err
db_commit(struct db *db)
{
	enum err e = db_run(db, sql_commit, "");

	if (e == ERR_OK)
		db->begun = false;
	return e;
}

void
db_rollback(struct db *db)
{
	/* A full disk may have rolled back already; nothing more to undo. */
	if (!sqlite3_get_autocommit(db->handle))
		db_run(db, sql_rollback, "");
	db->begun = !sqlite3_get_autocommit(db->handle);
}

/* Savepoints nest under one name: ROLLBACK TO and RELEASE take the newest. */
enum err
db_savepoint(struct db *db)
{
	return db_run(db, sql_savepoint, "");
}

enum err
db_release(struct db *db)
{
	return db_run(db, sql_release, "");
}

void
db_rollback_to(struct db *db)
{
	if (sqlite3_get_autocommit(db->handle))
		return;
	/* What cannot be undone alone is undone with all that came before:
	 * what follows then fails, up to the group's end. */
	if (db_run(db, sql_rollback_to, "") != ERR_OK ||
	    db_run(db, sql_release, "") != ERR_OK)
		db_run(db, sql_rollback, "");
}

enum err
db_copy(struct db *db, const char *path)
{
	sqlite3 *copy = NULL;
	sqlite3_backup *backup;
	int code = sqlite3_open(path, &copy);

	if (code == SQLITE_OK) {
		backup = sqlite3_backup_init(copy, "main", db->handle, "main");
		if (backup != NULL) {
			sqlite3_backup_step(backup, -1);
			sqlite3_backup_finish(backup);
		}
		code = sqlite3_errcode(copy);
	}
	sqlite3_close(copy);
	return from_sqlite(code);
}
