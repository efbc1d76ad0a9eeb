/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "server/demo.h"
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * registry: its turns, its walls, and what outlives it.
 */

/* By the kernel: of each thread, those that compare passwords too. */
static void
every_thread_of_it_is_enclosed(void)
{
	char path[320], line[200];
	struct dirent *task;
	int threads = 0, privileged = 0, filtered = 0;
	FILE *file;
	DIR *all;

	if (CALEOL_SANITIZED)
		check_skip("the sanitizers need more calls");
	solo_make();
	snprintf(path, sizeof path, "/proc/%d/task", solo_pid());
	CHECK((all = opendir(path)) != NULL);
	while ((task = readdir(all)) != NULL) {
		if (*task->d_name == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%s/status",
		    solo_pid(), task->d_name);
		CHECK((file = fopen(path, "r")) != NULL);
		while (fgets(line, sizeof line, file) != NULL) {
			privileged += strcmp(line, "NoNewPrivs:\t0\n") == 0;
			filtered += strcmp(line, "Seccomp:\t2\n") == 0;
		}
		fclose(file);
		threads++;
	}
	closedir(all);
	CHECK(threads >= 2);
	CHECK_INT(privileged, 0);
	CHECK_INT(filtered, threads);
	solo_remove();
}

static void
a_desk_outlives_the_registry(void)
{
	struct solo_desk desk;
	int line;

	solo_make();
	desk = solo_log_in("fabre", 1);
	solo_kill();
	CHECK(solo_is_cut(desk.socket));
	solo_start();

	line = solo_rejoin(&desk);
	solo_check_is(line, "fabre");
	close(line);
	solo_leave(&desk);
	solo_remove();
}

/* Posts a message; how it was answered. */
static enum err
post(int socket, int64_t seq, int64_t thread, const char *text)
{
	solo_send_ask(socket, seq, "message.post", thread, text);
	return solo_answer(socket, seq);
}

static void
a_full_disk_refuses_writes_until_there_is_room(void)
{
	struct solo_desk fabre;
	struct rows rows = { 0 };
	int64_t thread, n;
	int gate;

	solo_make();
	fabre = solo_log_in("fabre", 1);
	solo_get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
	CHECK_OK(post(fabre.socket, 1, thread, "un"));
	n = solo_messages(fabre.socket, thread);

	solo_limit_files(1024);
	for (int64_t seq = 2; seq < 6; seq++)
		CHECK(post(fabre.socket, seq, thread, "deux") != ERR_OK);
	CHECK_INT(solo_messages(fabre.socket, thread), n);
	gate = solo_gate(2); /* a login cannot be noted: it is refused */
	solo_password(gate, "agence", DEMO_PASSWORD);
	solo_expect(gate, "unkept");

	solo_limit_files(RLIM_INFINITY);
	CHECK_OK(post(fabre.socket, 6, thread, "trois"));
	CHECK_INT(solo_messages(fabre.socket, thread), n + 1);
	solo_password(gate, "agence", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	close(gate);
	solo_leave(&fabre);
	solo_remove();
}

static const struct check_case cases[] = {
	{ "every thread of it is enclosed", every_thread_of_it_is_enclosed },
	{ "a desk outlives the registry", a_desk_outlives_the_registry },
	{ "a full disk refuses writes until there is room",
	    a_full_disk_refuses_writes_until_there_is_room },
};

CHECK_MAIN(cases)
