/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/command.h"
#include "server/demo.h"
#include "server/home.h"
#include "server/installation.h"
#include "server/serve.h"

#define HOST "127.0.0.1"

#ifndef CALEOL_SAMPLES
#error "the build says where the samples are installed"
#endif

struct wish {
	struct demo demo;
	const char *port;
	bool fresh;
};

/* A folder that a daemon serves is not to be emptied under its feet. */
static enum err
remove_old(const char *home, struct buf *why)
{
	char path[HOME_PATH_CAP];
	int lock;
	enum err e;

	if (access(home_path(home, HOME_DATABASE, path), F_OK) != 0)
		return ERR_OK;
	e = home_lock(home, HOME_LOCK, false, &lock);
	if (e != ERR_OK) {
		buf_fmt(why, "%s est en service : arrêtez d'abord l'autre",
		    home);
		return e;
	}
	installation_remove(home);
	close(lock);
	return ERR_OK;
}

static enum err
prepare(const struct wish *wish, struct buf *why)
{
	const struct demo *demo = &wish->demo;
	char path[HOME_PATH_CAP];
	enum err e;

	if (wish->fresh && (e = remove_old(demo->home, why)) != ERR_OK)
		return e;
	if (access(home_path(demo->home, HOME_DATABASE, path), F_OK) != 0)
		return demo_make(demo, why);
	return demo->key != NULL ? demo_add_key(demo, why) : ERR_OK;
}

/* Once it serves. */
static void
on_ready(void *data)
{
	const struct wish *wish = data;
	struct buf why = { 0 };

	if (demo_print(&wish->demo, HOST, atoi(wish->port), &why) != ERR_OK)
		command_refused(ERR_IO, &why);
	buf_clear(&why);
	buf_fmt(&why, "[%s]:%s", HOST, wish->port);
	installation_print_key(wish->demo.home, buf_text(&why));
	puts("Ctrl+C pour arrêter.");
	fflush(stdout);
	buf_done(&why);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct wish wish = { .port = "2222",
		.demo = { .samples = CALEOL_SAMPLES } };
	const struct option_rule own[] = {
		{ .name = "port", .value = &wish.port },
		{ .name = "samples", .value = &wish.demo.samples },
		{ .name = "key", .value = &wish.demo.key },
		{ .name = "fresh", .flag = &wish.fresh },
		{ 0 },
	};
	struct invocation invocation;
	struct buf why = { 0 };
	char address[32];
	int status;
	enum err e;

	if (!command_begin(command, own, argc, argv, &invocation, &status))
		return status;
	snprintf(address, sizeof address, HOST ":%s", wish.port);
	invocation.config.n_listen = 0;
	if (config_set(&invocation.config, "listen", address, &why) != ERR_OK)
		return command_usage(command, "%s", buf_text(&why));
	wish.demo.home = invocation.config.home;
	if ((e = prepare(&wish, &why)) != ERR_OK)
		return command_refused(e, &why);
	return serve(&invocation.config, on_ready, &wish);
}

const struct command command_demo = {
	.name = "demo",
	.summary = "une semaine inventée, à essayer tout de suite",
	.help =
	    "caleold demo --home DOSSIER [--port 2222] [--fresh] [--key "
	    "CLE.pub]\n"
	    "\n"
	    "Remplit DOSSIER avec un bailleur, des logements et des candidats "
	    "inventés et une\nséance ouverte, puis sert sur 127.0.0.1 jusqu'à "
	    "Ctrl+C. Un DOSSIER déjà rempli\nest repris tel quel.\n"
	    "\n"
	    "  --port PORT        le port d'écoute (2222)\n"
	    "  --fresh            recommence avec une séance ouverte "
	    "maintenant\n"
	    "  --key CLE.pub      une clé publique acceptée pour tous les "
	    "comptes\n"
	    "  --samples DOSSIER  où sont les exemples de fichiers\n",
	.run = run,
};
