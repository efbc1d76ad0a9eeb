/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "server/config.h"

/*
 * door: the listening sockets, and the parent of gates, desks and registry.
 *
 * It parses nothing from the network. A source that holds too many connections
 * not yet logged in loses its oldest, so that a flood never shuts others out.
 * When the registry ends it is started anew and each live desk is handed a
 * fresh line to it: nobody is logged out.
 */

/*
 * Serves until SIGTERM or SIGINT. registry_argv is what to run, with its socket
 * as descriptor REGISTRY_FD (server/registry.h); desk_path is caleol-desk.
 * on_ready (may be NULL) is called once people can come in. The process's exit
 * status; failures are told in French on stderr.
 */
int door_run(const struct config *config, char *const registry_argv[],
    const char *desk_path, void (*on_ready)(void *data), void *data);
