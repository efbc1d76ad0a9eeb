/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/home.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared/sshsig.h"

const char *
home_path(const char *home, const char *name, char path[HOME_PATH_CAP])
{
	snprintf(path, HOME_PATH_CAP, "%s/%s", home, name);
	return path;
}

/* Says what errno means for a path. */
static enum err
told(struct buf *why, const char *path, int number)
{
	buf_fmt(why, "%s : %s", path, err_text(err_from_errno(number)));
	return err_from_errno(number);
}

static bool
exists(const char *home, const char *name)
{
	char path[HOME_PATH_CAP];

	return access(home_path(home, name, path), F_OK) == 0;
}

/* What init makes: any of them means that something is there to be kept. */
static const char *const precious[] = { HOME_DATABASE, HOME_HOST_KEY,
	HOME_SIGNING_KEY };

enum err
home_create(const char *home, struct buf *why)
{
	struct stat st;

	if (mkdir(home, 0700) != 0 && errno != EEXIST)
		return told(why, home, errno);
	if (stat(home, &st) != 0)
		return told(why, home, errno);
	if (!S_ISDIR(st.st_mode)) {
		buf_fmt(why, "%s n'est pas un dossier", home);
		return ERR_INPUT;
	}
	for (size_t i = 0; i < sizeof precious / sizeof *precious; i++)
		if (exists(home, precious[i])) {
			buf_fmt(why,
			    "%s contient déjà une installation de caleol "
			    "(%s) : rien n'a été modifié",
			    home, precious[i]);
			return ERR_BUSY;
		}
	if (chmod(home, 0700) != 0)
		return told(why, home, errno);
	return ERR_OK;
}

static enum err
check_private(const char *home, const char *name, struct buf *why)
{
	char path[HOME_PATH_CAP];
	struct stat st;

	home_path(home, name, path);
	if (stat(path, &st) != 0)
		return told(why, path, errno);
	if ((st.st_mode & 077) != 0) {
		buf_fmt(why,
		    "%s est accessible à d'autres que son propriétaire "
		    "(%03o) : corrigez avec « chmod %s %s »",
		    path, (unsigned)st.st_mode & 0777,
		    S_ISDIR(st.st_mode) ? "700" : "600", path);
		return ERR_DENIED;
	}
	return ERR_OK;
}

enum err
home_check(const char *home, struct buf *why)
{
	static const char *const files[] = { HOME_HOST_KEY, HOME_SIGNING_KEY };
	struct stat st;
	enum err e;

	if (stat(home, &st) != 0) {
		if (errno != ENOENT)
			return told(why, home, errno);
		buf_fmt(why,
		    "le dossier %s n'existe pas : créez une installation "
		    "avec « caleold init --home %s »",
		    home, home);
		return ERR_ABSENT;
	}
	if (geteuid() != 0 && st.st_uid != geteuid()) {
		buf_fmt(why, "le dossier %s appartient à un autre utilisateur",
		    home);
		return ERR_DENIED;
	}
	if ((e = check_private(home, ".", why)) != ERR_OK)
		return e;
	if (!exists(home, HOME_DATABASE)) {
		buf_fmt(why,
		    "pas de base de données dans %s : créez une installation "
		    "avec « caleold init --home %s », ou restaurez une "
		    "sauvegarde",
		    home, home);
		return ERR_ABSENT;
	}
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if ((e = check_private(home, files[i], why)) != ERR_OK)
			return e;
	return ERR_OK;
}

enum err
home_become_owner(const char *home, struct buf *why)
{
	struct stat st;
	struct passwd *user;

	if (geteuid() != 0)
		return ERR_OK;
	if (stat(home, &st) != 0)
		return told(why, home, errno);
	if (st.st_uid == 0)
		return ERR_OK;
	user = getpwuid(st.st_uid);
	if (setgroups(0, NULL) != 0 ||
	    setgid(user != NULL ? user->pw_gid : st.st_gid) != 0 ||
	    setuid(st.st_uid) != 0)
		return told(why, home, errno);
	return ERR_OK;
}

/* A lock that root makes is the folder's owner's too. */
static void
give_to_owner(const char *home, int fd)
{
	struct stat st;

	if (geteuid() == 0 && stat(home, &st) == 0 &&
	    fchown(fd, st.st_uid, st.st_gid) != 0)
		return; /* root can always take it; its owner will be told */
}

enum err
home_lock(const char *home, const char *name, bool wait, int *fd)
{
	char path[HOME_PATH_CAP];
	int got = open(home_path(home, name, path),
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (got < 0)
		return err_from_errno(errno);
	give_to_owner(home, got);
	while (flock(got, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
		int number = errno;

		if (number == EINTR)
			continue;
		close(got);
		return number == EWOULDBLOCK ? ERR_BUSY
		                             : err_from_errno(number);
	}
	*fd = got;
	return ERR_OK;
}

enum err
home_read(const char *path, size_t cap, struct buf *out)
{
	char chunk[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err e = ERR_OK;
	ssize_t n;

	if (fd < 0)
		return err_from_errno(errno);
	while ((n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			e = err_from_errno(errno);
		else if (out->n + (size_t)n > cap)
			e = ERR_LIMIT;
		if (e != ERR_OK)
			break;
		buf_add(out, chunk, (size_t)n);
	}
	close(fd);
	return e != ERR_OK ? e : out->err;
}

enum err
home_write(const char *path, const void *bytes, size_t n)
{
	const char *at = bytes;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum err e = ERR_OK;

	if (fd < 0)
		return err_from_errno(errno);
	while (n > 0 && e == ERR_OK) {
		ssize_t wrote = write(fd, at, n);

		if (wrote >= 0) {
			at += wrote;
			n -= (size_t)wrote;
		} else if (errno != EINTR) {
			e = err_from_errno(errno);
		}
	}
	if (e == ERR_OK && fsync(fd) != 0)
		e = err_from_errno(errno);
	if (close(fd) != 0 && e == ERR_OK)
		e = err_from_errno(errno);
	return e;
}

/* The base64 blob of host_key.pub: its second word. */
static enum err
read_host_key(const char *home, struct buf *blob)
{
	struct buf line = { 0 };
	char path[HOME_PATH_CAP];
	enum err e =
	    home_read(home_path(home, HOME_HOST_KEY_PUB, path), 4096, &line);
	const char *at = buf_text(&line);

	if (e == ERR_OK) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
		buf_add(blob, at, strcspn(at, " \n"));
		e = blob->n > 0 ? blob->err : ERR_CORRUPT;
	}
	buf_done(&line);
	return e;
}

enum err
home_fingerprint(const char *home, char fingerprint[64])
{
	struct buf text = { 0 };
	unsigned char blob[1024], sum[crypto_hash_sha256_BYTES];
	char base64[48]; /* 43 characters */
	size_t n;
	enum err e = read_host_key(home, &text);

	if (e == ERR_OK &&
	    sodium_base642bin(blob, sizeof blob, buf_text(&text), text.n, NULL,
	        &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
		e = ERR_CORRUPT;
	buf_done(&text);
	if (e != ERR_OK)
		return e;
	crypto_hash_sha256(sum, blob, n);
	sodium_bin2base64(base64, sizeof base64, sum, sizeof sum,
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	snprintf(fingerprint, 64, "SHA256:%s", base64);
	return ERR_OK;
}

enum err
home_known_hosts(const char *home, const char *host, struct buf *out)
{
	struct buf text = { 0 };
	enum err e = read_host_key(home, &text);

	if (e == ERR_OK)
		buf_fmt(out, "%s ssh-ed25519 %s", host, buf_text(&text));
	buf_done(&text);
	return e;
}

static enum err
read_signing_key(const char *home, struct store *store)
{
	struct buf key = { 0 };
	char path[HOME_PATH_CAP];
	enum err e = home_read(home_path(home, HOME_SIGNING_KEY, path),
	    SSHSIG_SECRET, &key);

	if (e == ERR_OK && key.n != SSHSIG_SECRET)
		e = ERR_CORRUPT;
	if (e == ERR_OK) {
		memcpy(store->signing_key, key.at, SSHSIG_SECRET);
		memcpy(store->public_key,
		    key.at + SSHSIG_SECRET - SSHSIG_PUBLIC, SSHSIG_PUBLIC);
		sodium_memzero(key.at, key.n);
	}
	buf_done(&key);
	return e;
}

/* Names the file when the fault is in one of the keys. */
static enum err
fill(const char *home, struct store *store, struct buf *why)
{
	enum err e;

	if ((e = read_signing_key(home, store)) != ERR_OK)
		buf_fmt(why, "%s/%s : %s", home, HOME_SIGNING_KEY, err_text(e));
	else if ((e = home_fingerprint(home, store->fingerprint)) != ERR_OK)
		buf_fmt(why, "%s/%s : %s", home, HOME_HOST_KEY_PUB,
		    err_text(e));
	return e;
}

static enum err
open_store(const char *home, enum err (*open)(const char *, struct store **),
    struct store **ret, struct buf *why)
{
	struct store *store;
	char path[HOME_PATH_CAP];
	enum err e;

	home_path(home, HOME_DATABASE, path);
	if (access(path, F_OK) != 0) {
		buf_fmt(why, "pas de base de données dans %s", home);
		return ERR_ABSENT;
	}
	if ((e = open(path, &store)) != ERR_OK) {
		buf_fmt(why, "la base de données %s ne peut être ouverte : %s",
		    path, err_text(e));
		return e;
	}
	if ((e = fill(home, store, why)) != ERR_OK) {
		store_close(store);
		return e;
	}
	*ret = store;
	return ERR_OK;
}

enum err
home_open_store(const char *home, struct store **ret, struct buf *why)
{
	return open_store(home, store_open_made, ret, why);
}

enum err
home_open_reader(const char *home, struct store **ret, struct buf *why)
{
	enum err e = home_become_owner(home, why);

	return e != ERR_OK ? e : open_store(home, store_open_reader, ret, why);
}
