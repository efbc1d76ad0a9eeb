/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/err.h"

#include <errno.h>

static const char *const texts[ERR_N] = {
#define ERR_TEXT(name, text) [ERR_##name] = text,
	ERR_LIST(ERR_TEXT)
#undef ERR_TEXT
};

const char *
err_text(enum err e)
{
	return (unsigned)e < ERR_N ? texts[e] : "erreur inconnue";
}

enum err
err_from_errno(int number)
{
	switch (number) {
	case ENOMEM:
		return ERR_NOMEM;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_FULL;
	case ENOENT:
		return ERR_ABSENT;
	case EACCES:
	case EPERM:
		return ERR_DENIED;
	case EADDRINUSE:
	case EAGAIN:
		return ERR_BUSY;
	case EPIPE:
	case ECONNRESET:
		return ERR_GONE;
	default:
		return ERR_IO;
	}
}
