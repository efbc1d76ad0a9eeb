/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/arena.h"
#include "shared/err.h"

/*
 * quality: in what right a member sits (CCH L.441-2), as landlords write it:
 * "représentant du maire", "administrateur, président", "réservataire X".
 */
struct quality {
	const char *kind;  /* of the capacity; "": the titular's */
	int precedence;    /* 0 titular, 1 representative, 2 substitute */
	bool deliberative; /* the voice the law gives */
	bool presides;
	bool needs_titular; /* says neither commune nor kind by itself */
	const char *holder; /* "" or the arena's */
};

#define QUALITY_EXPECTED                                                      \
	"une qualité : maire, représentant du maire, suppléant du maire, " \
	"représentant de l'EPCI, représentant du préfet, administrateur, " \
	"réservataire NOM, CCAS, organisme"

/* ERR_INPUT for one that is not known. */
enum err quality_read(const char *text, struct arena *arena,
    struct quality *quality);
