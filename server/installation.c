/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/installation.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "data/landlord.h"
#include "server/home.h"
#include "server/keys.h"

#define OWNER "caleol"

static enum err
give_to_owner(const char *home, struct buf *why)
{
	struct passwd *owner;

	if (geteuid() != 0 || (owner = getpwnam(OWNER)) == NULL)
		return ERR_OK;
	if (chown(home, owner->pw_uid, owner->pw_gid) != 0) {
		buf_fmt(why, "%s ne peut être donné à l'utilisateur %s", home,
		    OWNER);
		return err_from_errno(errno);
	}
	return home_become_owner(home, why);
}

static enum err
make_database(const char *home, const struct installation *installation,
    struct buf *why)
{
	struct store *store = NULL;
	char path[HOME_PATH_CAP];
	enum err e = store_open(home_path(home, HOME_DATABASE, path), &store);

	if (e == ERR_OK)
		e = landlord_create(store, installation->landlord,
		    installation->agency, installation->commission);
	if (e == ERR_OK)
		e = store_group_commit(store);
	store_close(store);
	if (e != ERR_OK)
		buf_fmt(why, "la base de données %s ne peut être créée : %s",
		    path, err_text(e));
	return e;
}

enum err
installation_make(const char *home, const struct installation *installation,
    struct buf *why)
{
	enum err e;

	if ((e = home_create(home, why)) != ERR_OK ||
	    (!installation->mine && (e = give_to_owner(home, why)) != ERR_OK))
		return e;
	if ((e = keys_make(home, why)) != ERR_OK ||
	    (e = make_database(home, installation, why)) != ERR_OK)
		installation_remove(home);
	return e;
}

void
installation_remove(const char *home)
{
	static const char *const files[] = { HOME_DATABASE,
		HOME_DATABASE "-wal", HOME_DATABASE "-shm", HOME_HOST_KEY,
		HOME_HOST_KEY_PUB, HOME_SIGNING_KEY, HOME_SIGNERS, HOME_SOCKET,
		HOME_REGISTRY_LOCK, HOME_LOCK };
	char path[HOME_PATH_CAP];

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		unlink(home_path(home, files[i], path));
	/* Something of the administrator's may be there: then it stays. */
	rmdir(home);
}

enum err
installation_print_key(const char *home, const char *host)
{
	struct buf line = { 0 };
	char fingerprint[64];
	enum err e;

	if ((e = home_fingerprint(home, fingerprint)) == ERR_OK &&
	    (e = home_known_hosts(home, host, &line)) == ERR_OK)
		printf("Empreinte de la clé du serveur : %s\n"
		       "Ligne pour known_hosts : %s\n",
		    fingerprint, buf_text(&line));
	buf_done(&line);
	return e;
}
