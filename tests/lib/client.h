/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <libssh/libssh.h>

/*
 * client: libssh's, in this process. It reads no file of whoever runs the
 * tests, and asks nothing about the host's key.
 */
enum {
	CLIENT_PATIENCE = 20, /* seconds */
};

/* To 127.0.0.1; not connected yet, so that more options may be set. */
ssh_session client_new(int port, const char *user);
/* A private key's file. */
ssh_key client_key(const char *path);
/* Connects and logs in with a key. */
void client_log_in(ssh_session client, ssh_key key);
void client_free(ssh_session client);
