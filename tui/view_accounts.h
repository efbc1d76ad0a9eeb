/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/roll.h"

/*
 * view_accounts: view_accounts.c lists them; view_accounts_new.c asks for a new
 * one, box after box: its role, its login, the person's name.
 */
void accounts_ask_new(struct roll *roll);

/* A name as it is written: "Mme DE LA TOUR Jeanne". The family name is the
 * words in capitals, or the first. Each part has room bytes. */
void accounts_read_name(const char *text, char *civility, char *family,
    char *given, size_t room);
