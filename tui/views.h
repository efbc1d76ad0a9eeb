/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/view.h"

/*
 * views: how each screen is opened, by another or by the loop.
 *
 * Each opens over the view that is answering a key (scene_open()).
 */

/* What a session begins with: the welcome of a first login, else the home of
 * an official or of staff. */
void views_open_first(struct scene *scene);

/* The home of who I am. */
void views_open_home(struct scene *scene);

/* A screen that a key opens; a list of them ends with key 0. */
struct views_door {
	wint_t key;
	void (*open)(struct scene *scene);
};
/* False when the key opens none of them. */
bool views_enter(struct scene *scene, const struct views_door *doors,
    wint_t key);

void view_welcome_open(struct scene *scene);
void view_home_open(struct scene *scene);
void view_unit_open(struct scene *scene, int64_t unit);
/* candidate: its index, A being 0. */
void view_candidate_open(struct scene *scene, int64_t unit, unsigned candidate);
void view_threads_open(struct scene *scene);
void view_conversation_open(struct scene *scene, int64_t thread);
/* The viewer's own line to the agency; for staff, a member's. */
void view_help_line_open(struct scene *scene);
void view_help_line_open_of(struct scene *scene, int64_t account);
void view_receipts_open(struct scene *scene);
/* One's own keys and password. */
void view_self_open(struct scene *scene);

/* The staff's. */
void view_week_open(struct scene *scene);
void view_participation_open(struct scene *scene);
/* A vote entered for a member: the dwelling, then the vote. */
void view_unit_open_for(struct scene *scene, int64_t unit, int64_t voter,
    const char *name);
void view_enter_open(struct scene *scene, int64_t account, const char *name);
/* Dwellings, then one's candidates, then one's fields. */
void view_units_open(struct scene *scene);
void view_candidacies_open(struct scene *scene, int64_t unit,
    const char *reference);
void view_tally_open(struct scene *scene);
void view_decision_open(struct scene *scene, int64_t unit,
    const char *reference);
void view_minutes_open(struct scene *scene);
void view_accounts_open(struct scene *scene);
/* An account's keys, for administrators. */
void view_keys_open(struct scene *scene, int64_t account, const char *login);
