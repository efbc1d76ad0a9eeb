/* SPDX-License-Identifier: EUPL-1.2 */
#include <sys/socket.h>
#include <unistd.h>

#include "server/gate_parts.h"

/*
 * gate_warm: what the libraries look up and make ready at a first connection,
 * a third of a gate's whole time, done in the door before it forks any. The
 * connection is the door's own to itself: no byte of a stranger's is in it.
 */
enum {
	ROUNDS = 100, /* eight are enough */
};

static ssh_session
new_caller(int end)
{
	static const char nowhere[] = "/dev/null";
	ssh_session caller = ssh_new();
	bool no = false;

	if (caller == NULL)
		return NULL;
	/* First of all the folder: else the user's home would be looked up. */
	ssh_options_set(caller, SSH_OPTIONS_SSH_DIR, nowhere);
	ssh_options_set(caller, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(caller, SSH_OPTIONS_KNOWNHOSTS, nowhere);
	ssh_options_set(caller, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, nowhere);
	ssh_options_set(caller, SSH_OPTIONS_USER, "caleol");
	ssh_options_set(caller, SSH_OPTIONS_HOST, "localhost");
	ssh_options_set(caller, SSH_OPTIONS_FD, &end);
	ssh_set_blocking(caller, 0);
	return caller;
}

/* Both sides by turns, until the caller has been heard over the keys agreed
 * on: then every cipher has been used both ways. */
static void
converse(ssh_session caller, ssh_session host, ssh_event event)
{
	bool met = false, added = false;

	for (int i = 0; i < ROUNDS; i++) {
		if (!met && ssh_connect(caller) == SSH_OK)
			met = true;
		if (met && ssh_userauth_none(caller, NULL) != SSH_AUTH_AGAIN)
			return;
		if (ssh_handle_key_exchange(host) == SSH_ERROR)
			return;
		if (!added)
			added = ssh_event_add_session(event, host) == SSH_OK;
		if (added && ssh_event_dopoll(event, 0) == SSH_ERROR)
			return;
	}
}

static int
refuse(ssh_session ssh, const char *user, void *data)
{
	(void)ssh;
	(void)user;
	(void)data;
	return SSH_AUTH_DENIED;
}

void
gate_warm(ssh_bind bind)
{
	struct ssh_server_callbacks_struct on_host = { .auth_none_function =
		                                           refuse };
	ssh_session caller = NULL, host = ssh_new();
	ssh_event event = ssh_event_new();
	int ends[2];

	if (host != NULL && event != NULL &&
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
	        ends) == 0) {
		caller = new_caller(ends[0]);
		ssh_callbacks_init(&on_host);
		if (caller == NULL)
			close(ends[0]);
		if (ssh_bind_accept_fd(bind, host, ends[1]) != SSH_OK)
			close(ends[1]);
		else if (caller != NULL) {
			ssh_set_server_callbacks(host, &on_host);
			ssh_set_auth_methods(host, SSH_AUTH_METHOD_PUBLICKEY);
			ssh_set_blocking(host, 0);
			converse(caller, host, event);
		}
	}
	ssh_event_free(event);
	ssh_free(caller);
	ssh_free(host);
}
