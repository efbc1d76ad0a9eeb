/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * term: what a client says its terminal is, which is hostile until it is found
 * among those we know.
 */

/* The terminfo name to use for a client's TERM. NULL for a terminal that cannot
 * move its cursor (empty, dumb): the session is in lines there. */
const char *term_entry(const char *term);

/* The same where the entry of a known family is not installed. */
const char *term_fallback(const char *term);
