/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/banner.h"

#include "shared/text.h"

enum {
	NAME_CELLS = 76, /* a line of any window */
};

void
banner_put(struct buf *out, const char *landlord, size_t n)
{
	struct buf name = { 0 };

	text_clean(&name, TEXT_LINE, landlord, n, NULL);
	buf_str(out,
	    "\r\n  CALEOL · commission d'attribution des logements\r\n");
	if (name.n > 0)
		buf_fmt(out, "  %.*s\r\n",
		    (int)text_fit(buf_text(&name), NAME_CELLS, NULL),
		    buf_text(&name));
	buf_str(out, "  Connexion réservée aux membres de la commission et à "
	             "l'agence.\r\n"
	             "  Les connexions sont enregistrées.\r\n"
	             "\r\n");
	buf_done(&name);
}
