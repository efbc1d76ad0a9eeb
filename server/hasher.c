/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/hasher.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	THREADS_CAP = 4,
};

/*
 * A job goes round a ring: FREE -> WAITING -> RUNNING -> DONE -> FREE. Jobs are
 * started in order; outcomes are taken in the order they come.
 */
enum stage {
	JOB_FREE,
	JOB_WAITING,
	JOB_RUNNING,
	JOB_DONE,
};

struct job {
	enum stage stage;
	uint64_t turn; /* the lower was submitted first */
	int64_t tag;
	bool matches;
	char password[PASSWORD_CAP + 1];
	char hash[PASSWORD_HASH_CAP];
};

/* A code goes round too: NONE -> WANTED -> MAKING -> READY -> WANTED; one that
 * somebody awaits and that could not be made is FAILED, then NONE. */
enum code_stage {
	CODE_NONE,
	CODE_WANTED,
	CODE_MAKING,
	CODE_READY,
	CODE_FAILED,
};

struct hasher {
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t more;
	struct job *jobs; /* HASHER_CAP of them, never swapped out */
	uint64_t turns;
	enum code_stage code_stage;
	bool awaited; /* a code was asked for in vain */
	char code[PASSWORD_CODE_CAP];
	char code_hash[PASSWORD_HASH_CAP];
	bool over;
	int done; /* an eventfd that counts outcomes */
	int made; /* another, for codes that were awaited */
	pthread_t threads[THREADS_CAP];
	unsigned n_threads;
};

/* The job of a stage that was submitted first. */
static struct job *
first(struct hasher *hasher, enum stage stage)
{
	struct job *found = NULL;

	for (size_t i = 0; i < HASHER_CAP; i++) {
		struct job *job = &hasher->jobs[i];

		if (job->stage == stage &&
		    (found == NULL || job->turn < found->turn))
			found = job;
	}
	return found;
}

/* Compares without the lock: a running job is its thread's alone. */
static void
run(struct hasher *hasher, struct job *job)
{
	uint64_t one = 1;

	job->stage = JOB_RUNNING;
	pthread_mutex_unlock(&hasher->lock);
	job->matches = password_matches(job->password, job->hash);
	sodium_memzero(job->password, sizeof job->password);
	pthread_mutex_lock(&hasher->lock);
	job->stage = JOB_DONE;
	if (write(hasher->done, &one, sizeof one) < 0)
		abort(); /* an eventfd far from its limit takes one more */
}

/* Without the lock too: a code that is being made is its thread's alone. */
static void
make_code(struct hasher *hasher)
{
	char typed[PASSWORD_CODE_CAP];
	uint64_t one = 1;
	enum err e;

	hasher->code_stage = CODE_MAKING;
	pthread_mutex_unlock(&hasher->lock);
	password_new_code(hasher->code);
	password_code(hasher->code, typed);
	e = password_hash(typed, hasher->code_hash);
	sodium_memzero(typed, sizeof typed);
	pthread_mutex_lock(&hasher->lock);
	hasher->code_stage = e == ERR_OK       ? CODE_READY
	                     : hasher->awaited ? CODE_FAILED
	                                       : CODE_NONE;
	if (hasher->awaited && write(hasher->made, &one, sizeof one) < 0)
		abort(); /* as above */
	hasher->awaited = false;
}

/* Comparisons first, unless somebody awaits a code: there may be no end of
 * them. */
static bool
is_code_next(const struct hasher *hasher, const struct job *job)
{
	return hasher->code_stage == CODE_WANTED &&
	       (job == NULL || hasher->awaited);
}

static void *
work(void *data)
{
	struct hasher *hasher = data;
	struct job *job;

	pthread_mutex_lock(&hasher->lock);
	while (!hasher->over) {
		job = first(hasher, JOB_WAITING);
		if (is_code_next(hasher, job))
			make_code(hasher);
		else if (job != NULL)
			run(hasher, job);
		else
			pthread_cond_wait(&hasher->more, &hasher->lock);
	}
	pthread_mutex_unlock(&hasher->lock);
	return NULL;
}

static enum err
start(struct hasher *hasher)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned n = cores < 1             ? 1
	             : cores > THREADS_CAP ? THREADS_CAP
	                                   : (unsigned)cores;

	while (hasher->n_threads < n) {
		if (pthread_create(&hasher->threads[hasher->n_threads], NULL,
		        work, hasher) != 0)
			return ERR_LIMIT;
		hasher->n_threads++;
	}
	return ERR_OK;
}

enum err
hasher_new(struct hasher **ret)
{
	struct hasher *hasher = calloc(1, sizeof *hasher);
	enum err e;

	if (hasher == NULL)
		return ERR_NOMEM;
	pthread_mutex_init(&hasher->lock, NULL);
	pthread_cond_init(&hasher->more, NULL);
	hasher->jobs = calloc(HASHER_CAP, sizeof *hasher->jobs);
	hasher->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
	hasher->made = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (hasher->jobs == NULL || hasher->done < 0 || hasher->made < 0)
		e = ERR_NOMEM;
	else
		e = start(hasher);
	if (e != ERR_OK) {
		hasher_free(hasher);
		return e;
	}
	/* A refused mlock only means that a password may reach the swap. */
	sodium_mlock(hasher->jobs, HASHER_CAP * sizeof *hasher->jobs);
	*ret = hasher;
	return ERR_OK;
}

void
hasher_free(struct hasher *hasher)
{
	if (hasher == NULL)
		return;
	pthread_mutex_lock(&hasher->lock);
	hasher->over = true;
	pthread_cond_broadcast(&hasher->more);
	pthread_mutex_unlock(&hasher->lock);
	for (unsigned i = 0; i < hasher->n_threads; i++)
		pthread_join(hasher->threads[i], NULL);
	if (hasher->jobs != NULL)
		sodium_munlock(hasher->jobs, HASHER_CAP * sizeof *hasher->jobs);
	free(hasher->jobs);
	if (hasher->done >= 0)
		close(hasher->done);
	if (hasher->made >= 0)
		close(hasher->made);
	sodium_memzero(hasher->code, sizeof hasher->code);
	pthread_cond_destroy(&hasher->more);
	pthread_mutex_destroy(&hasher->lock);
	free(hasher);
}

enum err
hasher_submit(struct hasher *hasher, int64_t tag, const char *password,
    const char *hash)
{
	struct job *job;

	if (strlen(password) > PASSWORD_CAP ||
	    strlen(hash) >= PASSWORD_HASH_CAP)
		return ERR_LIMIT;
	pthread_mutex_lock(&hasher->lock);
	job = first(hasher, JOB_FREE);
	if (job != NULL) {
		job->stage = JOB_WAITING;
		job->turn = ++hasher->turns;
		job->tag = tag;
		snprintf(job->password, sizeof job->password, "%s", password);
		snprintf(job->hash, sizeof job->hash, "%s", hash);
		pthread_cond_signal(&hasher->more);
	}
	pthread_mutex_unlock(&hasher->lock);
	return job != NULL ? ERR_OK : ERR_BUSY;
}

int
hasher_fd(const struct hasher *hasher)
{
	return hasher->done;
}

bool
hasher_take(struct hasher *hasher, int64_t *tag, bool *matches)
{
	struct job *job;
	uint64_t one;

	pthread_mutex_lock(&hasher->lock);
	job = first(hasher, JOB_DONE);
	if (job != NULL) {
		*tag = job->tag;
		*matches = job->matches;
		job->stage = JOB_FREE;
		if (read(hasher->done, &one, sizeof one) < 0)
			abort(); /* each outcome added one */
	}
	pthread_mutex_unlock(&hasher->lock);
	return job != NULL;
}

static void
want_code(struct hasher *hasher)
{
	hasher->code_stage = CODE_WANTED;
	pthread_cond_signal(&hasher->more);
}

void
hasher_want_code(struct hasher *hasher)
{
	pthread_mutex_lock(&hasher->lock);
	if (hasher->code_stage == CODE_NONE)
		want_code(hasher);
	pthread_mutex_unlock(&hasher->lock);
}

enum err
hasher_take_code(struct hasher *hasher, char code[PASSWORD_CODE_CAP],
    char hash[PASSWORD_HASH_CAP])
{
	enum err e = ERR_OK;

	pthread_mutex_lock(&hasher->lock);
	if (hasher->code_stage == CODE_READY) {
		memcpy(code, hasher->code, sizeof hasher->code);
		memcpy(hash, hasher->code_hash, sizeof hasher->code_hash);
		sodium_memzero(hasher->code, sizeof hasher->code);
		want_code(hasher);
	} else if (hasher->code_stage == CODE_FAILED) {
		hasher->code_stage = CODE_NONE;
		e = ERR_NOMEM;
	} else {
		if (hasher->code_stage == CODE_NONE)
			want_code(hasher);
		hasher->awaited = true;
		e = ERR_BUSY;
	}
	pthread_mutex_unlock(&hasher->lock);
	return e;
}

int
hasher_code_fd(const struct hasher *hasher)
{
	return hasher->made;
}

void
hasher_heed_code(struct hasher *hasher)
{
	uint64_t n;

	if (read(hasher->made, &n, sizeof n) < 0)
		return; /* heeded already */
}
