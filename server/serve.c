/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/serve.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/command.h"
#include "server/door.h"
#include "server/home.h"

enum {
	PATH_CAP = 512,
};

/* Where caleol-desk is from here: where it was built, where it is installed. */
static const char *const desks[] = {
	"../tui/caleol-desk",
	"../libexec/caleol/caleol-desk",
};

static enum err
find_desk(char path[PATH_CAP], struct buf *why)
{
	char self[PATH_CAP - 64];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	if (n < 0)
		return ERR_IO;
	self[n] = '\0';
	if ((slash = strrchr(self, '/')) != NULL)
		*slash = '\0';
	for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
		snprintf(path, PATH_CAP, "%s/%s", self, desks[i]);
		if (access(path, X_OK) == 0)
			return ERR_OK;
	}
	buf_fmt(why, "caleol-desk est introuvable : réinstallez caleol");
	return ERR_ABSENT;
}

static enum err
take_home(const struct config *config, int *lock, struct buf *why)
{
	enum err e = home_check(config->home, why);

	if (e != ERR_OK)
		return e;
	e = home_lock(config->home, HOME_LOCK, false, lock);
	if (e == ERR_BUSY)
		buf_fmt(why,
		    "%s est déjà en service : un autre caleold l'utilise",
		    config->home);
	else if (e != ERR_OK)
		buf_fmt(why, "%s ne peut être verrouillé : %s", config->home,
		    err_text(e));
	return e;
}

int
serve(const struct config *asked, void (*on_ready)(void *data), void *data)
{
	struct config config = *asked;
	char name[] = "caleold", verb[] = "registry", home[] = "--home",
	     file[] = "--config";
	char *argv[] = { name, verb, home, config.home,
		config.file[0] != '\0' ? file : NULL, config.file, NULL };
	char desk[PATH_CAP];
	struct buf why = { 0 };
	int lock, status;
	enum err e;

	if ((e = take_home(&config, &lock, &why)) != ERR_OK ||
	    (e = find_desk(desk, &why)) != ERR_OK)
		return command_refused(e, &why);
	status = door_run(&config, argv, desk, on_ready, data);
	close(lock);
	return status;
}
