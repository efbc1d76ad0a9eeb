/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "server/registry_parts.h"
#include "shared/log.h"
#include "shared/size.h"
#include "shared/term.h"

/* What a gate says of the terminal, in words a stranger wrote: the desk judges
 * them; here they are only bounded. */
struct wish {
	char term[64];
	struct size size;
	char lang[64];
	char mode[8];
	char command[4096];
};

enum {
	SCREEN_ROOM = 64 * 1024, /* bytes of the kernel's, with its own */
};

/* The ends of what a desk is given: ours or the gate's, and the desk's. */
enum {
	END_SOCKET,
	END_ASIDE,
	END_IN, /* or the terminal */
	END_OUT,
	END_ERR,
	END_N,
};

struct ends {
	int near[END_N]; /* socket: the registry's; the rest: the gate's */
	int far[END_N];  /* the desk's */
	size_t n;
};

static enum err
take_wish(struct wish *wish, struct wire_in *in)
{
	int64_t cols, rows;
	enum err e;

	if ((e = wire_take_text(in, wish->term, sizeof wish->term)) != ERR_OK ||
	    (e = wire_take_int(in, &cols)) != ERR_OK ||
	    (e = wire_take_int(in, &rows)) != ERR_OK ||
	    (e = wire_take_text(in, wish->lang, sizeof wish->lang)) != ERR_OK ||
	    (e = wire_take_text(in, wish->mode, sizeof wish->mode)) != ERR_OK ||
	    (e = wire_take_text(in, wish->command, sizeof wish->command)) !=
	        ERR_OK)
		return e;
	if (strcmp(wish->mode, "pty") != 0 && strcmp(wish->mode, "plain") != 0)
		return ERR_PROTOCOL;
	wish->size = size_bound(cols, rows);
	return ERR_OK;
}

static enum err
make_pty(int *master, int *slave)
{
	struct termios mode;

	*master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*master < 0 || unlockpt(*master) != 0)
		return err_from_errno(errno);
	*slave = ioctl(*master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*slave < 0 || tcgetattr(*slave, &mode) != 0)
		return err_from_errno(errno);
	mode.c_iflag |= IUTF8;
	if (tcsetattr(*slave, TCSANOW, &mode) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

/* A pipe whose reader is the desk, or whose writer is. */
static enum err
make_pipe(int *reader, int *writer)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_from_errno(errno);
	*reader = ends[0];
	*writer = ends[1];
	return ERR_OK;
}

static enum err
make_stream(int *near, int *far)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return err_from_errno(errno);
	*near = ends[0];
	*far = ends[1];
	return ERR_OK;
}

/* A screen's keys and frames go as they are: through a terminal of the kernel's
 * each would wait for its worker twice. Of what nobody reads no more waits than
 * there would. */
static enum err
make_screen(int *near, int *far)
{
	int room = SCREEN_ROOM / 2; /* the kernel doubles it */
	enum err e = make_stream(near, far);

	if (e == ERR_OK && (setsockopt(*near, SOL_SOCKET, SO_SNDBUF, &room,
	                        sizeof room) != 0 ||
	                       setsockopt(*far, SOL_SOCKET, SO_SNDBUF, &room,
	                           sizeof room) != 0))
		return err_from_errno(errno);
	return e;
}

static enum err
make_ends(struct ends *ends, const struct wish *wish)
{
	enum err e;

	if ((e = make_stream(&ends->near[END_SOCKET],
	         &ends->far[END_SOCKET])) != ERR_OK ||
	    (e = make_stream(&ends->near[END_ASIDE], &ends->far[END_ASIDE])) !=
	        ERR_OK)
		return e;
	ends->n = END_IN + 1;
	if (strcmp(wish->mode, "screen") == 0)
		return make_screen(&ends->near[END_IN], &ends->far[END_IN]);
	if (strcmp(wish->mode, "pty") == 0)
		return make_pty(&ends->near[END_IN], &ends->far[END_IN]);
	ends->n = END_N;
	if ((e = make_pipe(&ends->far[END_IN], &ends->near[END_IN])) !=
	        ERR_OK ||
	    (e = make_pipe(&ends->near[END_OUT], &ends->far[END_OUT])) !=
	        ERR_OK)
		return e;
	return make_pipe(&ends->near[END_ERR], &ends->far[END_ERR]);
}

static void
close_all(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static enum err
tell_door(const struct gate *gate, int64_t session, const struct wish *wish,
    const struct ends *ends)
{
	struct buf body = { 0 };
	enum err e;

	wire_array(&body, 11);
	wire_text(&body, "desk");
	wire_int(&body, gate->id);
	wire_int(&body, session);
	wire_int(&body, gate->viewer.account);
	wire_int(&body, gate->viewer.role);
	wire_text(&body, wish->term);
	wire_int(&body, wish->size.cols);
	wire_int(&body, wish->size.rows);
	wire_text(&body, wish->lang);
	wire_text(&body, wish->mode);
	wire_text(&body, wish->command);
	if ((e = body.err) == ERR_OK)
		e = parcel_send(gate->registry->door, body.at, body.n,
		    ends->far, ends->n);
	buf_done(&body);
	return e;
}

static enum err
tell_gate(const struct gate *gate, const struct wish *wish,
    const struct ends *ends)
{
	struct buf body = { 0 };
	enum err e;

	wire_array(&body, 2);
	wire_text(&body, "desk");
	wire_text(&body, wish->mode);
	if ((e = body.err) == ERR_OK)
		e = parcel_send(gate->fd, body.at, body.n,
		    ends->near + END_ASIDE, ends->n - END_ASIDE);
	buf_done(&body);
	return e;
}

/* Says why there will be no desk. */
static enum err
refuse(const struct gate *gate, const char *why)
{
	struct buf body = { 0 };
	enum err e;

	log_event("desk-refused", "gate=%lld account=%lld", (long long)gate->id,
	    (long long)gate->viewer.account);
	wire_array(&body, 2);
	wire_text(&body, "no");
	wire_text(&body, why);
	if ((e = body.err) == ERR_OK)
		e = parcel_send(gate->fd, body.at, body.n, NULL, 0);
	buf_done(&body);
	return e;
}

/* Of an account, or of all. A connection outlives its desk while its peer does
 * not take the last of what it said, for ever if it likes; a desk outlives its
 * connection in the eyes of a new registry. */
static size_t
sessions_of(const struct registry *registry, int64_t account)
{
	size_t lines =
	    account != 0 ? lines_of(registry, account) : registry->n_lines;
	size_t gates = gates_of(registry, account);

	return lines > gates ? lines : gates;
}

/* Why this account may have no further desk now; NULL when it may. */
static const char *
obstacle(const struct gate *gate)
{
	const struct registry *registry = gate->registry;
	bool allowed = false;

	if (login_allowed(registry->store, gate->viewer.account, &allowed) !=
	        ERR_OK ||
	    !allowed)
		return "Ce compte est désactivé.";
	if (sessions_of(registry, gate->viewer.account) >=
	    (size_t)registry->config->sessions_per_account)
		return "Vous avez déjà trop de sessions ouvertes : quittez-en "
		       "une.";
	if (sessions_of(registry, 0) >= (size_t)registry->config->sessions)
		return "Le service est complet pour le moment : réessayez "
		       "dans quelques minutes.";
	return NULL;
}

/* A terminal that moves its cursor has screens. The others, commands, and who
 * has chosen lines, have the kernel's, which echoes and edits them. */
static enum err
choose_screens(const struct gate *gate, struct wish *wish)
{
	bool linear = false;
	enum err e;

	if (strcmp(wish->mode, "pty") != 0 || *wish->command != '\0' ||
	    term_entry(wish->term) == NULL)
		return ERR_OK;
	e = login_linear(gate->registry->store, gate->viewer.account, &linear);
	if (e == ERR_OK && !linear)
		strcpy(wish->mode, "screen");
	return e;
}

static enum err
give(struct gate *gate, const struct wish *wish, struct ends *ends)
{
	struct registry *registry = gate->registry;
	int64_t session = ++registry->sessions;
	enum err e;

	if ((e = make_ends(ends, wish)) != ERR_OK)
		return e;
	e = line_open(registry, ends->near[END_SOCKET], &gate->viewer, session);
	ends->near[END_SOCKET] = -1;
	if (e != ERR_OK)
		return e;
	if ((e = tell_door(gate, session, wish, ends)) != ERR_OK ||
	    (e = tell_gate(gate, wish, ends)) != ERR_OK) {
		line_close(line_of(registry, session));
		return e;
	}
	log_event("desk", "session=%lld account=%lld gate=%lld mode=%s",
	    (long long)session, (long long)gate->viewer.account,
	    (long long)gate->id, wish->mode);
	return ERR_OK;
}

enum err
desk_make(struct gate *gate, struct wire_in *in)
{
	struct wish wish;
	struct ends ends = { .n = 0 };
	const char *why;
	enum err e;

	if ((e = take_wish(&wish, in)) != ERR_OK)
		return e;
	if ((why = obstacle(gate)) != NULL)
		return refuse(gate, why);
	if ((e = choose_screens(gate, &wish)) != ERR_OK)
		return e;
	memset(ends.near, -1, sizeof ends.near);
	memset(ends.far, -1, sizeof ends.far);
	e = give(gate, &wish, &ends);
	close_all(ends.near, END_N);
	close_all(ends.far, END_N);
	if (e == ERR_OK)
		gate->state = GATE_DONE;
	return e;
}
