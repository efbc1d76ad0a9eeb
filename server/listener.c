/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/log.h"

enum {
	BACKLOG = 512,
	SYSTEMD_FIRST = 3, /* sd_listen_fds(3) */
};

static enum err
keep(struct listeners *listeners, int fd)
{
	if (listeners->n == LISTENER_CAP) {
		close(fd);
		return ERR_LIMIT;
	}
	listeners->fds[listeners->n++] = fd;
	return ERR_OK;
}

/* Sockets handed over by systemd: descriptors from 3 on. What does not listen
 * is none of them. */
static void
inherit(struct listeners *listeners)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");

	if (pid == NULL || n == NULL || atol(pid) != (long)getpid())
		return;
	for (int i = 0; i < atoi(n); i++) {
		int fd = SYSTEMD_FIRST + i, listens = 0;
		socklen_t size = sizeof listens;

		if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens,
		        &size) != 0 ||
		    listens == 0)
			continue;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		fcntl(fd, F_SETFL, O_NONBLOCK);
		keep(listeners, fd);
	}
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
}

static enum err
open_one(struct listeners *listeners, const struct addrinfo *at)
{
	int yes = 1;
	int fd = socket(at->ai_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum err e;

	if (fd < 0)
		return err_from_errno(errno);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (at->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 ||
	    listen(fd, BACKLOG) != 0) {
		e = err_from_errno(errno);
		close(fd);
		return e;
	}
	return keep(listeners, fd);
}

static void
explain(struct buf *why, const char *address, enum err e)
{
	if (e == ERR_BUSY)
		buf_fmt(why,
		    "%s : ce port est déjà pris par un autre programme. "
		    "Arrêtez-le ou choisissez un autre port (--listen).",
		    address);
	else if (e == ERR_DENIED)
		buf_fmt(why,
		    "%s : ce port demande les droits de root ; au-dessus de "
		    "1023 il n'en faut pas.",
		    address);
	else
		buf_fmt(why, "%s : impossible d'écouter à cette adresse.",
		    address);
}

static enum err
open_address(struct listeners *listeners, const char *address, struct buf *why)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *all = NULL;
	char host[CONFIG_ADDRESS_CAP], port[8];
	enum err e;

	if ((e = config_address(address, host, port)) != ERR_OK ||
	    getaddrinfo(*host != '\0' ? host : NULL, port, &hints, &all) != 0) {
		buf_fmt(why, "%s : adresse attendue, comme 127.0.0.1:2222.",
		    address);
		return ERR_INPUT;
	}
	e = ERR_ABSENT;
	for (const struct addrinfo *at = all; at != NULL; at = at->ai_next)
		if ((e = open_one(listeners, at)) != ERR_OK)
			break;
	freeaddrinfo(all);
	if (e != ERR_OK)
		explain(why, address, e);
	return e;
}

/* The default address is every one of this machine, of both families. */
static enum err
open_default(struct listeners *listeners, struct buf *why)
{
	enum err e = open_address(listeners, "0.0.0.0:2222", why);
	struct buf ignored = { 0 };

	if (e == ERR_OK) /* a machine without IPv6 has only the first */
		open_address(listeners, "[::]:2222", &ignored);
	buf_done(&ignored);
	return e;
}

enum err
listeners_open(struct listeners *listeners, const struct config *config,
    struct buf *why)
{
	enum err e = ERR_OK;

	*listeners = (struct listeners){ .n = 0 };
	inherit(listeners);
	if (listeners->n > 0)
		return ERR_OK;
	if (config->n_listen == 0)
		return open_default(listeners, why);
	for (size_t i = 0; i < config->n_listen && e == ERR_OK; i++)
		e = open_address(listeners, config->listen[i], why);
	if (e != ERR_OK)
		listeners_done(listeners);
	return e;
}

void
listeners_done(struct listeners *listeners)
{
	for (size_t i = 0; i < listeners->n; i++)
		close(listeners->fds[i]);
	listeners->n = 0;
}

static void
name_of(const struct sockaddr_storage *at, socklen_t n, char *host, char *port)
{
	if (getnameinfo((const struct sockaddr *)at, n, host, NI_MAXHOST, port,
	        NI_MAXSERV, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		strcpy(host, strcpy(port, "?"));
}

void
listeners_tell(const struct listeners *listeners)
{
	for (size_t i = 0; i < listeners->n; i++) {
		struct sockaddr_storage at = { 0 };
		socklen_t n = sizeof at;
		char host[NI_MAXHOST], port[NI_MAXSERV];

		getsockname(listeners->fds[i], (struct sockaddr *)&at, &n);
		name_of(&at, n, host, port);
		log_event("listening", "address=%s port=%s", host, port);
	}
}

enum err
listener_accept(int listener, int *client, char source[LISTENER_SOURCE_CAP])
{
	struct sockaddr_storage at = { 0 };
	socklen_t n = sizeof at;
	char host[NI_MAXHOST], port[NI_MAXSERV];

	*client = accept4(listener, (struct sockaddr *)&at, &n,
	    SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (*client < 0)
		return err_from_errno(errno);
	/* A household has one IPv4 address, or a /64 of IPv6. */
	if (at.ss_family == AF_INET6)
		memset(((struct sockaddr_in6 *)&at)->sin6_addr.s6_addr + 8, 0,
		    8);
	name_of(&at, n, host, port);
	snprintf(source, LISTENER_SOURCE_CAP, "%.*s", LISTENER_SOURCE_CAP - 1,
	    host);
	return ERR_OK;
}
