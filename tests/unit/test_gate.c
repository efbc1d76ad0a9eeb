/* SPDX-License-Identifier: EUPL-1.2 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/gate_parts.h"
#include "tests/lib/check.h"

/* Whether a session may go from one phase to another: in a child, for it ends
 * the process when it may not. */
static bool
may_go(enum gate_phase from, enum gate_phase to)
{
	static struct gate_session session;
	pid_t pid = fork();
	int status;

	CHECK(pid >= 0);
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		close(STDERR_FILENO);
		session.phase = from;
		gate_move(&session, to);
		_exit(session.phase == to ? 0 : 1);
	}
	CHECK_INT(waitpid(pid, &status, 0), pid);
	return status == 0;
}

static void
a_session_only_moves_forward(void)
{
	for (int from = 0; from < GATE_PHASES; from++)
		for (int to = 0; to < GATE_PHASES; to++) {
			bool expected = to == GATE_GONE || to == from + 1;

			CHECK_INT(may_go((enum gate_phase)from,
			              (enum gate_phase)to),
			    expected);
		}
}

static const struct check_case cases[] = {
	{ "a session only moves forward", a_session_only_moves_forward },
};

CHECK_MAIN(cases)
