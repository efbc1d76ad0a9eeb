/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/looks.h"

/*
 * Without colours, bold and dim alone: an underline or a reversed block would
 * be louder than what it says. Colours are of the first eight, which every
 * palette keeps legible on its own background.
 */
static const struct {
	attr_t attribute;
	short colour; /* -1: the terminal's own */
} looks[LOOK_N] = {
	[LOOK_PLAIN] = { A_NORMAL, -1 },
	[LOOK_STRONG] = { A_BOLD, -1 },
	[LOOK_QUIET] = { A_DIM, -1 },
	[LOOK_KEY] = { A_BOLD, -1 },
	[LOOK_GOOD] = { A_NORMAL, COLOR_GREEN },
	[LOOK_DRAFT] = { A_NORMAL, COLOR_YELLOW },
	[LOOK_ALERT] = { A_BOLD, COLOR_RED },
};

void
looks_choose(bool colour)
{
	/* COLORS is set by the first start. */
	if ((!colour && COLORS <= 0) || !has_colors() || start_color() == ERR ||
	    use_default_colors() == ERR)
		return;
	for (short look = 0; look < LOOK_N; look++)
		if (looks[look].colour >= 0)
			init_pair(look, colour ? looks[look].colour : -1, -1);
}

/* A pair never made shows as the terminal's own colours. */
attr_t
look_attribute(enum look look)
{
	short fore, back;

	if (looks[look].colour < 0 ||
	    pair_content((short)look, &fore, &back) == ERR || fore < 0)
		return looks[look].attribute;
	return looks[look].attribute | COLOR_PAIR(look);
}
