/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * scratch: folders of a test under /tmp. They go with its program, however that
 * ends, killed or crashed too, once no process it forked is left to write
 * there.
 */
enum {
	SCRATCH_CAP = 24, /* "/tmp/caleol-XXXXXX" */
};

void scratch_new(char path[SCRATCH_CAP]);

/* The folder and all that is in it, before that. */
void scratch_remove(const char *path);
