/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/client.h"

#include <stdbool.h>

#include "tests/lib/check.h"

ssh_session
client_new(int port, const char *user)
{
	static const struct {
		enum ssh_options_e option;
		const char *value;
	} texts[] = {
		{ SSH_OPTIONS_SSH_DIR, "/dev/null" },
		{ SSH_OPTIONS_KNOWNHOSTS, "/dev/null" },
		{ SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null" },
		{ SSH_OPTIONS_HOST, "127.0.0.1" },
	};
	ssh_session client = ssh_new();
	long seconds = CLIENT_PATIENCE;
	bool no = false;

	CHECK(client != NULL);
	ssh_options_set(client, SSH_OPTIONS_PROCESS_CONFIG, &no);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		CHECK_INT(ssh_options_set(client, texts[i].option,
		              texts[i].value),
		    SSH_OK);
	ssh_options_set(client, SSH_OPTIONS_PORT, &port);
	ssh_options_set(client, SSH_OPTIONS_USER, user);
	ssh_options_set(client, SSH_OPTIONS_TIMEOUT, &seconds);
	return client;
}

ssh_key
client_key(const char *path)
{
	ssh_key key = NULL;

	CHECK_INT(ssh_pki_import_privkey_file(path, NULL, NULL, NULL, &key),
	    SSH_OK);
	return key;
}

void
client_log_in(ssh_session client, ssh_key key)
{
	CHECK_INT(ssh_connect(client), SSH_OK);
	CHECK_INT(ssh_userauth_publickey(client, NULL, key), SSH_AUTH_SUCCESS);
}

void
client_free(ssh_session client)
{
	ssh_disconnect(client);
	ssh_free(client);
}
