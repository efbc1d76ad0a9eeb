/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/console.h"
#include "server/home.h"
#include "server/registry_parts.h"
#include "shared/log.h"

enum {
	BACKLOG = 8,
	CONSOLES_CAP = 16,
};

/* Only the machine's administrator, or the user the registry runs as. */
static bool
is_trusted(int fd)
{
	struct ucred peer;
	socklen_t n = sizeof peer;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 &&
	       (peer.uid == 0 || peer.uid == geteuid());
}

static void
on_console(evutil_socket_t fd, short what, void *data)
{
	static const struct viewer console = { 0, ROLE_CONSOLE };
	struct registry *registry = data;
	int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC);

	(void)what;
	if (peer < 0)
		return;
	if (!is_trusted(peer) || lines_of(registry, 0) >= CONSOLES_CAP) {
		log_err(ERR_DENIED, "console", "reason=peer");
		close(peer);
		return;
	}
	line_open(registry, peer, &console, 0);
}

static enum err
bind_private(int fd, const struct sockaddr_un *address)
{
	mode_t mask = umask(0177);
	enum err e = ERR_OK;

	if (bind(fd, (const struct sockaddr *)address, sizeof *address) != 0 ||
	    listen(fd, BACKLOG) != 0)
		e = err_from_errno(errno);
	umask(mask);
	return e;
}

enum err
console_listen(struct registry *registry)
{
	struct sockaddr_un address;
	int folder;
	enum err e;

	registry->console = -1;
	if ((e = console_address(registry->config->home, &address, &folder)) !=
	    ERR_OK)
		return e;
	registry->console =
	    socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (registry->console < 0) {
		e = err_from_errno(errno);
	} else {
		unlink(address.sun_path); /* a killed registry leaves it */
		e = bind_private(registry->console, &address);
	}
	close(folder);
	if (e != ERR_OK)
		return e;
	registry->on_console = event_new(registry->base, registry->console,
	    EV_READ | EV_PERSIST, on_console, registry);
	if (registry->on_console == NULL ||
	    event_add(registry->on_console, NULL) != 0)
		return ERR_NOMEM;
	return ERR_OK;
}

void
console_unlisten(struct registry *registry)
{
	char path[HOME_PATH_CAP];

	if (registry->on_console != NULL)
		event_free(registry->on_console);
	if (registry->console < 0)
		return;
	close(registry->console);
	unlink(home_path(registry->config->home, HOME_SOCKET, path));
}
