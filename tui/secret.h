/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/password.h"
#include "tui/view.h"

/*
 * secret: how one will come in: a password, typed twice and hashed here so that
 * the registry's loop never waits for Argon2, or a public key, pasted.
 */
struct secret {
	struct scene *scene;          /* the stage's */
	char first[PASSWORD_CAP + 1]; /* the password, typed once */
	/* Once the registry has it; the verdict of the view beneath. */
	enum view_verdict (*on_done)(void *owner);
	void *owner; /* the view beneath, which holds this */
};

void secret_ask_password(struct secret *secret);
void secret_ask_key(struct secret *secret);

/* Wipes what was typed. */
void secret_forget(struct secret *secret);
