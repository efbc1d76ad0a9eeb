/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/roll.h"

/*
 * view_accounts: view_accounts.c lists them; view_accounts_new.c asks for a new
 * one, box after box: its role, its login, the person's name.
 */
void accounts_ask_new(struct roll *roll);
