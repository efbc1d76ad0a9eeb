/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/desk.h"

#include <string.h>
#include <unistd.h>

#include "tui/command.h"
#include "tui/desk_loop.h"
#include "tui/linear.h"

static int
run_screens(struct feed *feed, const struct desk_start *start)
{
	struct screen_setup setup = { .in = STDIN_FILENO,
		.out = STDOUT_FILENO,
		.term = start->term,
		.cols = start->cols,
		.rows = start->rows,
		.ascii = strcmp(start->lang, "ascii") == 0,
		.colour = true };

	return desk_loop_run(feed, &setup, start->aside);
}

static int
run(struct feed *feed, const struct desk_start *start)
{
	if (*start->command != '\0')
		return command_run(feed, start);
	if (strcmp(start->mode, "screen") == 0)
		return run_screens(feed, start);
	return linear_run(feed, start);
}

int
desk_run(const struct desk_start *start)
{
	struct feed_port port;
	struct feed *feed;
	unsigned char status = CALL_REFUSED;

	if (feed_socket_port(start->registry, start->lifeline, &port) ==
	        ERR_OK &&
	    feed_new(&port, &feed) == ERR_OK) {
		status = (unsigned char)run(feed, start);
		feed_free(feed);
	}
	/* The gate reads it once everything that was said has been. */
	if (write(start->aside, &status, 1) != 1)
		return CALL_REFUSED;
	return status;
}
