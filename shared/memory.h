/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * memory: fewer pages of one's own, for processes that are many. Under the
 * sanitizers, whose memory is another, nothing is done.
 */

/* In a process that is forked often: takes, for good, every hole there is in
 * the heap, and makes room at its end. What a child then allocates lies
 * together on pages of its own, rather than here and there on pages it shares,
 * each of which it would have to copy. */
void memory_fill_heap(void);

/* Gives back the stack below the caller, which something that came deep has
 * left dirty. */
void memory_trim_stack(void);
