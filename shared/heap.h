/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * heap: what a process that is forked often does for its children.
 */

/* Takes, for good, every hole there is in the heap. What a child then allocates
 * lies together on pages of its own, rather than here and there on pages it
 * shares, each of which it would have to copy. Under the sanitizers, whose
 * allocator has no such holes, nothing is done. */
void heap_fill(void);
