/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/keys.h"

#include <libssh/libssh.h>
#include <sodium.h>
#include <sys/stat.h>

#include "server/home.h"
#include "shared/sshsig.h"

static enum err
write_text(const char *home, const char *name, const struct buf *text)
{
	char path[HOME_PATH_CAP];

	if (text->err != ERR_OK)
		return text->err;
	return home_write(home_path(home, name, path), text->at, text->n);
}

static enum err
export_host_key(const char *home, ssh_key key)
{
	struct buf line = { 0 };
	char path[HOME_PATH_CAP];
	char *base64 = NULL;
	mode_t mask = umask(077);
	enum err e = ERR_OK;

	home_path(home, HOME_HOST_KEY, path);
	if (ssh_pki_export_privkey_file(key, NULL, NULL, NULL, path) !=
	        SSH_OK ||
	    ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK)
		e = ERR_IO;
	umask(mask);
	if (e == ERR_OK) {
		buf_fmt(&line, "ssh-ed25519 %s caleol\n", base64);
		e = write_text(home, HOME_HOST_KEY_PUB, &line);
	}
	ssh_string_free_char(base64);
	buf_done(&line);
	return e;
}

static enum err
make_host_key(const char *home)
{
	ssh_key key = NULL;
	enum err e;

	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK)
		return ERR_IO;
	e = export_host_key(home, key);
	ssh_key_free(key);
	return e;
}

static enum err
make_signing_key(const char *home)
{
	unsigned char public[SSHSIG_PUBLIC], secret[SSHSIG_SECRET];
	struct buf line = { 0 };
	char path[HOME_PATH_CAP];
	enum err e;

	crypto_sign_keypair(public, secret);
	e = home_write(home_path(home, HOME_SIGNING_KEY, path), secret,
	    sizeof secret);
	sodium_memzero(secret, sizeof secret);
	if (e == ERR_OK) {
		buf_str(&line, "caleol "
		               "namespaces=\"caleol-head,caleol-minutes\" ");
		sshsig_put_public(&line, public);
		buf_str(&line, "\n");
		e = write_text(home, HOME_SIGNERS, &line);
	}
	buf_done(&line);
	return e;
}

enum err
keys_make(const char *home, struct buf *why)
{
	enum err e;

	if ((e = make_host_key(home)) != ERR_OK ||
	    (e = make_signing_key(home)) != ERR_OK)
		buf_fmt(why, "les clés ne peuvent être écrites dans %s : %s",
		    home, err_text(e));
	return e;
}
