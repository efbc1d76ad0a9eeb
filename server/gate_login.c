/* SPDX-License-Identifier: EUPL-1.2 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "server/gate_parts.h"
#include "shared/buf.h"
#include "shared/log.h"
#include "shared/monotonic.h"
#include "shared/parcel.h"
#include "shared/wire.h"

/*
 * gate_login: who somebody says they are. libssh counts no attempts and keeps
 * no time; both are kept here. Nothing is believed: the registry answers.
 */
/* Accepted key types; certificates and the rest are refused by not being
 * here. */
static const enum ssh_keytypes_e accepted_keys[] = {
	SSH_KEYTYPE_ED25519,
	SSH_KEYTYPE_SK_ED25519,
	SSH_KEYTYPE_ECDSA_P256,
	SSH_KEYTYPE_ECDSA_P384,
	SSH_KEYTYPE_ECDSA_P521,
	SSH_KEYTYPE_RSA,
};

enum err
gate_converse(struct gate_session *s, const struct buf *ask,
    struct parcel *answer, char word[16])
{
	struct pollfd fd = { .fd = s->registry, .events = POLLIN };
	int64_t left = s->deadline - monotonic_ms();
	struct wire_in in;
	enum err e;

	if (ask->err != ERR_OK)
		return ask->err;
	if ((e = parcel_send(s->registry, ask->at, ask->n, NULL, 0)) != ERR_OK)
		return e;
	if (poll(&fd, 1, left > 0 ? (int)left : 0) <= 0)
		return ERR_GONE;
	if ((e = parcel_receive(s->registry, answer)) != ERR_OK)
		return e;
	in = wire_open(answer->body, answer->n);
	if ((e = wire_take_word(&in, word, NULL)) != ERR_OK)
		parcel_done(answer);
	return e;
}

/* A client shows it at once, whatever it asks next. */
static void
show_banner(ssh_session ssh, const char *said)
{
	ssh_string text = ssh_string_from_char(said);

	if (text != NULL)
		ssh_send_issue_banner(ssh, text);
	ssh_string_free(text);
}

/* The registry could not keep a trace of the attempt, good or not: "Permission
 * denied" alone would send people to look for another password. */
static void
excuse(struct gate_session *s)
{
	if (s->excused)
		return;
	s->excused = true;
	show_banner(s->ssh,
	    "\r\n  Le service ne peut rien enregistrer pour le moment : "
	    "personne ne peut se\r\n  connecter. Réessayez dans quelques "
	    "minutes, ou appelez l'agence.\r\n\r\n");
}

/* Puts a login to the registry. An attempt too many, or no answer, ends the
 * session. */
static bool
admitted(struct gate_session *s, const struct buf *ask)
{
	struct parcel answer;
	char word[16];

	if (s->phase != GATE_LOGIN)
		return false;
	if (gate_converse(s, ask, &answer, word) != ERR_OK) {
		gate_move(s, GATE_GONE);
		return false;
	}
	parcel_done(&answer);
	if (strcmp(word, "yes") == 0) {
		s->authenticated = true;
		gate_move(s, GATE_READY);
		return true;
	}
	if (strcmp(word, "unkept") == 0)
		excuse(s);
	if (++s->attempts >= GATE_ATTEMPTS) {
		log_event("gate-attempts", "gate=%lld attempts=%d",
		    (long long)s->id, s->attempts);
		gate_move(s, GATE_GONE);
	}
	return false;
}

static bool
try_password(struct gate_session *s, const char *user, const char *password)
{
	struct buf ask = { 0 };
	bool good;

	if (user == NULL || password == NULL)
		return false;
	wire_array(&ask, 3);
	wire_text(&ask, "password");
	wire_text(&ask, user);
	wire_bytes(&ask, password, strlen(password));
	good = admitted(s, &ask);
	if (ask.at != NULL)
		explicit_bzero(ask.at, ask.n);
	buf_done(&ask);
	return good;
}

/* Counts everything a client says before it is let in. Keys offered are no
 * attempts, but have an end too. */
static bool
patient(struct gate_session *s)
{
	if (s->phase == GATE_LOGIN && ++s->questions > GATE_QUESTIONS) {
		log_event("gate-questions", "gate=%lld questions=%d",
		    (long long)s->id, s->questions);
		gate_move(s, GATE_GONE);
	}
	return s->phase == GATE_LOGIN;
}

/* A client's first word; the banner goes out before any secret is asked. */
static int
on_none(ssh_session ssh, const char *user, void *data)
{
	struct gate_session *s = data;

	(void)user;
	if (patient(s) && !s->greeted) {
		s->greeted = true;
		show_banner(ssh, s->banner);
	}
	return SSH_AUTH_DENIED;
}

static int
on_password(ssh_session ssh, const char *user, const char *password, void *data)
{
	(void)ssh;
	return try_password(data, user, password) ? SSH_AUTH_SUCCESS
	                                          : SSH_AUTH_DENIED;
}

/* The library refuses a short RSA key (gate.c), but at its signature and
 * without a word: the client would wait for the grace's end. Told at the
 * question by the length of its text: e and n, 3 bytes or more and n's. */
static bool
long_enough(ssh_key key)
{
	char *base64 = NULL;
	bool is = ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK &&
	          strlen(base64) >= GATE_RSA_BITS / 8 * 4 / 3;

	ssh_string_free_char(base64);
	return is;
}

static bool
accepted(ssh_key key)
{
	enum ssh_keytypes_e type = ssh_key_type(key);

	for (size_t i = 0; i < sizeof accepted_keys / sizeof *accepted_keys;
	     i++)
		if (accepted_keys[i] == type)
			return type != SSH_KEYTYPE_RSA || long_enough(key);
	return false;
}

static bool
try_key(struct gate_session *s, const char *user, ssh_key key)
{
	unsigned char *sha256 = NULL;
	struct buf ask = { 0 };
	bool good = false;
	size_t n;

	if (user == NULL || ssh_get_publickey_hash(key,
	                        SSH_PUBLICKEY_HASH_SHA256, &sha256, &n) != 0)
		return false;
	wire_array(&ask, 4);
	wire_text(&ask, "key");
	wire_text(&ask, user);
	wire_bytes(&ask, sha256, n);
	wire_text(&ask, ssh_key_type_to_char(ssh_key_type(key)));
	good = admitted(s, &ask);
	buf_done(&ask);
	ssh_clean_pubkey_hash(&sha256);
	return good;
}

/* Every key of a good type is worth a signature: to answer probes from the
 * accounts would tell a stranger which keys they hold. */
static int
on_key(ssh_session ssh, const char *user, struct ssh_key_struct *key,
    char state, void *data)
{
	(void)ssh;
	if (!patient(data) || !accepted(key))
		return SSH_AUTH_DENIED;
	if (state == SSH_PUBLICKEY_STATE_NONE)
		return SSH_AUTH_SUCCESS;
	if (state != SSH_PUBLICKEY_STATE_VALID)
		return SSH_AUTH_DENIED;
	return try_key(data, user, key) ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}

/* Refused: it would read Kerberos' files and never answer. */
static ssh_string
on_gssapi(ssh_session ssh, const char *user, int n_oid, ssh_string *oids,
    void *data)
{
	(void)ssh;
	(void)user;
	(void)n_oid;
	(void)oids;
	(void)data;
	return NULL;
}

/* Asks for the password; the user's name comes with this message only. */
static int
ask_interactively(struct gate_session *s, ssh_message message)
{
	static const char *prompts[] = { "Mot de passe : " };
	static char echo[] = { 0 };
	const char *user = ssh_message_auth_user(message);

	snprintf(s->user, sizeof s->user, "%s", user != NULL ? user : "");
	ssh_message_auth_interactive_request(message, "", "", 1, prompts, echo);
	return 0;
}

/* The library has no callback for this method before 0.12. */
static int
on_message(ssh_session ssh, ssh_message message, void *data)
{
	struct gate_session *s = data;

	if (ssh_message_type(message) != SSH_REQUEST_AUTH ||
	    ssh_message_subtype(message) != SSH_AUTH_METHOD_INTERACTIVE)
		return 1;
	if (!patient(s))
		return 1;
	if (!ssh_message_auth_kbdint_is_response(message))
		return ask_interactively(s, message);
	if (ssh_userauth_kbdint_getnanswers(ssh) == 1 &&
	    try_password(s, s->user, ssh_userauth_kbdint_getanswer(ssh, 0)))
		ssh_message_auth_reply_success(message, 0);
	else
		ssh_message_reply_default(message);
	return 0;
}

void
gate_login_listen(struct gate_session *s)
{
	s->on_server = (struct ssh_server_callbacks_struct){
		.userdata = s,
		.auth_none_function = on_none,
		.auth_password_function = on_password,
		.auth_pubkey_function = on_key,
		.gssapi_select_oid_function = on_gssapi,
		.channel_open_request_session_function = gate_channel_open,
	};
	ssh_callbacks_init(&s->on_server);
	ssh_set_server_callbacks(s->ssh, &s->on_server);
	ssh_set_message_callback(s->ssh, on_message, s);
	ssh_set_auth_methods(s->ssh, SSH_AUTH_METHOD_PUBLICKEY |
	                                 SSH_AUTH_METHOD_INTERACTIVE |
	                                 SSH_AUTH_METHOD_PASSWORD);
}
