/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/health.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Notes each row of a pragma that is not "ok". */
static enum err
run_pragma(struct store *store, const char *sql, struct buf *report)
{
	struct db_rows *rows;
	bool sound = true;
	enum err e = db_query(store->db, &rows, sql, "");

	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		const char *text = db_text(rows, 0);

		if (strcmp(text, "ok") == 0)
			continue;
		sound = false;
		buf_fmt(report, "%s\n", text);
	}
	return db_rows_end(rows, sound ? ERR_OK : ERR_CORRUPT);
}

enum err
health_check(struct store *store, enum health_depth depth, struct buf *report)
{
	enum err e;

	if (depth == HEALTH_QUICK)
		return run_pragma(store, "PRAGMA quick_check(20)", report);
	if ((e = run_pragma(store, "PRAGMA integrity_check(20)", report)) !=
	    ERR_OK)
		return e;
	return run_pragma(store, "PRAGMA foreign_key_check", report);
}

/* What a reader leaves beside a copy nobody writes: nothing of worth. */
static void
remove_traces(const char *path)
{
	static const char *const ends[] = { "-wal", "-shm" };
	struct buf name = { 0 };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		buf_clear(&name);
		buf_fmt(&name, "%s%s", path, ends[i]);
		if (name.err == ERR_OK)
			unlink(buf_text(&name));
	}
	buf_done(&name);
}

static enum err
check_copy(const char *path, struct buf *report)
{
	struct store *copy;
	enum err e = store_open_reader(path, &copy);

	if (e != ERR_OK)
		return e;
	e = health_check(copy, HEALTH_WHOLE, report);
	store_close(copy);
	remove_traces(path);
	return e;
}

/* What is written is on the disk, not only in memory. */
static enum err
make_durable(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e = ERR_OK;

	if (fd < 0)
		return err_from_errno(errno);
	if (fsync(fd) != 0)
		e = err_from_errno(errno);
	close(fd);
	return e;
}

enum err
health_copy(struct store *store, const char *path, struct buf *report)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum err e;

	if (fd < 0)
		return errno == EEXIST ? ERR_BUSY : err_from_errno(errno);
	close(fd);
	if ((e = db_copy(store->db, path)) != ERR_OK ||
	    (e = check_copy(path, report)) != ERR_OK ||
	    (e = make_durable(path)) != ERR_OK)
		unlink(path);
	return e;
}
