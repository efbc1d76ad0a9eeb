/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/err.h"

/*
 * log: one line per event on stderr, key=value, no applicant data.
 *
 *	2026-11-25T09:00:00.123Z door event=listening port=2222
 */

/* The process's name in its lines; a static string. */
void log_as(const char *process);

/* fields is a format that makes "key=value key=value". Control bytes and
 * non-ASCII, wherever they come from, are replaced in the line. */
void log_event(const char *event, const char *fields, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for a failure, with error=; returns e, to be returned. */
enum err log_err(enum err e, const char *event, const char *fields, ...)
    __attribute__((format(printf, 3, 4)));
