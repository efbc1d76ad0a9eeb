/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/view.h"

/* Opens the help of a screen, if it has one: its own text, then what is true
 * everywhere, the previous login and the host key's fingerprint. */
void view_help_open(struct scene *scene, const struct view *view);
