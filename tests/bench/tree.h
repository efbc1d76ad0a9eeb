/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * tree: a process and all that descend from it, as the kernel counts them.
 */

/* How many they are. */
size_t tree_size(pid_t root);

/* Waits until they are no more than so many: for those to end that end by
 * themselves. */
void tree_shrink(pid_t root, size_t size);

/* Their memory together, shared pages shared out (PSS), in KiB. */
int64_t tree_pss(pid_t root);

/* A meter of the time they run, and of those they start from now on, in
 * nanoseconds; -1 where the kernel lets nobody count. */
struct meter;
struct meter *meter_open(pid_t root);
int64_t meter_read(const struct meter *meter);
void meter_close(struct meter *meter);
