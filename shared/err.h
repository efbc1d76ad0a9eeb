/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * err: the one list of what can go wrong, for the whole tree.
 *
 * errno, SQLite's and libssh's codes are translated where they arise and never
 * leave their room. The text is what a person reads, in French, when nothing
 * more precise is known.
 */
#define ERR_LIST(X)                                                    \
	X(OK, "c'est fait")                                            \
	X(NOMEM, "mémoire insuffisante")                               \
	X(IO, "erreur d'entrée-sortie")                                \
	X(FULL, "espace disque insuffisant : rien n'a été enregistré") \
	X(BUSY, "déjà en service")                                     \
	X(ABSENT, "introuvable")                                       \
	X(CORRUPT, "données illisibles ou altérées")                   \
	X(PROTOCOL, "message mal formé")                               \
	X(INPUT, "saisie refusée")                                     \
	X(DENIED, "accès refusé")                                      \
	X(STATE, "impossible à cette étape de la séance")              \
	X(CLOSED, "la séance est close")                               \
	X(LIMIT, "limite dépassée")                                    \
	X(GONE, "le service est momentanément indisponible")           \
	X(USAGE, "commande mal écrite")

enum err {
#define ERR_ENUMERATOR(name, text) ERR_##name,
	ERR_LIST(ERR_ENUMERATOR)
#undef ERR_ENUMERATOR
	ERR_N
};

/* Never NULL; a static string. */
const char *err_text(enum err e);

/* What an errno value means to us; never ERR_OK. */
enum err err_from_errno(int number);
