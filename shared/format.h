/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "shared/buf.h"

/*
 * format: numbers and dates as they are written in France.
 *
 * Thousands are set apart and units preceded by a no-break space (U+00A0), the
 * decimal mark is a comma. RECORD_NONE is written "—". Dates and counts have
 * plain spaces.
 */
void format_euros(struct buf *out, int64_t cents);        /* 1 355,95 € */
void format_amount(struct buf *out, int64_t cents);       /* 1 355,95 */
void format_round_euros(struct buf *out, int64_t cents);  /* 1 356 € */
void format_percent(struct buf *out, int64_t bp);         /* 27,4 % */
void format_whole_percent(struct buf *out, int64_t bp);   /* 27 % */
void format_residual(struct buf *out, int64_t cents);     /* 14,20 €/j/UC */
void format_surface(struct buf *out, int64_t hundredths); /* 64 m², 47,9 m² */
void format_consumption(struct buf *out, int64_t twentieths); /* 1,8 UC */
void format_day(struct buf *out, int64_t day);                /* 25/11/2026 */
void format_day_month(struct buf *out, int64_t day);          /* 25/11 */
void format_long_day(struct buf *out, int64_t day); /* jeudi 26 novembre 2026 */
void format_time(struct buf *out, int64_t ms);      /* 13:00 */
void format_moment(struct buf *out, int64_t ms);    /* 25/11/2026 à 15:20:07 */
void format_deadline(struct buf *out, int64_t ms);  /* jeudi 26 nov. 13:00 */
void format_left(struct buf *out, int64_t ms); /* 21 h 40, 12 min, 2 j 3 h */
void format_months(struct buf *out, int64_t months); /* 38 mois */
/* "T3 · 64 m²..." is the screens' own business. */

/* Counts: "1 logement", "3 logements", "aucun logement". A feminine noun comes
 * with its article: ("une voix", "voix") gives "aucune voix", "1 voix". */
void format_count(struct buf *out, int64_t n, const char *one,
    const char *many);
