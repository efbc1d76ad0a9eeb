/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/config.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
config_default(struct config *config)
{
	*config = (struct config){
		.home = CONFIG_HOME,
		.connections = 200,
		.connections_per_source = 20,
		.sessions = 3000,
		.sessions_per_account = 8,
		.ballots_per_hour = 60,
		.grace = 30,
	};
}

enum err
config_address(const char *text, char host[CONFIG_ADDRESS_CAP], char port[8])
{
	const char *colon = strrchr(text, ':');
	size_t n;
	long number;
	char *end;

	if (colon == NULL || strlen(colon + 1) >= 8)
		return ERR_INPUT;
	number = strtol(colon + 1, &end, 10);
	if (*end != '\0' || end == colon + 1 || number < 0 || number > 65535)
		return ERR_INPUT;
	n = (size_t)(colon - text);
	if (n >= 2 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	} else if (memchr(text, ':', n) != NULL) {
		return ERR_INPUT;
	}
	if (n >= CONFIG_ADDRESS_CAP)
		return ERR_INPUT;
	memcpy(host, text, n);
	host[n] = '\0';
	snprintf(port, 8, "%ld", number);
	return ERR_OK;
}

static enum err
set_listen(struct config *config, const char *value, struct buf *why)
{
	char host[CONFIG_ADDRESS_CAP], port[8];

	if (strlen(value) >= CONFIG_ADDRESS_CAP ||
	    config_address(value, host, port) != ERR_OK) {
		buf_fmt(why,
		    "adresse « %s » refusée : écrivez ADRESSE:PORT, "
		    "par exemple 127.0.0.1:2222 ou [::]:22",
		    value);
		return ERR_INPUT;
	}
	if (config->n_listen == CONFIG_LISTEN_CAP) {
		buf_fmt(why, "%d adresses d'écoute au plus", CONFIG_LISTEN_CAP);
		return ERR_INPUT;
	}
	snprintf(config->listen[config->n_listen++], CONFIG_ADDRESS_CAP, "%s",
	    value);
	return ERR_OK;
}

static enum err
set_home(struct config *config, const char *value, struct buf *why)
{
	/* Room is kept for the names of the files in it. */
	if (*value == '\0' || strlen(value) >= CONFIG_PATH_CAP - 40) {
		buf_fmt(why, "chemin du dossier vide ou trop long");
		return ERR_INPUT;
	}
	snprintf(config->home, sizeof config->home, "%s", value);
	return ERR_OK;
}

/* The settings that are whole numbers, and what they may be. */
static const struct number {
	const char *name;
	size_t at;
	int least, most;
} numbers[] = {
	{ "connections", offsetof(struct config, connections), 1, 100000 },
	{ "connections-per-source",
	    offsetof(struct config, connections_per_source), 1, 100000 },
	{ "sessions", offsetof(struct config, sessions), 1, 100000 },
	{ "sessions-per-account", offsetof(struct config, sessions_per_account),
	    1, 100000 },
	{ "ballots-per-hour", offsetof(struct config, ballots_per_hour), 10,
	    1000000 },
	{ "grace", offsetof(struct config, grace), 5, 600 },
};

static enum err
set_number(struct config *config, const struct number *number,
    const char *value, struct buf *why)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (*value == '\0' || *end != '\0' || n < number->least ||
	    n > number->most) {
		buf_fmt(why,
		    "« %s » refusé pour %s : un nombre entier de %d à %d est "
		    "attendu",
		    value, number->name, number->least, number->most);
		return ERR_INPUT;
	}
	*(int *)((char *)config + number->at) = (int)n;
	return ERR_OK;
}

enum err
config_set(struct config *config, const char *name, const char *value,
    struct buf *why)
{
	if (strcmp(name, "home") == 0)
		return set_home(config, value, why);
	if (strcmp(name, "listen") == 0)
		return set_listen(config, value, why);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (strcmp(name, numbers[i].name) == 0)
			return set_number(config, &numbers[i], value, why);
	buf_fmt(why, "réglage inconnu : « %s »", name);
	return ERR_INPUT;
}

struct reading {
	struct config *config;
	struct buf *why;
};

/* inih calls this for each setting; 0 makes it remember the line. */
static int
on_setting(void *data, const char *section, const char *name, const char *value)
{
	struct reading *reading = data;

	if (reading->why->n > 0)
		return 1;
	if (strcmp(section, "caleold") != 0) {
		buf_fmt(reading->why,
		    "section inconnue : « [%s] », [caleold] est attendue",
		    section);
		return 0;
	}
	return config_set(reading->config, name, value, reading->why) == ERR_OK;
}

enum err
config_read(struct config *config, const char *path, struct buf *why)
{
	struct buf fault = { 0 };
	struct reading reading = { config, &fault };
	enum err e = ERR_OK;
	int line;

	if (access(path, F_OK) != 0)
		return ERR_ABSENT;
	line = ini_parse(path, on_setting, &reading);
	if (line < 0) {
		buf_fmt(why, "%s : lecture impossible", path);
		e = ERR_IO;
	} else if (line > 0) {
		buf_fmt(why, "%s, ligne %d : %s", path, line,
		    fault.n > 0 ? buf_text(&fault)
		                : "« réglage = valeur » est attendu");
		e = ERR_INPUT;
	}
	buf_done(&fault);
	return e;
}
